package assemble_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"warraq/internal/archive"
	"warraq/internal/assemble"
	"warraq/internal/civil"
	"warraq/internal/config"
	"warraq/internal/diag"
	"warraq/internal/editorial"
	"warraq/internal/extract"
	"warraq/internal/match"
	"warraq/internal/source"
)

// seeds reads the user's five clippings, which lie beside the repository.
func seeds(t *testing.T) fs.FS {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.mod above this package")
		}
		dir = filepath.Dir(dir)
	}
	names, _ := filepath.Glob(filepath.Join(filepath.Dir(dir), "shared", "seeds", "*.txt"))
	if len(names) == 0 {
		t.Skip("no ../shared/seeds beside the repository")
	}
	content := fstest.MapFS{}
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		content["clippings/"+filepath.Base(name)] = &fstest.MapFile{Data: raw}
	}
	return content
}

func assembleContent(t *testing.T, content fs.FS) (*archive.Archive, []diag.Problem) {
	t.Helper()
	ed := editorial.Embedded()
	m, _ := match.Compile(ed)
	x := extract.New(ed, m, extract.Options{})
	files, _ := source.Walk(content)
	in := assemble.Input{
		Editorial: ed, Matcher: m, Bodies: extract.NewBodies(content, x), Build: civil.Date{Y: 2026, M: 1, D: 1},
		Site: &config.Site{Archive: config.Archive{RelatedMax: 6, DateThreshold: 0.6}},
	}
	for _, f := range files {
		docs, _ := source.Read(content, f, source.Options{})
		for _, doc := range docs {
			in.Drafts = archive.AppendPointers(in.Drafts, x.Extract(doc).Drafts)
		}
	}
	a, problems := assemble.Assemble(in)
	if err := archive.Check(a); err != nil {
		t.Fatal(err)
	}
	return a, problems
}

func TestSeeds(t *testing.T) {
	a, problems := assembleContent(t, seeds(t))
	if len(a.Articles) != 8 {
		t.Fatalf("%d articles, want 8", len(a.Articles))
	}
	// from finds an article by the beginning of its origin and its place there.
	from := func(file string, ordinal int32) *archive.Article {
		for i := range a.Articles {
			if slices.ContainsFunc(a.Articles[i].Origins, func(o archive.Origin) bool {
				return strings.HasPrefix(o.Path, "clippings/"+file) && o.Ordinal == ordinal
			}) {
				return &a.Articles[i]
			}
		}
		t.Fatalf("no article from %s, %d", file, ordinal)
		return nil
	}
	for _, c := range []struct {
		file    string
		ordinal int32
		date    string
		kind    archive.DateKind
		least   float32
	}{
		{"000", 1, "2024-12-09", archive.DateStated, 1},
		{"000", 2, "", archive.DateUnknown, 0},
		{"001", 1, "2024-12-09", archive.DateInferred, 0.85},
		{"002", 1, "2024-07-13", archive.DateStated, 1},
		{"003", 1, "2024-12-24", archive.DateStated, 1},
		{"003", 2, "2025-04-04", archive.DateInferred, 0.6},
		{"004", 1, "2024-12-02", archive.DateStated, 1},
		{"004", 2, "", archive.DateUnknown, 0},
	} {
		x := from(c.file, c.ordinal)
		if x.Date.Value.String() != c.date || x.Date.Kind != c.kind || x.Date.Confidence < c.least {
			t.Errorf("%s, article %d: date %s %s %.2f, want %s %s ≥ %.2f (%s)", c.file, c.ordinal,
				x.Date.Value, x.Date.Kind, x.Date.Confidence, c.date, c.kind, c.least, x.Date.Evidence)
		}
	}
	both := from("000", 2)
	if len(both.Origins) != 2 || both != from("002", 2) {
		t.Errorf("the article in two files has origins %+v", both.Origins)
	}
	wire := from("001", 1).Relations
	if len(wire) == 0 || wire[0].Kind != archive.SharedWire || &a.Articles[wire[0].Article] != from("000", 1) {
		t.Errorf("001 shares its wire with 000, but has %+v", wire)
	}
	if len(a.Tags) < 6 {
		t.Errorf("%d tags", len(a.Tags))
	}
	for i := range a.Tags {
		if n := a.Tags[i].Name; slices.Contains([]string{"أن", "في", "من", "الرئيس", "الروسي", "السورية", "فی"}, n) {
			t.Errorf("%q is a tag", n)
		}
	}
	for i := range a.Themes {
		if len(a.Themes[i].Articles) == 0 {
			t.Errorf("theme %s has no article", a.Themes[i].Slug)
		}
	}
	for _, p := range problems {
		if p.Severity == diag.Error {
			t.Errorf("%v", p)
		}
	}
	var tags []string
	for i := range a.Tags {
		tags = append(tags, a.Tags[i].Name)
	}
	t.Log(tags)
	for i := range a.Events {
		e := &a.Events[i]
		t.Log(e.ID, e.Kind, e.Confidence, len(e.Tellings), e.Sources, e.Sentence, "|", e.Evidence)
	}
	for _, p := range problems {
		t.Log(p.Severity, p.Code, p.Message)
	}
}
