package extract

import (
	"html"
	"sort"
	"strings"
	"unicode/utf8"
)

// prepared is the text of a clipping as its structure is read: without
// invisible characters, tags and scripts, with entities decoded. Most
// clippings have none of these; then Text is the source itself.
type prepared struct {
	text    string
	removed []span2 // of the source: what is not in text; reported as control
	shifts  []shift // by at; empty when text is the source
}

// span2 is a byte range.
type span2 struct{ start, end int }

// shift says that prepared offset at stands at source offset src. Between two
// shifts the texts run in step, except inside a decoded entity.
type shift struct {
	at, src int
	entity  bool // the text from at to the next shift is one decoded entity
}

// before finds the last shift that stands before at, or at it when inclusive.
func (p *prepared) before(at int, inclusive bool) int {
	return sort.Search(len(p.shifts), func(i int) bool {
		return p.shifts[i].at > at || !inclusive && p.shifts[i].at == at
	}) - 1
}

// source maps the start of a range of the prepared text to the source.
func (p *prepared) source(at int) int {
	if len(p.shifts) == 0 {
		return at
	}
	s := p.shifts[p.before(at, true)]
	return s.src + at - s.at
}

// sourceEnd maps the end of a range: behind a decoded entity it is the
// entity's end.
func (p *prepared) sourceEnd(at int) int {
	if len(p.shifts) == 0 || at == 0 {
		return at
	}
	i := p.before(at, false)
	if p.shifts[i].entity {
		return p.shifts[i+1].src
	}
	return p.shifts[i].src + at - p.shifts[i].at
}

// special holds the bytes that can begin something to remove: tags, entities,
// controls, and the lead bytes of invisible characters (U+00AD, U+061C,
// U+180E, U+200B…U+206F, U+FEFF, U+FFF9…).
var special = func() (t [256]bool) {
	for c := range 0x20 {
		t[c] = c != '\n' && c != '\t'
	}
	for _, c := range []byte{'<', '&', 0x7F, 0xC2, 0xD8, 0xE1, 0xE2, 0xEF} {
		t[c] = true
	}
	return t
}()

// prepare makes the structure's view of a source text.
func prepare(src string) prepared {
	var b strings.Builder
	p := prepared{}
	from := 0 // start of the source not yet copied
	cut := func(start, end int, instead string) {
		if p.shifts == nil {
			p.shifts = append(p.shifts, shift{})
			b.Grow(len(src))
		}
		b.WriteString(src[from:start])
		if instead != "" && instead != "\n" && instead != " " {
			// The decoded character answers for the entity it was.
			p.shifts = append(p.shifts, shift{b.Len(), start, true})
			b.WriteString(instead)
		} else {
			p.removed = append(p.removed, span2{start, end})
			b.WriteString(instead)
		}
		p.shifts = append(p.shifts, shift{b.Len(), end, false})
		from = end
	}
	for i := 0; i < len(src); {
		c := src[i]
		if !special[c] {
			i++
			continue
		}
		switch {
		case c == '<':
			if end, instead, ok := tagAt(src, i); ok {
				cut(i, end, instead)
				i = end
				continue
			}
			i++
		case c == '&':
			if end, instead, ok := escapedTagAt(src, i); ok {
				cut(i, end, instead)
				i = end
				continue
			}
			if end, decoded, ok := entityAt(src, i); ok {
				cut(i, end, decoded)
				i = end
				continue
			}
			i++
		case c < 0x80: // a control character
			instead := ""
			if c == '\v' || c == '\f' {
				instead = "\n"
			}
			cut(i, i+1, instead)
			i++
		default:
			r, size := utf8.DecodeRuneInString(src[i:])
			switch {
			case r == 0x2028 || r == 0x2029 || r == 0x85:
				cut(i, i+size, "\n")
			case invisible(r):
				cut(i, i+size, "")
			}
			i += size
		}
	}
	if p.shifts == nil {
		p.text = src
		return p
	}
	b.WriteString(src[from:])
	p.text = b.String()
	return p
}

// invisible holds the characters that only steer layout. Isolation is
// computed anew when pages are written, so none of them needs to survive; the
// zero-width non-joiner comes from Persian keyboards and keyboards' slips.
func invisible(r rune) bool {
	switch {
	case r == 0xAD, r == 0x61C, r == 0x180E, r == 0xFEFF:
		return true
	case r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x206F:
		return true
	case r >= 0xFFF9 && r <= 0xFFFC, r >= 0x7F && r <= 0x9F:
		return true
	}
	return false
}

