package extract

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"warraq/internal/archive"
	"warraq/internal/diag"
	"warraq/internal/source"
)

func readArticle(t *testing.T, path, text string) Result {
	t.Helper()
	fsys := fstest.MapFS{path: {Data: []byte(text)}}
	docs, problems := source.Read(fsys, source.File{Path: path, Kind: source.Markdown}, source.Options{})
	if len(docs) != 1 {
		t.Fatalf("%s: %v", path, problems)
	}
	return testExtractor(t).Extract(docs[0])
}

func TestFrontMatterBecomesTheDraft(t *testing.T) {
	r := readArticle(t, "articles/2024/harbour.md", `---
title: "الميناء: عودة إلى العمل"
date: 2024-12-09T21:30:00+03:00
lastmod: 2024-12-10
publishDate: 2024-12-11
expiryDate: 2030-01-01
draft: true
slug: harbour-reopens
aliases: [/old/harbour/]
tags: [الميناء, "سفن"]
themes: [russian-bases]
source: جريدة الضفة
source_url: https://example.com/a?b=1&c=2
author: [منى, سامي]
description: عاد الميناء إلى العمل
rights: excerpt
canonical: original
events:
  - {date: 2024-12-08, sentence: عادت أول سفينة}
facts:
  - {text: في الميناء ثلاثة أرصفة, date: 2020, url: "https://example.com/f"}
corrections:
  - {date: 2024-12-12, text: صُحّح عدد الأرصفة}
layout: single
colour: blue
---

# الميناء: عودة إلى العمل

عادت السفن إلى **الميناء** اليوم.

- الرصيف الأول
`)
	if len(r.Problems) != 1 || r.Problems[0].Code != diag.MatterUnknown || r.Problems[0].Line != 25 || r.Problems[0].Severity != diag.Info {
		t.Errorf("problems %+v", r.Problems)
	}
	d := r.Drafts[0]
	for name, pair := range map[string][2]string{
		"title": {d.Title, "الميناء: عودة إلى العمل"}, "id": {d.ID, "2024/harbour-reopens"}, "own id": {d.AutoID, "2024/harbour"},
		"date": {d.Published[0].Phrase.Date.String(), "2024-12-09"}, "modified": {d.Modified[0].Phrase.Date.String(), "2024-12-10"},
		"publish": {d.Publish.String(), "2024-12-11"}, "expiry": {d.Expiry.String(), "2030-01-01"},
		"aliases": {strings.Join(d.Aliases, " "), "/old/harbour/"}, "tags": {strings.Join(d.Keywords, " "), "الميناء سفن"}, "themes": {strings.Join(d.Listed, " "), "russian-bases"},
		"source": {d.SourceName, "جريدة الضفة"}, "address": {d.SourceURL, "https://example.com/a?b=1&c=2"}, "author": {d.Author, "منى، سامي"},
		"description": {d.Description, "عاد الميناء إلى العمل"}, "event": {d.Events[0].Phrase.Phrase.Date.String() + d.Events[0].Sentence, "2024-12-08عادت أول سفينة"},
		"fact": {d.Facts[0].Date.String() + d.Facts[0].Cite, "2020https://example.com/f"}, "correction": {d.Correction[0].Text, "صُحّح عدد الأرصفة"},
		"lead": {d.Lead, "عادت السفن إلى الميناء اليوم."}, "text": {r.Texts[0].Paragraphs[1].Text, "الرصيف الأول"},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s is %q, want %q", name, pair[0], pair[1])
		}
	}
	if !d.Draft || d.Rights == nil || *d.Rights != archive.Excerpt || d.Canonical == nil || *d.Canonical != archive.CanonicalOriginal {
		t.Errorf("draft %v rights %v canonical %v", d.Draft, d.Rights, d.Canonical)
	}
	if at := r.Texts[0].Paragraphs[0].At; at.Line != 30 {
		t.Errorf("the first paragraph is at %v, want line 30", at)
	}
}

func TestFrontMatterValuesOfTheWrongKindAreErrors(t *testing.T) {
	for _, field := range []string{"date: غدا", "draft: ربما", "title: [a, b]", "rights: some", "canonical: no", "source_url: javascript:alert(1)", "url: https://a.example/x",
		"id: ../..", "events: [{sentence: بلا تاريخ}]", "expiryDate: 2024-13-40"} {
		first := "title: خبر"
		if strings.HasPrefix(field, "title") {
			first = "author: منى"
		}
		r := readArticle(t, "articles/a.md", "---\n"+first+"\n"+field+"\n---\nنص.\n")
		found := false
		for _, p := range r.Problems {
			found = found || p.Code == diag.MatterValue && p.Severity == diag.Error && p.Line == 3 && p.Remedy != ""
		}
		if !found {
			t.Errorf("%s: %+v", field, r.Problems)
		}
	}
}

