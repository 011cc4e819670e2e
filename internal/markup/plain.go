package markup

import (
	"html"
	"strconv"
	"strings"
)

// plainBlock is a heading or a paragraph of plain text.
type plainBlock struct {
	level      int // of a heading, from 1; 0 for a paragraph
	start, end int // its words, without what surrounds them
	lines      int // it is written on
}

// plainBlocks is the short way of reading Markdown: text that holds no mark of
// it but blank lines and "#" headings, which is what most news articles are. It
// appends to dst and answers false where anything could mean more than it says;
// tests hold what is made of it against goldmark.
func plainBlocks(dst []plainBlock, text string) ([]plainBlock, bool) {
	if !plainBytes(text) || hasDirectionControls(text) {
		return nil, false
	}
	var under plainBlock // the paragraph under way
	flush := func() {
		if under.lines > 0 {
			dst = append(dst, under)
		}
		under = plainBlock{}
	}
	for at := 0; at < len(text); {
		lineEnd := strings.IndexByte(text[at:], '\n')
		if lineEnd < 0 {
			lineEnd = len(text)
		} else {
			lineEnd += at
		}
		line := text[at:lineEnd]
		body := strings.TrimLeft(line, " ")
		indent := len(line) - len(body)
		body = strings.TrimRight(body, " ")
		switch {
		case body == "":
			flush()
		case indent > 3:
			return nil, false
		case body[0] == '#':
			level := len(body) - len(strings.TrimLeft(body, "#"))
			if level > 6 || level == len(body) || body[level] != ' ' || strings.HasSuffix(body, "#") {
				return nil, false
			}
			flush()
			words := strings.TrimLeft(body[level:], " ")
			end := at + indent + len(body)
			dst = append(dst, plainBlock{level: level, start: end - len(words), end: end, lines: 1})
		case body[0] < 0x80 && strings.IndexByte("-+=:!0123456789", body[0]) >= 0:
			return nil, false
		default:
			if under.lines == 0 {
				under.start = at + indent
			}
			under.end = at + indent + len(body)
			under.lines++
		}
		at = lineEnd + 1
	}
	flush()
	return dst, true
}

// plainBytes reports whether no byte of a text can begin a mark of Markdown
// within a line.
func plainBytes(text string) bool {
	for i := range len(text) {
		if marks[text[i]] {
			return false
		}
	}
	return true
}

var marks = func() (t [256]bool) {
	for _, c := range []byte("*_`[]<>&\\|~\t\r\v\f{\x00") {
		t[c] = true
	}
	return t
}()

// plainParagraphs is the short way of Paragraphs.
func plainParagraphs(text string) ([]string, bool) {
	var space [32]plainBlock
	blocks, ok := plainBlocks(space[:0], text)
	if !ok {
		return nil, false
	}
	out := make([]string, 0, len(blocks))
	for _, b := range blocks {
		p := text[b.start:b.end]
		if b.lines > 1 {
			p = joinLines(p)
		}
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out, true
}

// joinLines makes one line of a paragraph written on several.
func joinLines(p string) string {
	lines := strings.Split(p, "\n")
	for i := range lines {
		lines[i] = strings.Trim(lines[i], " ")
	}
	return strings.Join(lines, " ")
}

// renderPlain is the short way of Render. It answers false, having written
// nothing, where it is not sure of what goldmark would write.
func renderPlain(w *strings.Builder, text string, o Options) bool {
	if strings.IndexByte(text, '!') >= 0 {
		return false // goldmark, which looks for a picture there, gives the text in two
	}
	var space [32]plainBlock
	blocks, ok := plainBlocks(space[:0], text)
	if !ok {
		return false
	}
	for _, b := range blocks {
		// Two blanks at the end of a line break it; goldmark's notion of blank is
		// Unicode's at the ends of a block.
		p := text[b.start:b.end]
		if b.lines > 1 && strings.Contains(p, " \n") || strings.TrimSpace(p) != p {
			return false
		}
	}
	w.Grow(len(text) + len(text)/8 + 256)
	for _, b := range blocks {
		name := "p"
		if b.level > 0 {
			name = "h" + strconv.Itoa(o.level(b.level))
		}
		w.WriteString("<" + name + ">")
		n := 0
		for line := range strings.Lines(text[b.start:b.end]) {
			if n++; n > 1 {
				w.WriteByte('\n')
			}
			line = strings.Trim(line, " \n")
			if o.Text != nil {
				w.WriteString(o.Text(line))
			} else {
				w.WriteString(html.EscapeString(line))
			}
		}
		w.WriteString("</" + name + ">\n")
	}
	return true
}

// level is that of the HTML's heading for one of the Markdown.
func (o Options) level(markdown int) int {
	top := o.Heading
	if top == 0 {
		top = 2
	}
	return min(markdown+top-1, 6)
}
