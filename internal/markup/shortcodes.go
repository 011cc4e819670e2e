package markup

import (
	"bytes"
	"regexp"
)

var shortcode = regexp.MustCompile(`\{\{([<%])[^\n]*?([>%])\}\}`)

// blankShortcodes overwrites Hugo's shortcodes with blanks, so that places
// stay true, and lists them. Markdown without "{{" is returned as it is.
func blankShortcodes(markdown []byte) ([]byte, []Finding) {
	if !bytes.Contains(markdown, []byte("{{<")) && !bytes.Contains(markdown, []byte("{{%")) {
		return markdown, nil
	}
	out := bytes.Clone(markdown)
	var findings []Finding
	lines := indexLines(markdown)
	for _, at := range shortcode.FindAllIndex(markdown, -1) {
		line, column := lines.place(markdown, at[0])
		findings = append(findings, Finding{Shortcode, line, column, string(markdown[at[0]:at[1]])})
		for i := at[0]; i < at[1]; i++ {
			out[i] = ' '
		}
	}
	return out, findings
}
