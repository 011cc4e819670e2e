package markup

import "strings"

// Escape writes plain text as Markdown that means exactly that text: one
// paragraph, whatever marks, tags, shortcodes or entities the text seems to
// hold. Line breaks become spaces. Paragraphs(Escape(s)) gives s back, up to
// white space; a test proves it.
func Escape(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	var b strings.Builder
	b.Grow(len(text) + 16)
	start := true // only marks and digits so far: what begins a line has a meaning
	for i, r := range text {
		switch {
		case strings.ContainsRune("\\`*_[]<>&~|{}", r):
			b.WriteByte('\\')
		case start && strings.ContainsRune("#+-=:", r):
			b.WriteByte('\\')
		case start && (r == '.' || r == ')') && i > 0:
			b.WriteByte('\\') // "1." begins a list
		case r == '!' && strings.HasPrefix(text[i+1:], "["):
			b.WriteByte('\\')
		}
		b.WriteRune(r)
		start = start && r >= '0' && r <= '9'
	}
	return b.String()
}
