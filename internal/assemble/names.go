package assemble

import (
	"crypto/sha256"
	"encoding/hex"
	"hash/fnv"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"warraq/internal/arabic"
)

// foldName is the key under which spellings of one name meet.
func foldName(name string) string { return strings.Join(strings.Fields(arabic.Fold(name)), " ") }

// collate orders names for readers.
func collate(x, y string) int { return strings.Compare(x, y) }

// slugLetters bounds a slug: 60 Arabic letters are 120 bytes, and file systems stop at 255.
const slugLetters = 60

// slug makes a URL segment of a folded key: letters and digits, hyphens
// between words. It depends on the folded key alone, never on the spelling that
// was elected, so that a URL does not move when another spelling wins.
func slug(key string) string {
	var b strings.Builder
	gap, n := false, 0
	for _, c := range key {
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) && !unicode.IsMark(c) {
			gap = b.Len() > 0
			continue
		}
		if n++; n > slugLetters {
			break
		}
		if gap {
			b.WriteByte('-')
			gap = false
		}
		b.WriteRune(c)
	}
	s := b.String()
	if s == "" || utf8.RuneCountInString(key) > slugLetters {
		sum := sha256.Sum256([]byte(key))
		s = strings.TrimPrefix(s+"-"+hex.EncodeToString(sum[:4]), "-")
	}
	return s
}

// stemsOf hashes the content stems of a sentence, for events that come without
// (an editor's).
func stemsOf(sentence string) []uint32 {
	var out []uint32
	for from, to := range arabic.Words(sentence) {
		word := sentence[from:to]
		if arabic.IsStop(word) {
			continue
		}
		h := fnv.New32a()
		h.Write([]byte(arabic.Stem(arabic.Fold(word))))
		out = append(out, h.Sum32())
	}
	slices.Sort(out)
	return slices.Compact(out)
}
