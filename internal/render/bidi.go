package render

import (
	"html/template"
	"strings"

	"warraq/internal/arabic"
)

// Isolation of text from the archive. Package arabic finds the phrases of the
// other direction; this package escapes them and puts the tags around.

// isolate escapes text and keeps phrases of the other direction from
// reordering what surrounds them.
func isolate(s string) template.HTML {
	if !arabic.NeedsIsolation(s) {
		return template.HTML(escapeText(s))
	}
	var b strings.Builder
	b.Grow(len(s) + 64)
	appendIsolated(&b, s)
	return template.HTML(b.String())
}

func appendIsolated(b *strings.Builder, s string) {
	var space [8]arabic.Run
	for _, run := range arabic.AppendRuns(space[:0], s) {
		text := escapeText(run.Text)
		switch run.Dir {
		case arabic.LTR:
			b.WriteString(`<bdi dir="ltr"`)
			if run.Lang != "" {
				b.WriteString(` lang="` + run.Lang + `"`)
			}
			b.WriteString(">" + text + "</bdi>")
		case arabic.Auto:
			b.WriteString("<bdi>" + text + "</bdi>")
		case arabic.Range:
			b.WriteString("\u061c" + text)
		default:
			b.WriteString(text)
		}
	}
}

// isolatePlain does the same for places that take no markup.
func isolatePlain(s string) string { return arabic.IsolatePlain(s) }
