package match

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"warraq/internal/arabic"
	"warraq/internal/archive"
	"warraq/internal/editorial"
)

// name is what the trie of names finds.
type name struct {
	entity  int32 // -1: a phrase of some entity's `unless`, which hides the names inside it
	weak    bool  // counts only where a sure name or one of the entity's needs occurs
	surname bool  // the last word of a person's full name, alone
	twofold bool  // a country's name that is an adjective too: «سورية»
}

// nameHit is a name in the text: tokens from begin to end.
type nameHit struct {
	name       int32
	begin, end int32
}

// compileNames fills the trie of names.
func (m *Matcher) compileNames(entities []editorial.Entity) {
	m.entityIndex = map[string]int32{}
	for i, e := range entities {
		m.entityIndex[e.ID] = int32(i)
		m.entityIDs = append(m.entityIDs, e.ID)
		m.entityNames = append(m.entityNames, e.Name)
	}
	for i, e := range entities {
		full := strings.Fields(arabic.Fold(e.Name))
		add := func(text string, weak bool) {
			words := m.nameWords(text)
			if len(words) == 0 {
				return
			}
			surname := e.Kind == archive.Person && len(words) == 1 && len(full) > 1 && arabic.Fold(strings.TrimSpace(text)) == full[len(full)-1]
			twofold := e.Kind == archive.Place && len(words) == 1 && strings.HasSuffix(arabic.Fold(text), "يه") && !strings.HasPrefix(arabic.Fold(text), "ال")
			m.addName(words, name{entity: int32(i), weak: weak, surname: surname, twofold: twofold})
		}
		// Weak names come first: one that repeats the entity's name makes it weak.
		for _, a := range e.Weak {
			add(a, true)
		}
		add(e.Name, false)
		for _, a := range e.Aliases {
			add(a, false)
		}
	}
	for _, e := range entities {
		for _, u := range e.Unless {
			if words := m.nameWords(u); len(words) > 0 {
				m.addName(words, name{entity: -1})
			}
		}
	}
}

func (m *Matcher) addName(words []uint32, n name) {
	node := m.nameTrie.node(words)
	if m.nameTrie.value[node] >= 0 {
		return // claimed already; editorial reports what is claimed twice
	}
	m.nameTrie.value[node] = int32(len(m.names))
	m.names = append(m.names, n)
}

// nameWords gives the ids of a name's folded words.
func (m *Matcher) nameWords(text string) []uint32 {
	var ids []uint32
	for start, end := range arabic.Words(text) {
		if folded := arabic.Fold(text[start:end]); folded != "" {
			ids = append(ids, intern(m.vocabulary.names, folded))
		}
	}
	return ids
}

// findNames finds the names, the longest from each place, none inside another.
func (s *scan) findNames() {
	s.names = s.names[:0]
	for i := 0; i < len(s.tokens); {
		if !s.m.nameTrie.begins(s.tokens[i].name) {
			i++
			continue
		}
		found, end := s.nameAt(i)
		if found < 0 {
			i++
			continue
		}
		if n := s.m.names[found]; !s.relative(int32(i), n) && (!n.twofold || s.standsAsName(i)) {
			s.names = append(s.names, nameHit{found, int32(i), int32(end)})
		}
		i = end
	}
}

// nameAt gives the longest name that begins at token i, -1 for none.
func (s *scan) nameAt(i int) (found int32, end int) {
	t := s.m.nameTrie
	found = -1
	at := uint32(0)
	for j := i; j < len(s.tokens); j++ {
		w := &s.tokens[j]
		if w.name == 0 || j > i && (w.parted || w.clitic) {
			break
		}
		var ok bool
		if at, ok = t.step(at, w.name); !ok {
			break
		}
		if t.value[at] >= 0 {
			found, end = t.value[at], j+1
		}
	}
	return found, end
}

// relative reports a surname behind somebody else's first name: «رفعت الأسد»
// is not the president, «إيفانكا ترامب» neither.
func (s *scan) relative(i int32, n name) bool {
	if !n.surname || s.tokens[i].clitic || s.tokens[i].parted || i == 0 {
		return false
	}
	return s.tokens[i-1].class&firstName != 0
}

// standsAsName reports a place where «سورية» is the country and no adjective:
// behind a preposition or its particle, or at the beginning; behind و where
// another name stands before.
func (s *scan) standsAsName(i int) bool {
	w := &s.tokens[i]
	if w.parted {
		return true
	}
	before := &s.tokens[i-1]
	if !w.clitic {
		return before.class&(preposition|that|past|speech) != 0
	}
	switch r, _ := utf8.DecodeRuneInString(s.words(int32(i), int32(i+1))); r {
	case 'و', 'ف':
		return before.name != 0
	}
	return true
}

// settleNames decides about the weak names and counts mentions: entities with
// a weak name keep it when a sure name, or one of what vouches for it, is in
// the article.
func (s *scan) settleNames() []archive.EntityCount {
	n := len(s.m.entityIDs)
	s.count, s.titled, s.weak = cleared(s.count, n), cleared(s.titled, n), cleared(s.weak, n)
	sure := s.weak
	for _, h := range s.names {
		if nm := s.m.names[h.name]; nm.entity >= 0 && !nm.weak {
			sure[nm.entity] = true
		}
	}
	s.vouch = cleared(s.vouch, n)
	kept := s.names[:0]
	found := 0
	for _, h := range s.names {
		nm := s.m.names[h.name]
		if nm.entity < 0 || nm.weak && !sure[nm.entity] && !s.vouched(nm.entity, sure) {
			continue
		}
		kept = append(kept, h)
		if s.count[nm.entity] == 0 {
			found++
		}
		s.count[nm.entity]++
		if s.tokens[h.begin].para == 0 {
			s.titled[nm.entity] = true
		}
	}
	s.names = kept
	if found == 0 {
		return nil
	}
	mentions := make([]archive.EntityCount, 0, found)
	for _, h := range kept {
		e := s.m.names[h.name].entity
		if s.count[e] > 0 {
			mentions = append(mentions, archive.EntityCount{ID: s.m.entityIDs[e], Count: s.count[e], InTitle: s.titled[e]})
			s.count[e] = 0
		}
	}
	slices.SortFunc(mentions, func(a, b archive.EntityCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.ID, b.ID))
	})
	return mentions
}

// vouched reports whether one of an entity's needs occurs: a sure name of
// another entity, or a phrase. The answer is kept for the article.
func (s *scan) vouched(entity int32, sure []bool) bool {
	if s.vouch[entity] == unasked {
		s.vouch[entity] = denied
		if s.askVouchers(entity, sure) {
			s.vouch[entity] = granted
		}
	}
	return s.vouch[entity] == granted
}

const (
	unasked = iota
	denied
	granted
)

func (s *scan) askVouchers(entity int32, sure []bool) bool {
	for _, a := range s.m.needs[entity] {
		if e := s.m.atoms[a].entity; e >= 0 {
			if sure[e] {
				return true
			}
			continue
		}
		for _, h := range s.hits {
			if h.atom == a {
				return true
			}
		}
	}
	return false
}

func cleared[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	s = s[:n]
	clear(s)
	return s
}
