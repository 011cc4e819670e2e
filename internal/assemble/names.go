package assemble

import (
	"hash/fnv"
	"slices"
	"strings"

	"warraq/internal/arabic"
)

// foldName is the key under which spellings of one name meet: its folded words.
func foldName(name string) string {
	var b strings.Builder
	for from, to := range arabic.Words(name) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(arabic.Fold(name[from:to]))
	}
	return b.String()
}

// collate orders names for readers.
func collate(x, y string) int { return strings.Compare(arabic.SortKey(x), arabic.SortKey(y)) }

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
