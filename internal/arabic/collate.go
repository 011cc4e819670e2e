package arabic

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Alphabetical order is that of printed indexes: the letters ا to ي, hamza
// forms with their seat, ال at the beginning of a name not counted; then names
// in other scripts, then digits. The code points of the folded letters are in
// that order already, so a key needs no table. (x/text/collate keeps ال, orders
// Latin first, and costs fifty times as much.)

// ownArticle begins names whose first two letters look like the article.
var ownArticle = []string{"المان", "الكسند", "الكسي", "اليكس", "الياس", "البان", "البرت", "الهام", "الفريد", "الزهايمر", "الكترون", "التزام", "التحاق", "التهاب", "الغاء", "الحاق", "الزام", "القاء"}

// withoutArticle gives the name without an initial ال, as it is written.
func withoutArticle(name string) string {
	rest, ok := strings.CutPrefix(name, "ال")
	if !ok {
		return name
	}
	if utf8.RuneCountInString(rest) < 2 {
		return name
	}
	folded := Fold(name)
	for _, own := range ownArticle {
		if strings.HasPrefix(folded, own) {
			return name
		}
	}
	return rest
}

// SortKey gives a key whose byte order is the alphabetical order of names.
// Names that differ only in what folding removes are ordered by their spelling.
func SortKey(name string) string {
	folded := Fold(withoutArticle(strings.TrimSpace(name)))
	key := make([]byte, 0, len(folded)+len(name)+2)
	key = append(key, class(folded))
	gap := false
	for _, r := range folded {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			gap = true
			continue
		}
		if gap && len(key) > 1 {
			key = append(key, ' ')
		}
		gap = false
		key = utf8.AppendRune(key, r)
	}
	key = append(key, 0)
	return string(append(key, name...))
}

func class(folded string) byte {
	for _, r := range folded {
		switch {
		case unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r):
			return '1'
		case unicode.IsLetter(r):
			return '2'
		case unicode.IsDigit(r):
			return '3'
		}
	}
	return '4'
}

// FirstLetter gives the heading under which an A–Z files a name: «ا» to «ي», a
// Latin or other capital, or "#" for digits and signs.
func FirstLetter(name string) string {
	for _, r := range Fold(withoutArticle(strings.TrimSpace(name))) {
		if unicode.IsLetter(r) {
			if r == 'ء' {
				return "ا"
			}
			return string(unicode.ToUpper(r))
		}
		if unicode.IsDigit(r) {
			break
		}
	}
	return "#"
}
