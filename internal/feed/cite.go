package feed

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"warraq/internal/archive"
	"warraq/internal/output"
)

// citeLimit is the largest theme whose citations are one file. A larger theme
// has a file a period, and citations.bib and .ris hold its newest period.
const citeLimit = 1000

func (m *maker) citations() {
	for i := range m.a.Themes {
		t := &m.a.Themes[i]
		base := archive.ThemePath(t.Slug) + "citations"
		if len(t.Articles) <= citeLimit {
			m.citeFiles(base, t.Articles)
			continue
		}
		for i, p := range periods(m.a, t.Articles) {
			m.citeFiles(base+"-"+p.name, p.articles)
			if i == 0 {
				m.citeFiles(base, p.articles)
			}
		}
	}
}

func (m *maker) citeFiles(base string, list []archive.ArticleIndex) {
	m.reset("bib 1").String(base)
	m.addArticles(list)
	m.add(base+".bib", output.List, m.key.Sum(), func(w io.Writer) error { return m.writeBibTeX(w, list) })
	m.reset("ris 1").String(base)
	m.addArticles(list)
	m.add(base+".ris", output.List, m.key.Sum(), func(w io.Writer) error { return m.writeRIS(w, list) })
}

// bibEscape makes a text safe inside a braced BibTeX field: the characters that
// TeX would obey are escaped, so braces stay balanced whatever a title holds.
var bibEscape = strings.NewReplacer(
	`\`, `{\textbackslash}`, `{`, `\{`, `}`, `\}`, `%`, `\%`, `&`, `\&`, `#`, `\#`, `$`, `\$`, `_`, `\_`,
	`~`, `{\textasciitilde}`, `^`, `{\textasciicircum}`, "\n", " ", "\r", " ",
)

// bibKey keeps what BibTeX allows in a citation key.
func bibKey(id string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '/' {
			return r
		}
		return '-'
	}, id)
}

func (m *maker) writeBibTeX(w io.Writer, list []archive.ArticleIndex) error {
	b := bufio.NewWriter(w)
	keys := map[string]int{}
	for _, i := range list {
		at := &m.a.Articles[i]
		key := bibKey(at.ID)
		// Ids of other letters may meet in one key; a number tells them apart.
		if keys[key]++; keys[key] > 1 {
			key = fmt.Sprintf("%s-%d", key, keys[key])
		}
		fmt.Fprintf(b, "@online{%s,\n", key)
		field := func(name, value string) {
			if value != "" {
				fmt.Fprintf(b, "  %s = {%s},\n", name, bibEscape.Replace(value))
			}
		}
		field("title", at.Title)
		field("author", at.Author)
		field("organization", m.sourceName(at))
		field("date", at.Date.Value.String())
		// In url fields biblatex takes the characters as they are.
		fmt.Fprintf(b, "  url = {%s},\n", m.url(archive.ArticlePath(at.ID)))
		field("note", at.SourceURL)
		fmt.Fprintf(b, "  langid = {arabic}\n}\n\n")
	}
	return b.Flush()
}

// writeRIS writes the tagged format of reference managers: two letters, two
// spaces, a hyphen, a space; a record ends with ER.
func (m *maker) writeRIS(w io.Writer, list []archive.ArticleIndex) error {
	b := bufio.NewWriter(w)
	for _, i := range list {
		at := &m.a.Articles[i]
		line := func(tag, value string) {
			if value = strings.Join(strings.Fields(value), " "); value != "" {
				fmt.Fprintf(b, "%s  - %s\r\n", tag, value)
			}
		}
		line("TY", "NEWS")
		line("ID", at.ID)
		line("TI", at.Title)
		line("AU", at.Author)
		line("T2", m.sourceName(at))
		if d := at.Date.Value; !d.IsZero() {
			line("PY", fmt.Sprintf("%04d", d.Y))
			line("DA", strings.TrimRight(strings.ReplaceAll(d.String(), "-", "/"), "/"))
		}
		for _, name := range m.tagNames(at) {
			line("KW", name)
		}
		line("UR", m.url(archive.ArticlePath(at.ID)))
		line("L2", at.SourceURL)
		line("LA", "ar")
		fmt.Fprint(b, "ER  - \r\n\r\n")
	}
	return b.Flush()
}
