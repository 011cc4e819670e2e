package arabic

import (
	"strconv"
	"strings"
)

// ArabicIndic names the digits ٠١٢٣; any other value of a digits setting means
// Western ones.
const ArabicIndic = "arabic-indic"

// Digits writes the ASCII digits of s in the digits of the setting.
func Digits(s, digits string) string {
	if digits != ArabicIndic || !strings.ContainsAny(s, "0123456789") {
		return s
	}
	var b strings.Builder
	b.Grow(2 * len(s))
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= '0' && c <= '9' {
			b.WriteRune('٠' + rune(c-'0'))
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// FormatNumber writes n with its thousands parted: «1,234» or «١٬٢٣٤». A year
// is no number: use Digits.
func FormatNumber(n int, digits string) string {
	s := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, s = "\u200e-", s[1:] // CLDR: the mark keeps the minus left of its number
	}
	if len(s) > 3 {
		var b strings.Builder
		for i, c := range []byte(s) {
			if i > 0 && (len(s)-i)%3 == 0 {
				b.WriteByte(',')
			}
			b.WriteByte(c)
		}
		s = b.String()
	}
	return sign + separators(Digits(s, digits), digits)
}

// FormatPercent writes a share of 1 as a whole percentage: «61%» or «٦١٪».
func FormatPercent(share float64, digits string) string {
	s := Digits(strconv.FormatFloat(share*100, 'f', 0, 64), digits)
	if digits == ArabicIndic {
		return s + "٪"
	}
	return s + "%"
}

func separators(s, digits string) string {
	if digits != ArabicIndic {
		return s
	}
	return strings.NewReplacer(",", "٬", ".", "٫").Replace(s)
}
