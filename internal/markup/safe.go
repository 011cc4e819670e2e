package markup

import (
	"bytes"
	"html"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	goldhtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

func baseHTML() renderer.NodeRenderer { return goldhtml.NewRenderer() }

// safeHTML replaces goldmark's own writing of the nodes through which a text
// could bring code, and of text, which pages isolate by direction.
type safeHTML struct{ o Options }

// RegisterFuncs implements renderer.NodeRenderer.
func (s *safeHTML) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindText, s.text)
	r.Register(ast.KindHeading, s.heading)
	r.Register(ast.KindLink, s.link)
	r.Register(ast.KindAutoLink, s.autoLink)
	r.Register(ast.KindImage, s.image)
	r.Register(ast.KindRawHTML, s.nothing)
	r.Register(ast.KindHTMLBlock, s.nothing)
}

func (s *safeHTML) nothing(util.BufWriter, []byte, ast.Node, bool) (ast.WalkStatus, error) {
	return ast.WalkSkipChildren, nil
}

func (s *safeHTML) text(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.Text)
	plain := plainText(n, source)
	if s.o.Text != nil && !n.IsRaw() {
		_, _ = w.WriteString(s.o.Text(plain))
	} else {
		_, _ = w.WriteString(html.EscapeString(plain))
	}
	switch {
	case n.HardLineBreak():
		_, _ = w.WriteString("<br>\n")
	case n.SoftLineBreak():
		_ = w.WriteByte('\n')
	}
	return ast.WalkContinue, nil
}

// plainText resolves escapes and entities of a text node.
func plainText(n *ast.Text, source []byte) string {
	value := string(n.Segment.Value(source))
	if !n.IsRaw() && strings.ContainsAny(value, "&\\") {
		value = unescape(value)
	}
	if hasDirectionControls(value) {
		value = strings.Map(func(r rune) rune {
			if directionControl(r) {
				return -1
			}
			return r
		}, value)
	}
	return value
}

// directionControl tells the embeddings, overrides and isolates. An override
// that a text never closes would turn the rest of its paragraph around; pages
// isolate by markup, so nothing of worth goes with them. (Clippings lose them
// in arabic.Clean.)
func directionControl(r rune) bool {
	return r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}

func hasDirectionControls(s string) bool {
	for {
		i := strings.Index(s, "\xe2") // the first byte of all of them
		if i < 0 || i+2 >= len(s) {
			return false
		}
		if s[i+1] == 0x80 && s[i+2] >= 0xaa && s[i+2] <= 0xae || s[i+1] == 0x81 && s[i+2] >= 0xa6 && s[i+2] <= 0xa9 {
			return true
		}
		s = s[i+1:]
	}
}

// unescape resolves backslash escapes and character references in one pass: in
// "\\&amp;" the ampersand is escaped, so there is no reference to resolve.
func unescape(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s) && util.IsPunct(s[i+1]):
			i++
			b.WriteByte(s[i])
		case s[i] == '&':
			if end := strings.IndexByte(s[i:], ';'); end > 1 && end <= 32 {
				if ref := s[i : i+end+1]; html.UnescapeString(ref) != ref {
					b.WriteString(html.UnescapeString(ref))
					i += end
					continue
				}
			}
			b.WriteByte('&')
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

func (s *safeHTML) heading(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	level := strconv.Itoa(s.o.level(node.(*ast.Heading).Level))
	if entering {
		_, _ = w.WriteString("<h" + level + ">")
	} else {
		_, _ = w.WriteString("</h" + level + ">\n")
	}
	return ast.WalkContinue, nil
}

func (s *safeHTML) link(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*ast.Link)
	address, safe := safeAddress(n.Destination)
	if safe && s.o.Link != nil {
		address, safe = safeAddress([]byte(s.o.Link(string(n.Destination))))
	}
	if !safe {
		return ast.WalkContinue, nil // the words stay, the link goes
	}
	if entering {
		_, _ = w.WriteString(`<a href="` + address + `"`)
		if len(n.Title) > 0 {
			_, _ = w.WriteString(` title="` + html.EscapeString(string(n.Title)) + `"`)
		}
		_ = w.WriteByte('>')
	} else {
		_, _ = w.WriteString("</a>")
	}
	return ast.WalkContinue, nil
}

