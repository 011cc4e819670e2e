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
	for _, at := range shortcode.FindAllIndex(markdown, -1) {
		findings = append(findings, Finding{
			Kind:   Shortcode,
			Line:   1 + bytes.Count(markdown[:at[0]], []byte("\n")),
			Detail: string(markdown[at[0]:at[1]]),
		})
		for i := at[0]; i < at[1]; i++ {
			out[i] = ' '
		}
	}
	return out, findings
}