// tagAt recognises a tag, a comment or a whole script or style at src[i] =
// '<'. A block's tag stands for a line break. "<" before a blank or a letter
// that is not Latin is a sign of the text.
func tagAt(src string, i int) (end int, instead string, ok bool) {
	rest := src[i:]
	if strings.HasPrefix(rest, "<!--") {
		if n := strings.Index(rest, "-->"); n >= 0 {
			return i + n + 3, "", true
		}
		return i + 4, "", true
	}
	if strings.HasPrefix(rest, "<![CDATA[") {
		return i + 9, "", true
	}
	name, after := tagName(rest)
	if name == "" {
		return 0, "", false
	}
	closeAt := tagEnd(rest, after)
	if closeAt < 0 {
		return 0, "", false
	}
	end = i + closeAt + 1
	switch name {
	case "script", "style", "noscript", "iframe", "svg", "template", "object":
		if rest[1] != '/' && rest[closeAt-1] != '/' {
			if n := indexFold(src[end:], "</"+name); n >= 0 {
				end += n
				if g := strings.IndexByte(src[end:], '>'); g >= 0 {
					return end + g + 1, "\n", true
				}
				return len(src), "\n", true
			}
			if n := strings.IndexByte(src[end:], '\n'); n >= 0 && (name == "script" || name == "style") {
				return end + n, "\n", true
			} else if name == "script" || name == "style" {
				return len(src), "\n", true
			}
		}
		return end, "\n", true
	case "p", "div", "br", "li", "ul", "ol", "tr", "td", "th", "table", "tbody", "thead", "h1", "h2", "h3", "h4", "h5",
		"h6", "hr", "section", "article", "header", "footer", "aside", "nav", "main", "figure", "figcaption",
		"blockquote", "pre", "title", "head", "body", "html", "dl", "dt", "dd", "form", "option":
		return end, "\n", true
	}
	return end, "", true
}

// tagName reads the name of a tag; after is where its attributes begin.
func tagName(rest string) (name string, after int) {
	i := 1
	if i < len(rest) && (rest[i] == '/' || rest[i] == '!') {
		i++
	}
	start := i
	for i < len(rest) && i-start < 40 && (rest[i]|0x20 >= 'a' && rest[i]|0x20 <= 'z' || i > start && (rest[i] >= '0' && rest[i] <= '9' || rest[i] == '-' || rest[i] == ':')) {
		i++
	}
	if i == start || i >= len(rest) {
		return "", 0
	}
	switch rest[i] {
	case '>', '/', ' ', '\t', '\n':
		return strings.ToLower(rest[start:i]), i
	}
	return "", 0
}

// tagEnd finds the ">" of a tag, past quoted attribute values; a "<" or 4 KB
// without end mean that it was no tag.
func tagEnd(rest string, from int) int {
	quote := byte(0)
	for i := from; i < len(rest) && i < 4096; i++ {
		switch c := rest[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case (c == '"' || c == '\'') && i > 0 && rest[i-1] == '=':
			quote = c
		case c == '>':
			return i
		case c == '<':
			return -1
		}
	}
	return -1
}

func indexFold(s, lower string) int {
	for i := 0; i+len(lower) <= len(s); i++ {
		if s[i] == lower[0] && strings.EqualFold(s[i:i+len(lower)], lower) {
			return i
		}
	}
	return -1
}

// escapedTagAt recognises a tag whose angle brackets were escaped on the way
// («&lt;p&gt;»), once or twice.
func escapedTagAt(src string, i int) (end int, instead string, ok bool) {
	open := ""
	for _, o := range []string{"&lt;", "&amp;lt;"} {
		if strings.HasPrefix(src[i:], o) {
			open = o
		}
	}
	if open == "" {
		return 0, "", false
	}
	window := src[i+len(open) : min(i+len(open)+512, len(src))]
	shut := strings.Replace(open, "lt", "gt", 1)
	n := strings.Index(window, shut)
	if n < 0 || strings.ContainsAny(window[:n], "<>\n") {
		return 0, "", false
	}
	tag := "<" + html.UnescapeString(window[:n]) + ">"
	if _, instead, ok := tagAt(tag, 0); ok {
		return i + len(open) + n + len(shut), instead, true
	}
	return 0, "", false
}

// entityAt decodes an entity, also one escaped twice («&amp;quot;»). Only
// entities with their semicolon count: "AT&T" is text.
func entityAt(src string, i int) (end int, decoded string, ok bool) {
	window := src[i:min(i+40, len(src))]
	for strings.HasPrefix(window, "&amp;amp;") {
		return 0, "", false // no one writes that; leave it visible
	}
	inner, skipped := window, 0
	if strings.HasPrefix(window, "&amp;") {
		if _, _, deeper := entityAt("&"+window[5:], 0); deeper {
			inner, skipped = "&"+window[5:], 4
		}
	}
	semicolon := strings.IndexByte(inner, ';')
	if semicolon < 2 || semicolon > 33 {
		return 0, "", false
	}
	for j := 1; j < semicolon; j++ {
		if c := inner[j]; !(c == '#' || c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z') {
			return 0, "", false
		}
	}
	entity := inner[:semicolon+1]
	decoded = html.UnescapeString(entity)
	if decoded == entity {
		return 0, "", false
	}
	end = i + skipped + semicolon + 1
	r, size := utf8.DecodeRuneInString(decoded)
	switch {
	case r == 0xA0 || r == ' ' || r == '\t' || r >= 0x2000 && r <= 0x200A || r == 0x202F || r == 0x205F || r == 0x3000:
		decoded = " "
	case r == '\n' || r == '\r' || r == 0x2028 || r == 0x2029:
		decoded = "\n"
	case size == len(decoded) && (invisible(r) || r < 0x20):
		decoded = ""
	}
	return end, decoded, true
}