func (s *safeHTML) autoLink(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.AutoLink)
	label := html.EscapeString(string(n.Label(source)))
	url := n.URL(source)
	if n.AutoLinkType == ast.AutoLinkEmail && !bytes.HasPrefix(bytes.ToLower(url), []byte("mailto:")) {
		url = append([]byte("mailto:"), url...)
	}
	if address, safe := safeAddress(url); safe {
		_, _ = w.WriteString(`<a href="` + address + `" dir="ltr">` + label + `</a>`)
	} else {
		_, _ = w.WriteString(label)
	}
	return ast.WalkContinue, nil
}

// image shows a picture, its alternative text where it has no address that is
// safe, or a link where it is on another site.
func (s *safeHTML) image(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.Image)
	alt := html.EscapeString(nodeText(n, source))
	img := Image{Address: string(n.Destination)}
	if s.o.Image != nil {
		img = s.o.Image(string(n.Destination))
	}
	address, safe := safeAddress([]byte(img.Address))
	if !safe || img.Address == "" {
		_, _ = w.WriteString(alt)
		return ast.WalkSkipChildren, nil
	}
	if img.Elsewhere {
		if alt == "" {
			alt = address
		}
		if inLink(n) { // a link holds no other
			_, _ = w.WriteString(alt)
		} else {
			_, _ = w.WriteString(`<a href="` + address + `" rel="external">` + alt + `</a>`)
		}
		return ast.WalkSkipChildren, nil
	}
	_, _ = w.WriteString(`<img src="` + address + `" alt="` + alt + `"`)
	if img.Width > 0 && img.Height > 0 {
		_, _ = w.WriteString(` width="` + strconv.Itoa(img.Width) + `" height="` + strconv.Itoa(img.Height) + `"`)
	}
	if len(n.Title) > 0 {
		_, _ = w.WriteString(` title="` + html.EscapeString(string(n.Title)) + `"`)
	}
	_, _ = w.WriteString(` loading="lazy" decoding="async">`)
	return ast.WalkSkipChildren, nil
}

func inLink(n ast.Node) bool {
	for up := n.Parent(); up != nil; up = up.Parent() {
		if up.Kind() == ast.KindLink {
			return true
		}
	}
	return false
}

// nodeText is the plain text below a node.
func nodeText(n ast.Node, source []byte) string {
	var b bytes.Buffer
	_ = ast.Walk(n, func(c ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			switch c := c.(type) {
			case *ast.Text:
				b.WriteString(plainText(c, source))
				if c.SoftLineBreak() || c.HardLineBreak() {
					b.WriteByte(' ')
				}
			case *ast.String:
				b.Write(c.Value)
			}
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// safeAddress escapes an address for an attribute and says whether its scheme
// is one that only fetches. Schemes are listed rather than the dangerous ones
// forbidden: the next dangerous one is not known yet.
func safeAddress(address []byte) (string, bool) {
	// The reader of the attribute resolves entities, so the scheme is read
	// behind them: "&#106;avascript:" runs too.
	address = util.UnescapePunctuations(util.ResolveEntityNames(util.ResolveNumericReferences(bytes.TrimSpace(address))))
	// Browsers drop control characters and blanks inside a scheme before they
	// read it: "java\tscript:" runs.
	bare := bytes.Map(func(r rune) rune {
		if r <= 0x20 || r == 0x7F {
			return -1
		}
		return r
	}, address)
	if i := bytes.IndexByte(bare, ':'); i >= 0 && !bytes.ContainsAny(bare[:i], "/?#") {
		switch string(bytes.ToLower(bare[:i])) {
		case "http", "https", "mailto":
		default:
			return "", false
		}
	}
	return html.EscapeString(string(util.URLEscape(bare, false))), true
}
