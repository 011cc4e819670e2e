package match

import (
	"strings"
	"unicode/utf8"

	"warraq/internal/arabic"
)

// longestTag is the most words of a keyword; more is a sentence in the wrong place.
const longestTag = 8

// longestWord is the most letters of a word that is a keyword alone: longer
// ones are keywords that lost the blanks between them («إسطنبولزلزالتركيا»).
const longestWord = 14

// Tag canonicalises one keyword: key is what all its spellings share (folded
// words), entity the id of the entity it names, "" for a free keyword. ok is
// false for what is no keyword: function words, lone adjectives and verbs,
// numbers, bits of sentences («أن روسيا», «في سوريا»).
func (m *Matcher) Tag(name string) (key, entity string, ok bool) {
	s := m.scans.Get().(*scan)
	defer m.scans.Put(s)
	s.read("", []string{name})
	return s.tag(0, len(s.tokens))
}

// tag judges the tokens from a to b as one keyword.
func (s *scan) tag(a, b int) (key, entity string, ok bool) {
	if a >= b || b-a > longestTag {
		return "", "", false
	}
	if e := s.entityOf(a, b); e != "" {
		return e, e, true
	}
	if b-a > 1 && s.tokens[a].class&title != 0 { // «الرئيس بوتين»
		if e := s.entityOf(a+1, b); e != "" {
			return e, e, true
		}
	}
	if s.tokens[a].class&function != 0 || s.tokens[b-1].class&function != 0 {
		return "", "", false
	}
	if b-a == 1 && !s.standsAlone(a) {
		return "", "", false
	}
	var folded []byte
	letters := 0
	for i := a; i < b; i++ {
		if i > a {
			folded = append(folded, ' ')
		}
		before := len(folded)
		folded = arabic.AppendFold(folded, s.words(int32(i), int32(i+1)))
		for _, r := range string(folded[before:]) {
			if r < '0' || r > '9' {
				letters++
			}
		}
	}
	if letters < 2 {
		return "", "", false
	}
	return strings.ReplaceAll(string(folded), "اميرك", "امريك"), "", true // «الأميركية» and «الأمريكية» are one
}

// entityOf gives the entity whose name the tokens are, all of them.
func (s *scan) entityOf(a, b int) string {
	found, end := s.nameAt(a)
	if found < 0 || end != b || s.m.names[found].entity < 0 {
		return ""
	}
	return s.m.entityIDs[s.m.names[found].entity]
}

// standsAlone reports whether one unknown word can be a keyword.
func (s *scan) standsAlone(i int) bool {
	w := &s.tokens[i]
	if w.class&(function|adjective|generic|dateHint|title|imperfect|future|speech) != 0 {
		return false
	}
	folded := arabic.Fold(s.words(int32(i), int32(i+1)))
	if folded[0] < 0x80 {
		return len(folded) >= 2 // Latin: «NATO», «G7»
	}
	if len(folded) < 6 {
		return false
	}
	if utf8.RuneCountInString(folded) > longestWord {
		return false
	}
	if strings.HasPrefix(folded, "بال") || strings.HasPrefix(folded, "لل") || strings.HasPrefix(folded, "وال") {
		return false
	}
	if !strings.HasPrefix(folded, "ال") && strings.HasSuffix(folded, "ي") {
		return !s.m.nisbas[arabic.Stem(folded)] // «روسي» is an adjective, «حميدتي» a name
	}
	return !relational(folded)
}

// relational reports a word that ends like an adjective of relation
// («روسية», «سوري») and is not one of the nouns that do.
func relational(folded string) bool {
	bare := strings.TrimPrefix(folded, "ال")
	if len(bare) < 8 || relationalNouns[bare] {
		return false
	}
	for _, end := range [...]string{"يه", "ي", "يين", "يون", "يتين", "يتان", "يات"} {
		if strings.HasSuffix(bare, end) {
			return true
		}
	}
	return false
}
