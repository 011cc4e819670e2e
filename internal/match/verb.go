package match

import "strings"

// verbs are the classes that may govern a date.
const verbs = past | speech | imperfect | future | pastShape | happening

// far is how many words may part a date from its verb.
const far = 45

// verbBefore finds the nearest governor before token i, in its own clause:
// in «قال إن الانسحاب في 20 ديسمبر سيكتمل» nobody said it on that day.
func (s *scan) verbBefore(i, a int) int {
	for k := i - 1; k >= max(a, i-far); k-- {
		if s.tokens[k].class&that != 0 {
			return -1
		}
		if s.governs(k, a) {
			if s.tokens[k].class&(verbs&^happening) == 0 && i-k > 6 {
				continue // a noun governs only what is near
			}
			if s.tokens[i].parted && k > a && s.relativeClause(k) {
				continue // «وصل وفد يرأسه الوزير، أمس،»: the comma leads back to «وصل»
			}
			return k
		}
	}
	return -1
}

// relativeClause reports a verb of the present that refers back to the noun
// before it: «وفد يرأسه», «خطة تدعمها».
func (s *scan) relativeClause(k int) bool {
	w := s.tokens[k]
	if w.class&(imperfect|conjoined) != imperfect {
		return false
	}
	folded := s.folding(k)
	return strings.HasSuffix(folded, "ه") || strings.HasSuffix(folded, "ها") || strings.HasSuffix(folded, "هم")
}

// reporting finds the past verb that the clause before token i depends on:
// «أفاد بأن …».
func (s *scan) reporting(i, a int) int {
	for k := i - 1; k >= max(a, i-12); k-- {
		if s.tokens[k].class&that == 0 {
			continue
		}
		for v := k - 1; v >= max(a, k-12); v-- {
			if s.tokens[v].class&(past|speech) != 0 && s.governs(v, a) {
				return v
			}
		}
		return -1
	}
	return -1
}

// verbAfter finds the first governor from token i on.
func (s *scan) verbAfter(i, b int) int {
	for k := i; k < min(b, i+far); k++ {
		if s.tokens[k].class&(verbs&^happening) != 0 && s.governs(k, i) {
			return k
		}
	}
	return -1
}

// governs reports whether token k, in a clause beginning at token a, is a verb
// or a noun of happening.
func (s *scan) governs(k, a int) bool {
	w := &s.tokens[k]
	c := w.class & verbs
	if c == 0 || w.name != 0 && c&(past|speech) == 0 {
		return false
	}
	if k > a && s.tokens[k-1].class&preposition != 0 && !w.parted && c&(past|speech|pastShape) != 0 && c&happening == 0 {
		return false
	}
	if c == pastShape {
		// «هبطت» opens its clause; «بنت» and «صوت» do not.
		return k == a || w.parted || w.class&conjoined != 0 || s.tokens[k-1].class&function != 0
	}
	return true
}
