package markup

import (
	"bytes"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// ImageRef is a picture that the Markdown shows.
type ImageRef struct {
	Address, Alt string
	Line         int
}

// Check lists what an editor should know of a Markdown text, in order of
// lines, and the pictures it shows. Text that cannot hold anything of the
// kind is not parsed.
func Check(markdown string) ([]Finding, []ImageRef) {
	if !strings.ContainsAny(markdown, "<[{") {
		return nil, nil
	}
	source, findings := blankShortcodes([]byte(markdown))
	if !bytes.ContainsAny(source, "<[") {
		return findings, nil
	}
	var images []ImageRef
	root := engine().Parser().Parse(text.NewReader(source))
	lineOf := func(offset int) int { return 1 + bytes.Count(source[:min(offset, len(source))], []byte("\n")) }
	at := 0 // offset of the last text seen: inline nodes have no place of their own
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		if n.Type() == ast.TypeBlock && n.Lines().Len() > 0 {
			at = n.Lines().At(0).Start
		}
		switch n := n.(type) {
		case *ast.Text:
			at = n.Segment.Start
		case *ast.RawHTML:
			if n.Segments.Len() > 0 {
				at = n.Segments.At(0).Start
				findings = append(findings, Finding{RawHTML, lineOf(at), string(n.Segments.Value(source))})
			}
		case *ast.HTMLBlock:
			findings = append(findings, Finding{RawHTML, lineOf(at), firstLine(n.Lines().Value(source))})
		case *ast.Link:
			if _, safe := safeAddress(n.Destination); !safe {
				findings = append(findings, Finding{UnsafeLink, lineOf(at), string(n.Destination)})
			}
		case *ast.Image:
			alt := nodeText(n, source)
			if c, ok := n.FirstChild().(*ast.Text); ok {
				at = c.Segment.Start
			}
			if _, safe := safeAddress(n.Destination); !safe {
				findings = append(findings, Finding{UnsafeLink, lineOf(at), string(n.Destination)})
			} else if alt == "" {
				findings = append(findings, Finding{NoAltText, lineOf(at), string(n.Destination)})
			}
			images = append(images, ImageRef{string(n.Destination), alt, lineOf(at)})
		}
		return ast.WalkContinue, nil
	})
	slices.SortStableFunc(findings, func(a, b Finding) int { return a.Line - b.Line })
	return findings, images
}

func firstLine(b []byte) string {
	line, _, _ := bytes.Cut(bytes.TrimSpace(b), []byte("\n"))
	return string(line)
}
