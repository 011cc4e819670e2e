package audit

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"warraq/internal/archive"
	"warraq/internal/diag"
)

// A clipping holds two articles; what stands in both is told of each at its own
// lines.
func TestAFindingIsSaidOfTheLinesOfItsArticle(t *testing.T) {
	content := fstest.MapFS{"clippings/two.txt": {Data: []byte("الأول\nنص &quot;مقتبس&quot;\n\nالثاني\nنص &quot; آخر \xff\n")}}
	a := &archive.Archive{Articles: []archive.Article{
		{ID: "first", Origins: []archive.Origin{{Path: "clippings/two.txt", Line: 1}}},
		{ID: "second", Origins: []archive.Origin{{Path: "clippings/two.txt", Line: 4}}},
	}}
	find := func(page string, written ...string) finding {
		return finding{Problem: diag.Problem{Code: diag.HTMLEscaped, Position: diag.Position{Path: page, Line: 1, Column: 99}, Message: "m"}, written: written}
	}
	whole := find("articles/second/index.html")
	whole.whole = true
	for _, c := range []struct {
		name    string
		finding finding
		want    string
	}{
		{"first", find("articles/first/index.html", "&amp;quot;", "&quot;"), "clippings/two.txt:2:4 m|clippings/two.txt:2:15 m"},
		{"second", find("articles/second/index.html", "&amp;quot;", "&quot;"), "clippings/two.txt:5:4 m"},
		{"an invalid byte", find("articles/second/index.html", "\uFFFD"), "clippings/two.txt:5:15 m"},
		{"in the other's lines only", find("articles/second/index.html", "مقتبس"), "clippings/two.txt:2:10 m"},
		{"the whole page", whole, "clippings/two.txt:4:1 its page articles/second/index.html: m"},
		{"a template's", find("articles/second/index.html", "nothing of the sort"), "page articles/second/index.html:1:99 m (the page of content/clippings/two.txt)"},
		{"a list's", find("tags/index.html"), "page tags/index.html:1:99 m"},
	} {
		ofContent, ofPages := NewSources(a, content, nil).Problems(TreeResult{findings: []finding{c.finding}})
		var got []string
		for _, p := range ofContent {
			got = append(got, fmt.Sprint(p.Position, " ", p.Message))
		}
		for _, p := range ofPages {
			got = append(got, fmt.Sprint("page ", p.Position, " ", p.Message))
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("%s: got  %s\nwant %s", c.name, s, c.want)
		}
	}
}
