// Package match recognises in an article what the editors described: themes,
// entities, dated events, keywords; and measures its text for finding copies.
//
// Compile turns the editors' files into a Matcher, which is immutable and safe
// for any number of goroutines. Findings reads an article once: every word is
// folded, hashed and looked up a single time, and all questions are answered
// from that one pass, because it runs over a million articles.
//
// Names of entities are matched word by word after folding, behind و ف ب ك ل,
// never inside another word, the longest first; terms of themes by light stems.
// The package comment of editorial tells how rules are written.
package match

import (
	"sync"

	"warraq/internal/archive"
	"warraq/internal/diag"
	"warraq/internal/editorial"
)

// Findings is what a Matcher found in one article.
type Findings struct {
	Themes    []archive.ThemeScore  // at or above their thresholds, best first, then by slug
	Mentions  []archive.EntityCount // most mentioned first, then by id
	Events    []archive.DraftEvent  // in text order; Phrase.At is the paragraph (from 1) and the column in it
	Anchors   []archive.DatePhrase  // see findAnchors; At as in Events
	Sketch    []uint32              // sorted sample of the body's word 3-shingles, see Containment
	Shingles  int32                 // how many distinct shingles the body has
	ExactHash archive.Hash          // of the body's folded letters and digits: equal for exact copies
	Words     int32                 // of the body
}

// Matcher is the compiled form of the editors' files.
type Matcher struct {
	vocabulary  *vocabulary
	nameTrie    *trie // → names
	names       []name
	entityIDs   []string
	entityNames []string
	entityIndex map[string]int32
	nisbas      map[string]bool // stems that with ي are adjectives: those of places, and common ones
	needs       [][]int32       // per entity: atoms that vouch for its weak names
	termTrie    *trie           // → atoms
	atoms       []atom
	entityAtoms []int32 // per entity: its atom, -1 when no rule names it
	themes      []theme
	scans       sync.Pool // of *scan: buffers and memos, no state between articles
}

// Compile prepares matching. Problems are in the editors' rules: a term without
// letters, an unknown @entity. The Matcher is usable regardless.
func Compile(ed *editorial.Editorial) (*Matcher, []diag.Problem) {
	m := &Matcher{vocabulary: newVocabulary(), nameTrie: newTrie(), termTrie: newTrie()}
	m.compileNames(ed.Entities)
	m.nisbas = nisbas(ed.Entities)

	c := compiler{m: m, entities: m.entityIDs, byEntity: map[int32]int32{}}
	for _, t := range ed.Themes {
		m.themes = append(m.themes, c.theme(t))
	}
	m.needs = make([][]int32, len(ed.Entities))
	for i, e := range ed.Entities {
		m.needs[i] = c.terms(e.Needs, func(string) diag.Position { return e.At })
	}
	m.entityAtoms = make([]int32, len(ed.Entities))
	for i := range m.entityAtoms {
		m.entityAtoms[i] = -1
		if a, ok := c.byEntity[int32(i)]; ok {
			m.entityAtoms[i] = a
		}
	}
	m.scans.New = func() any { return &scan{m: m} }
	return m, c.problems
}

// Findings reads an article: its title and the plain text of its paragraphs.
func (m *Matcher) Findings(title string, paragraphs []string) Findings {
	s := m.scans.Get().(*scan)
	defer m.scans.Put(s)
	s.read(title, paragraphs)
	s.findTerms()
	s.findNames()
	f := Findings{Mentions: s.settleNames()}
	f.Themes = s.scoreThemes()
	f.Events = s.findEvents()
	f.Anchors = s.findAnchors()

	body := s.tokens[s.first[1]:]
	s.sample.shingles(body)
	f.Sketch, f.Shingles = s.sample.sketch(), int32(len(s.sample.all))
	f.ExactHash = exactHash(s.folded)
	f.Words = int32(len(body))
	clear(s.text) // the pool must not keep articles alive
	s.frozen = ""
	return f
}
