package markup

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// ImageRef is a picture that the Markdown shows.
type ImageRef struct {
	Address, Alt string
	Line, Column int // as of a Finding
}

// Check lists what an editor should know of a Markdown text, in order of
// places, and the pictures it shows. Text that cannot hold anything of the
// kind is not parsed.
func Check(markdown string) ([]Finding, []ImageRef) {
	if !strings.ContainsAny(markdown, "<[{") {
		return nil, nil
	}
	source, findings := blankShortcodes([]byte(markdown))
	if !bytes.ContainsAny(source, "<[") {
		return findings, nil
	}
	c := checker{source: source, lines: indexLines(source), findings: findings}
	root := engine().Parser().Parse(text.NewReader(source))
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			c.node(n)
		}
		return ast.WalkContinue, nil
	})
	slices.SortStableFunc(c.findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return c.findings, c.images
}

type checker struct {
	source   []byte
	lines    lineIndex
	at       int // how far the walk has come: links and images have no place of their own
	passed   int // end of the last address found
	end      int // of the block that the walk is in
	findings []Finding
	images   []ImageRef
}

func (c *checker) node(n ast.Node) {
	if n.Type() == ast.TypeBlock && n.Lines().Len() > 0 {
		c.at, c.end = n.Lines().At(0).Start, n.Lines().At(n.Lines().Len()-1).Stop
	}
	switch n := n.(type) {
	case *ast.Text:
		c.at = n.Segment.Start
	case *ast.RawHTML:
		if n.Segments.Len() > 0 {
			c.at = n.Segments.At(0).Start
			c.found(RawHTML, string(n.Segments.Value(c.source)))
		}
	case *ast.HTMLBlock:
		if n.Lines().Len() == 0 { // its only line closes it
			c.at = n.ClosureLine.Start
		}
		c.found(RawHTML, firstLine(n.Lines().Value(c.source)))
	case *ast.Link:
		c.goTo(n, n.Destination)
		if _, safe := safeAddress(n.Destination); !safe {
			c.found(UnsafeLink, string(n.Destination))
		}
	case *ast.AutoLink:
		c.goTo(n, n.Label(c.source))
	case *ast.Image:
		c.goTo(n, n.Destination)
		alt := nodeText(n, c.source)
		if _, safe := safeAddress(n.Destination); !safe {
			c.found(UnsafeLink, string(n.Destination))
		} else if alt == "" {
			c.found(NoAltText, string(n.Destination))
		}
		line, column := c.lines.place(c.source, c.at)
		c.images = append(c.images, ImageRef{string(n.Destination), alt, line, column})
	}
}

// goTo moves to where the address of a link or image is written next in the
// block; for one that is written elsewhere, or with escapes, to the node's text.
func (c *checker) goTo(n ast.Node, address []byte) {
	if from := max(c.at, c.passed); from < c.end && len(address) > 0 {
		if i := bytes.Index(c.source[from:c.end], address); i >= 0 {
			c.at, c.passed = from+i, from+i+len(address)
			return
		}
	}
	if t, ok := n.FirstChild().(*ast.Text); ok {
		c.at = t.Segment.Start
	}
}

func (c *checker) found(kind FindingKind, detail string) {
	line, column := c.lines.place(c.source, c.at)
	c.findings = append(c.findings, Finding{kind, line, column, detail})
}

// lineIndex holds the offset of each line.
type lineIndex []int

func indexLines(source []byte) lineIndex {
	starts := lineIndex{0}
	for i, c := range source {
		if c == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}

// place gives the line and the column, in characters, of an offset.
func (l lineIndex) place(source []byte, offset int) (line, column int) {
	offset = min(offset, len(source))
	line, found := slices.BinarySearch(l, offset)
	if found {
		line++
	}
	return line, 1 + utf8.RuneCount(source[l[line-1]:offset])
}

func firstLine(b []byte) string {
	line, _, _ := bytes.Cut(bytes.TrimSpace(b), []byte("\n"))
	return string(line)
}
