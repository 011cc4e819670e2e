package diag

import (
	"strings"
	"unicode/utf8"
)

// maxExcerpt bounds an excerpt, in characters: a page saved as one line of ten
// megabytes has a line, too.
const maxExcerpt = 500

// ExcerptOf gives the line of a text, counted from 1, as Problem.Excerpt has
// it: without its newline, cut when it is very long, "" beyond the end.
func ExcerptOf(text string, line int) string {
	for ; line > 1; line-- {
		_, rest, ok := strings.Cut(text, "\n")
		if !ok {
			return ""
		}
		text = rest
	}
	text, _, _ = strings.Cut(text, "\n")
	return cutExcerpt(strings.TrimRight(text, " \t\r"))
}

func cutExcerpt(line string) string {
	if len(line) <= maxExcerpt {
		return line
	}
	n := 0
	for i := range line {
		if n++; n > maxExcerpt {
			return line[:i] + "…"
		}
	}
	return line
}

// ColumnOf gives the column of a byte offset in a text: its place in its line,
// in characters from 1.
func ColumnOf(text string, offset int) int {
	offset = min(max(offset, 0), len(text))
	return 1 + utf8.RuneCountInString(text[strings.LastIndexByte(text[:offset], '\n')+1:offset])
}
