// Package markup turns Markdown into safe HTML and into plain paragraphs.
//
// The HTML never holds what the author did not write as Markdown: raw HTML is
// left out, links and images go to http, https, mailto and relative addresses
// only, shortcodes of Hugo are taken out and reported. Headings start below the
// page's own h1. The plain paragraphs are what matching, search and
// descriptions read; they are the same words without their marks.
package markup

import (
	"bytes"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Options of rendering. The zero value is right for an article.
type Options struct {
	// Text is called for each run of text before it is escaped, so that a page
	// can isolate phrases of the other direction. It returns HTML, escaped by
	// itself. Nil escapes only.
	Text func(text string) string
	// Image says how a picture is shown; nil leaves its address as written.
	Image func(address string) Image
	// Link says where a link leads, given its address as written; nil leaves it.
	// Only addresses that are safe come here, and what it returns is escaped.
	Link func(address string) string
	// Heading is the level of the Markdown's "#", default 2.
	Heading int
}

// Image is what a page knows of a picture.
type Image struct {
	Address       string // "" leaves the picture out, its alternative text stays
	Width, Height int    // 0 unknown
	Elsewhere     bool   // on another site: a link to it, so that reading fetches nothing from there
}

// Elsewhere reports whether an address names its own host or scheme, and so may
// lead to another site.
func Elsewhere(address string) bool {
	return strings.Contains(address, ":") || strings.HasPrefix(address, "//") || strings.HasPrefix(address, `/\`)
}

// Finding is something in the Markdown that an editor should know of.
type Finding struct {
	Kind         FindingKind
	Line, Column int    // of the Markdown given, from 1, columns in characters
	Detail       string // what it is about: the tag, the address, the shortcode
}

// FindingKind tells findings apart.
type FindingKind uint8

// The kinds of findings.
const (
	Shortcode  FindingKind = iota // {{< … >}} or {{% … %}}, taken out
	RawHTML                       // left out
	UnsafeLink                    // an address of a scheme that can run code
	NoAltText                     // an image without alternative text
)

// engine is the configured goldmark; it is safe for concurrent use.
var engine = sync.OnceValue(func() goldmark.Markdown {
	return goldmark.New(
		goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Footnote),
	)
})

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Render gives safe HTML of Markdown.
func Render(markdown string, o Options) string {
	var plain strings.Builder
	if renderPlain(&plain, markdown, o) {
		return plain.String()
	}
	return renderFull(markdown, o)
}

// renderFull renders with goldmark.
func renderFull(markdown string, o Options) string {
	buffer := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buffer)
	buffer.Reset()
	source, _ := blankShortcodes([]byte(markdown))
	root := engine().Parser().Parse(text.NewReader(source))
	// A bytes.Buffer does not fail, and goldmark has no other error.
	_ = newRenderer(o).Render(buffer, source, root)
	return buffer.String()
}

func newRenderer(o Options) renderer.Renderer {
	return renderer.NewRenderer(renderer.WithNodeRenderers(
		util.Prioritized(&safeHTML{o: o}, 100),
		util.Prioritized(extension.NewTableHTMLRenderer(), 500),
		util.Prioritized(extension.NewStrikethroughHTMLRenderer(), 500),
		util.Prioritized(extension.NewFootnoteHTMLRenderer(), 500),
		util.Prioritized(baseHTML(), 1000),
	))
}

// Paragraphs gives the plain text of the Markdown's blocks: headings,
// paragraphs, list items, table rows; without code blocks. Plain paragraphs are
// parts of the string, without a copy.
func Paragraphs(markdown string) []string {
	if plain, ok := plainParagraphs(markdown); ok {
		return plain
	}
	source, _ := blankShortcodes([]byte(markdown))
	root := engine().Parser().Parse(text.NewReader(source))
	var out []string
	var line bytes.Buffer
	flush := func() {
		if t := bytes.TrimSpace(line.Bytes()); len(t) > 0 {
			out = append(out, string(t))
		}
		line.Reset()
	}
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Text:
			if entering {
				line.WriteString(plainText(n, source))
				if n.SoftLineBreak() || n.HardLineBreak() {
					line.WriteByte(' ')
				}
			}
		case *ast.String:
			if entering {
				line.Write(n.Value)
			}
		case *ast.CodeBlock, *ast.FencedCodeBlock, *ast.HTMLBlock, *ast.RawHTML:
			return ast.WalkSkipChildren, nil
		case *ast.AutoLink:
			if entering {
				line.Write(n.Label(source))
			}
		default:
			if n.Type() == ast.TypeBlock {
				flush()
			}
		}
		return ast.WalkContinue, nil
	})
	flush()
	return out
}
