package arabic

import (
	"crypto/sha256"
	"encoding/hex"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// slugLetters is the most letters of a slug that was not cut: long enough for
// every name, short enough for a file system's 255 bytes.
const slugLetters = 60

// Slug gives the path segment of a free name: the letters and digits of its
// folded form in NFC, everything between them one '-'. Spellings that fold
// alike get one slug. A slug over 60 letters is cut and gets a hash of the
// whole; a name without letters gets a hash alone. It holds no dot, slash,
// space, quote or control and is never empty.
func Slug(name string) string {
	key := norm.NFC.AppendString(nil, Fold(name))
	slug := make([]byte, 0, len(key))
	letters, gap := 0, false
	cut := 0
	for i := 0; i < len(key); {
		r, size := utf8.DecodeRune(key[i:])
		i += size
		if r == utf8.RuneError || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r) {
			gap = true
			continue
		}
		if gap && len(slug) > 0 {
			slug = append(slug, '-')
			letters++
		}
		gap = false
		slug = utf8.AppendRune(slug, r)
		if letters++; letters <= slugLetters {
			cut = len(slug)
		}
	}
	switch {
	case len(slug) == 0:
		return "x-" + shortHash(key)
	case letters > slugLetters:
		return string(slug[:cut]) + "-" + shortHash(slug)
	}
	return string(slug)
}

// shortHash is enough to part the few names that share 60 letters.
func shortHash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:5])
}