// An address is taken as written or refused where it is written.
func TestAddressesAreTakenAsWrittenOrRefused(t *testing.T) {
	for field, want := range map[string]string{
		"id: ../../x":                  "3:5 write id: x or",
		"id: خبر عاجل":                 "3:5 write id: خبر-عاجل or",
		"id:   ./a":                    "3:7 write id: a or",
		`id: "a\u202Eb"`:               "3:5 write id: ab or",
		`id: "a\u0000b"`:               "3:5 write id: ab or",
		`id: 'a\b'`:                    "3:5 write id: a-b or",
		"id: '؟؟'":                     "3:5 write letters",
		"slug: ../x":                   "3:7 write slug: x or",
		"url: /old/%D8%AE%D8%A8%D8%B1": "3:6 write url: /articles/old/خبر/ or",
		"url: /a/?x=1":                 "3:6 write url: /articles/a/x-1/ or",
		"url: /../a/":                  "3:6 write url: /articles/a/ or",
	} {
		r := readArticle(t, "articles/a.md", "---\ntitle: خبر\n"+field+"\n---\nنص.\n")
		if len(r.Problems) != 1 || len(r.Drafts) != 1 {
			t.Errorf("%s: %+v", field, r.Problems)
			continue
		}
		p := r.Problems[0]
		key, _, _ := strings.Cut(field, ":")
		if got := fmt.Sprintf("%d:%d %s", p.Line, p.Column, p.Remedy); p.Code != diag.MatterValue || p.Severity != diag.Error ||
			!strings.HasPrefix(got, want) || !strings.HasPrefix(p.Message, key+" is ") || p.Excerpt != field || r.Drafts[0].ID != "" || len(r.Drafts[0].Aliases) > 0 {
			t.Errorf("%s: %s, aliases %q, id %q, %+v", field, got, r.Drafts[0].Aliases, r.Drafts[0].ID, p)
		}
	}
	for field, want := range map[string]string{
		"id: 2024/خبر":            "2024/خبر",
		"id: /a/b/":               "a/b",
		"slug: زيارة أولى!":       "زيارة-أولى", // as Hugo makes them
		"url: /articles/a_b.c~d/": "a_b.c~d",
		"url: /news/x.html":       "news/x.html /news/x.html/",
		"id: e\u0301":             "\u00e9", // one letter, however it is written
	} {
		r := readArticle(t, "articles/a.md", "---\ntitle: خبر\n"+field+"\n---\nنص.\n")
		if got := strings.Join(append([]string{r.Drafts[0].ID}, r.Drafts[0].Aliases...), " "); got != want || len(r.Problems) > 0 {
			t.Errorf("%s gives %q, want %q: %v", field, got, want, r.Problems)
		}
	}
}

func TestProblemsOfListsNameTheItem(t *testing.T) {
	r := readArticle(t, "articles/a.md", `---
title: خبر
aliases:
  - /قديم/
  - ../../x
facts:
  - {text: حقيقة, date: أمس}
  - date: 2024
corrections:
  - {date: 2024-12-12}
events:
  - {date: 2024-12-08, sentence: حدث}
  - {sentence: بلا تاريخ}
source: {name: وكالة, url: "javascript:x"}
---
نص <b>خام</b>.
`)
	var got []string
	for _, p := range r.Problems {
		got = append(got, fmt.Sprintf("%d:%d %s", p.Line, p.Column, p.Code))
	}
	want := "5:5 alias-bad, 10:5 front-matter-value, 13:5 front-matter-value, 7:25 front-matter-value, 8:5 front-matter-value, 14:28 front-matter-value, 16:4 markdown-raw-html, 16:10 markdown-raw-html"
	if strings.Join(got, ", ") != want {
		t.Errorf("%s\nwant %s", strings.Join(got, ", "), want)
	}
	if d := r.Drafts[0]; len(d.Aliases) != 1 || len(d.Facts) != 1 || len(d.Events) != 1 {
		t.Errorf("%+v", d)
	}
}

func TestIDsAreSafePaths(t *testing.T) {
	for in, want := range map[string]string{
		"harbour": "harbour", "a/b": "a/b", "../../etc/passwd": "etc/passwd", "/abs/x/": "abs/x", "a b?c#d%e": "a-b-c-d-e", "خبر من المرفأ": "خبر-من-المرفأ",
		`a\b`: "a-b", "..": "", "": "", "a/./b": "a/b", "<script>": "script", "a\u202eb\x00": "ab", "CON:": "CON", ".hidden": "hidden",
	} {
		if got := safeID(in); got != want {
			t.Errorf("safeID(%q) = %q, want %q", in, got, want)
		}
	}
	long := safeID(strings.Repeat("كلمة", 100))
	if len(long) > 130 || long == safeID(strings.Repeat("كلمة", 101)) {
		t.Errorf("long id %q", long)
	}
	for path, want := range map[string]string{"articles/a.md": "a", "articles/2024/port/index.md": "2024/port", "articles/خبر.md": "خبر"} {
		if got := pathID(path); got != want {
			t.Errorf("pathID(%q) = %q, want %q", path, got, want)
		}
	}
}

func TestContentIDsDependOnContentAlone(t *testing.T) {
	id := contentID("عنوان الخبر", []string{"نص الخبر الأول.", "والثاني."})
	if len(id) != 12 || strings.Trim(id, "abcdefghijklmnopqrstuvwxyz234567") != "" {
		t.Errorf("id %q", id)
	}
	for name, same := range map[string]string{
		"punctuation and tashkeel": contentID("عُنوان الخبر!", []string{"نصّ الخبر، الأول", "والثاني"}),
		"other paragraphs":         contentID("عنوان الخبر", []string{"نص الخبر", "الأول. والثاني."}),
		"Persian letters":          contentID("عنوان الخبر", []string{"نص الخبر الأول.", "والثانی."}),
	} {
		if same != id {
			t.Errorf("%s changed the id: %s, %s", name, same, id)
		}
	}
	long := strings.Repeat("كلمة ", 100)
	if contentID("عنوان", []string{long + "أ"}) != contentID("عنوان", []string{long + "ب"}) {
		t.Error("what stands behind the first 200 letters changed the id")
	}
	if contentID("عنوان", []string{"أ"}) == contentID("عنوان", []string{"ب"}) {
		t.Error("two texts have one id")
	}
}
