package extract

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"warraq/internal/editorial"
	"warraq/internal/match"
	"warraq/internal/source"
)

func testExtractor(t testing.TB) *Extractor {
	t.Helper()
	ed := editorial.Embedded()
	m, _ := match.Compile(ed)
	return New(ed, m, Options{})
}

// seedDocuments reads the real clippings that the program was asked for.
func seedDocuments(t testing.TB) []source.Document {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if filepath.Dir(dir) == dir {
			t.Fatal("no go.mod above the test")
		}
		dir = filepath.Dir(dir)
	}
	names, _ := filepath.Glob(filepath.Join(dir, "..", "shared", "seeds", "*.txt"))
	if len(names) == 0 {
		t.Skip("the seeds are not beside the repository")
	}
	var docs []source.Document
	for _, name := range names {
		read, problems := source.ReadPath(name, source.Options{})
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		docs = append(docs, read...)
	}
	return docs
}

// account checks that every non-space character is in exactly one span.
func account(t testing.TB, doc *source.Document, r *Result) {
	t.Helper()
	covered := 0
	for _, s := range r.Spans {
		if s.Start < covered || s.End <= s.Start || s.End > len(doc.Text) {
			t.Fatalf("%s: span %d–%d after %d overlaps or is empty: %q", doc.Path, s.Start, s.End, covered, doc.Text)
		}
		if gap := doc.Text[covered:s.Start]; strings.IndexFunc(gap, visible) >= 0 {
			t.Fatalf("%s: %q is in no span", doc.Path, gap)
		}
		if (s.Draft < 0) != (s.Why != NotDropped) || (s.Draft < 0) != (s.Field == NoField) || s.Draft >= len(r.Drafts) {
			t.Fatalf("%s: span says both or neither: %+v", doc.Path, s)
		}
		covered = s.End
	}
	if gap := doc.Text[covered:]; strings.IndexFunc(gap, visible) >= 0 {
		t.Fatalf("%s: %q is in no span", doc.Path, gap)
	}
}

func visible(r rune) bool { return !unicode.IsSpace(r) }

func TestSeeds(t *testing.T) {
	x := testExtractor(t)
	total, distinct := 0, map[string]bool{}
	for _, doc := range seedDocuments(t) {
		r := x.Extract(doc)
		account(t, &doc, &r)
		total += len(r.Drafts)
		for i, d := range r.Drafts {
			distinct[d.AutoID] = true
			t.Logf("%s %s %q\n  source %q keywords %q runs %q published %v, %d paragraphs", d.AutoID, d.Origin.Role, d.Title, d.SourceName, d.Keywords, d.Runs, d.Published, len(r.Texts[i].Paragraphs))
		}
		for _, d := range r.Dropped {
			t.Logf("  %-14s %d:%d %q", d.Why, d.At.Line, d.At.Column, d.Text)
		}
		for _, p := range r.Problems {
			t.Log(p)
		}
	}
	if total != 9 || len(distinct) != 8 {
		t.Errorf("%d articles, %d distinct; want 9 and 8", total, len(distinct))
	}
}
