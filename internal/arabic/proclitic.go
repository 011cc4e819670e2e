package arabic

import "strings"

// Reading is one way to cut the particles that Arabic writes joined to the
// front of a word: «وبالكرملين» = و + ب + ال + كرملين.
type Reading struct {
	Clitics string // "", "و", "وب" …
	Article bool   // ال was there, also where «لل» hides it
	Base    string // the rest of the folded word
}

// AppendReadings appends every reading of a folded word: the word itself
// first, then with ever more taken off. Most are wrong («وزير» is no و + زير);
// they are candidates to look up in a dictionary of names whose own article is
// taken off the same way. A base has at least two letters.
func AppendReadings(dst []Reading, folded string) []Reading {
	dst = appendArticle(dst, folded, 0)
	i := 0
	if strings.HasPrefix(folded, "و") || strings.HasPrefix(folded, "ف") {
		i = 2
		dst = appendArticle(dst, folded, i)
	}
	if rest := folded[i:]; strings.HasPrefix(rest, "ب") || strings.HasPrefix(rest, "ك") {
		dst = appendArticle(dst, folded, i+2)
	} else if strings.HasPrefix(rest, "ل") {
		dst = appendArticle(dst, folded, i+2)
		if strings.HasPrefix(rest, "لل") {
			// «للكرملين» hides ال; «للجنة» hides one of three ل.
			for _, cut := range [...]int{i + 4, i + 2} {
				if len(folded)-cut >= 4 {
					dst = append(dst, Reading{folded[:i+2], true, folded[cut:]})
				}
			}
		}
	}
	return dst
}

// appendArticle appends the word from byte i on, as it is and without ال.
func appendArticle(dst []Reading, folded string, i int) []Reading {
	if len(folded)-i < 4 && i > 0 {
		return dst
	}
	dst = append(dst, Reading{folded[:i], false, folded[i:]})
	if rest, ok := strings.CutPrefix(folded[i:], "ال"); ok && len(rest) >= 4 {
		dst = append(dst, Reading{folded[:i], true, rest})
	}
	return dst
}
