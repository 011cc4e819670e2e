package extract

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"warraq/internal/config"
	"warraq/internal/source"
)

// What a crawler knows of a document is stated, under whatever names.
func TestRecordsStateSourceAuthorAndTags(t *testing.T) {
	x := testExtractor(t)
	text := strings.Join(formatBody, `\n`)
	for _, c := range []struct {
		name, record           string
		fields                 config.JSONLFields
		source, author, url    string
		keywords, runs, remark []string
	}{
		{
			name:   "list",
			record: `{"text":"` + text + `","title":"` + formatTitle + `","url":"` + formatURL + `","source":"جريدة الضفة","author":"ليلى حداد","tags":["الميناء","إصلاح الرصيف الشمالي"," "]}`,
			source: "جريدة الضفة", author: "ليلى حداد", url: formatURL, keywords: []string{"الميناء", "إصلاح الرصيف الشمالي"},
		},
		{
			name:   "strings, other names",
			record: `{"body":"` + text + `","title":"` + formatTitle + `","meta":{"outlet":"جريدة الضفة","by":["ليلى حداد","سامي نور"],"keywords":"الميناء، إصلاح الرصيف"}}`,
			fields: config.JSONLFields{Text: "body", Source: "meta.outlet", Author: "meta.by", Tags: "meta.keywords"},
			source: "جريدة الضفة", author: "ليلى حداد، سامي نور", keywords: []string{"الميناء", "إصلاح الرصيف"},
		},
		{
			name:   "no separators",
			record: `{"text":"` + text + `","title":"` + formatTitle + `","tags":"الميناء الرصيف الشمالي الشحن"}`,
			runs:   []string{"الميناء الرصيف الشمالي الشحن"},
		},
		{
			name:   "the text has the last word",
			record: `{"text":"` + text + `\nالمصدر: صحيفة الساحل\nكلمات دلالية: الشحن، البحر","title":"` + formatTitle + `","source":"مجمع الأخبار","tags":null,"author":""}`,
			source: "صحيفة الساحل", keywords: []string{"الشحن", "البحر"},
		},
		{
			name:   "wrong kinds",
			record: `{"text":"` + text + `","title":"` + formatTitle + `","source":{"id":3},"tags":[1,2]}`,
			remark: []string{`"source"`, `"tags"`},
		},
	} {
		fsys := fstest.MapFS{"clippings/a.jsonl": {Data: []byte(c.record + "\n")}}
		docs, problems := source.Read(fsys, source.File{Path: "clippings/a.jsonl", Kind: source.JSONL}, source.Options{JSONL: c.fields})
		if len(docs) != 1 || len(problems) > 0 {
			t.Fatalf("%s: %d documents, %v", c.name, len(docs), problems)
		}
		r := x.Extract(docs[0])
		if len(r.Drafts) != 1 {
			t.Fatalf("%s: %d articles", c.name, len(r.Drafts))
		}
		d := r.Drafts[0]
		if d.SourceName != c.source || d.Author != c.author || d.SourceURL != c.url || !slices.Equal(d.Keywords, c.keywords) || !slices.Equal(d.Runs, c.runs) {
			t.Errorf("%s: source %q %q, author %q, keywords %q, runs %q", c.name, d.SourceName, d.SourceURL, d.Author, d.Keywords, d.Runs)
		}
		if len(r.Problems) != len(c.remark) {
			t.Errorf("%s: problems %v", c.name, r.Problems)
			continue
		}
		for i, field := range c.remark {
			if !strings.Contains(r.Problems[i].Message, field) {
				t.Errorf("%s: problem %q does not name %s", c.name, r.Problems[i].Message, field)
			}
		}
	}
}
