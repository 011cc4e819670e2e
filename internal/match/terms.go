package match

import (
	"fmt"
	"slices"
	"strings"

	"warraq/internal/arabic"
	"warraq/internal/diag"
	"warraq/internal/editorial"
)

// atom is one alternative of a term: a phrase of stems, or any spelling of an entity.
type atom struct {
	entity int32 // -1 for a phrase
}

// hit is an atom in the text: tokens from begin to end.
type hit struct {
	atom       int32
	begin, end int32
}

// theme is a compiled theme.
type theme struct {
	slug      string
	threshold float64
	all, none [][]int32 // terms, each the atoms of which one is enough
	any       []weighted
	near      []near
}

type weighted struct {
	atoms  []int32
	weight float64
}

type near struct {
	a, b   []int32
	within int32
	weight float64
}

// compiler turns rules into atoms and collects what is wrong with them.
type compiler struct {
	m        *Matcher
	entities []string
	byEntity map[int32]int32 // entity → atom
	problems []diag.Problem
}

// placer gives the place of a term in the file that holds it.
type placer func(text string) diag.Position

func (c *compiler) theme(t editorial.Theme) theme {
	out := theme{slug: t.Slug, threshold: t.Match.Threshold}
	at := func(text string) diag.Position { return t.Places.Of(text, t.Path) }
	for _, text := range t.Match.All {
		out.all = append(out.all, c.term(text, at))
	}
	for _, text := range t.Match.None {
		out.none = append(out.none, c.term(text, at))
	}
	for _, term := range t.Match.Any {
		out.any = append(out.any, weighted{c.term(term.Text, at), term.Weight})
	}
	for _, n := range t.Match.Near {
		out.near = append(out.near, near{c.terms(n.A, at), c.terms(n.B, at), int32(n.Within), n.Weight})
	}
	return out
}

func (c *compiler) terms(texts []string, at placer) []int32 {
	var atoms []int32
	for _, text := range texts {
		atoms = append(atoms, c.term(text, at)...)
	}
	return atoms
}

// term compiles «a | b»: the atoms of its alternatives.
func (c *compiler) term(text string, at placer) []int32 {
	var atoms []int32
	for alternative := range strings.SplitSeq(text, "|") {
		if a := c.atom(strings.TrimSpace(alternative), at(text)); a >= 0 {
			atoms = append(atoms, a)
		}
	}
	return atoms
}

func (c *compiler) atom(text string, at diag.Position) int32 {
	if id, ok := strings.CutPrefix(text, "@"); ok {
		e, known := c.m.entityIndex[id]
		if !known {
			c.report(diag.EditorialUnknownEntity, diag.Error, at, fmt.Sprintf("the term %q names no entity of entities.yaml", text),
				diag.DidYouMean(id, c.entities, "write the id of an entity after @, alone in its term"))
			return -1
		}
		a, ok := c.byEntity[e]
		if !ok {
			a = c.add(atom{entity: e})
			c.byEntity[e] = a
		}
		return a
	}
	var stems []uint32
	for start, end := range arabic.Words(text) {
		stem := arabic.Fold(text[start:end])
		if strings.HasSuffix(text[:start], exactly) {
			stem = exactly + strings.TrimPrefix(stem, "ال")
		} else {
			stem = arabic.Stem(stem)
		}
		if strings.Trim(stem, exactly) != "" {
			stems = append(stems, intern(c.m.vocabulary.terms, stem))
		}
	}
	if len(stems) == 0 {
		c.report(diag.EditorialEmptyTerm, diag.Warning, at, fmt.Sprintf("the term %q has no letters", text), "remove it")
		return -1
	}
	node := c.m.termTrie.node(stems)
	if c.m.termTrie.value[node] < 0 {
		c.m.termTrie.value[node] = c.add(atom{entity: -1})
	}
	return c.m.termTrie.value[node]
}

func (c *compiler) add(a atom) int32 {
	c.m.atoms = append(c.m.atoms, a)
	return int32(len(c.m.atoms) - 1)
}

func (c *compiler) report(code diag.Code, severity diag.Severity, at diag.Position, message, remedy string) {
	p := diag.Problem{Code: code, Severity: severity, Message: message, Remedy: remedy, Position: at}
	if !slices.Contains(c.problems, p) {
		c.problems = append(c.problems, p)
	}
}

// findTerms finds every phrase of the rules, also one inside another.
func (s *scan) findTerms() {
	s.hits = s.hits[:0]
	for i := range s.tokens {
		if s.tokens[i].term[0] != 0 {
			s.goOn(0, i, i)
		}
	}
}

// goOn follows the phrases that began at token begin from node at over token i.
// A word that is in the rules with and without its particle takes both ways.
func (s *scan) goOn(at uint32, begin, i int) {
	for _, w := range s.tokens[i].term {
		if w == 0 {
			return
		}
		next, ok := s.m.termTrie.step(at, w)
		if !ok {
			continue
		}
		if a := s.m.termTrie.value[next]; a >= 0 {
			s.hits = append(s.hits, hit{a, int32(begin), int32(i + 1)})
		}
		if i+1 < len(s.tokens) && !s.tokens[i+1].parted && s.tokens[i+1].term[0] != 0 {
			s.goOn(next, begin, i+1)
		}
	}
}
