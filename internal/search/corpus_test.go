package search

import (
	"bytes"
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"warraq/internal/archive"
	"warraq/internal/civil"
	"warraq/internal/config"
	"warraq/internal/output"
)

// bodies serves the bodies of a test archive.
type testBodies map[string]archive.Body

func (b testBodies) Body(ref archive.BodyRef) (archive.Body, error) {
	body, ok := b[ref.Path]
	if !ok {
		return archive.Body{}, fmt.Errorf("%s: %w", ref.Path, fs.ErrNotExist)
	}
	return body, nil
}

// testArchive makes an archive of the documents of a testdata file:
//
//	= id | date | source | themes | tags
//	title
//	paragraphs
func testArchive(t testing.TB, file string) (*archive.Archive, testBodies) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	a := &archive.Archive{}
	bodies := testBodies{}
	tags, themes, sources := map[string]archive.TagIndex{}, map[string]archive.ThemeIndex{}, map[string]archive.SourceIndex{}
	for _, doc := range strings.Split("\n"+string(raw), "\n= ")[1:] {
		lines := strings.Split(strings.TrimSpace(doc), "\n")
		head := strings.Split(lines[0], "|")
		for len(head) < 5 {
			head = append(head, "")
		}
		for i := range head {
			head[i] = strings.TrimSpace(head[i])
		}
		art := archive.Article{ID: head[0], Title: lines[1], Source: -1, Body: archive.BodyRef{Path: head[0]}}
		if head[1] != "" {
			if art.Date.Value, err = civil.Parse(head[1]); err != nil {
				t.Fatal(err)
			}
		}
		if head[2] != "" {
			if _, ok := sources[head[2]]; !ok {
				sources[head[2]] = archive.SourceIndex(len(a.Sources))
				a.Sources = append(a.Sources, archive.Source{Slug: head[2], Name: head[2]})
			}
			art.Source = sources[head[2]]
		}
		for _, s := range strings.Fields(head[3]) {
			if _, ok := themes[s]; !ok {
				themes[s] = archive.ThemeIndex(len(a.Themes))
				a.Themes = append(a.Themes, archive.Theme{Slug: s, Title: s})
			}
			art.Themes = append(art.Themes, archive.Membership{Theme: themes[s]})
		}
		for _, s := range strings.Split(head[4], "،") {
			if s = strings.TrimSpace(s); s == "" {
				continue
			}
			if _, ok := tags[s]; !ok {
				tags[s] = archive.TagIndex(len(a.Tags))
				a.Tags = append(a.Tags, archive.Tag{Slug: s, Name: s})
			}
			art.Tags = append(art.Tags, tags[s])
		}
		copy(art.Key[:], fmt.Sprintf("%x", nameOf([]byte(doc))))
		art.Description = lines[min(2, len(lines)-1)]
		bodies[head[0]] = archive.Body{Paragraphs: lines[2:]}
		a.Articles = append(a.Articles, art)
	}
	order(a)
	return a, bodies
}

// order puts articles into the archive's order.
func order(a *archive.Archive) {
	slices.SortFunc(a.Articles, func(x, y archive.Article) int {
		dx, dy := x.Date.Value, y.Date.Value
		if dx.IsZero() != dy.IsZero() {
			if dx.IsZero() {
				return 1
			}
			return -1
		}
		return cmp.Or(dy.Compare(dx), cmp.Compare(x.ID, y.ID))
	})
	a.Undated = 0
	for _, art := range a.Articles {
		if art.Date.Value.IsZero() {
			a.Undated++
		}
	}
}

// built writes the pages of a plan into a folder.
func built(t testing.TB, a *archive.Archive, bodies archive.Bodies, cache string) string {
	t.Helper()
	pages, problems := Plan(&config.Site{}, a, bodies, cache)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	dir := t.TempDir()
	for path, raw := range written(t, pages) {
		full := filepath.Join(dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, raw, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func written(t testing.TB, pages []output.Page) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	for _, p := range pages {
		var buf bytes.Buffer
		if err := p.Write(&buf); err != nil {
			t.Fatalf("%s: %v", p.Path, err)
		}
		if _, twice := files[p.Path]; twice {
			t.Fatalf("%s is planned twice", p.Path)
		}
		files[p.Path] = buf.Bytes()
	}
	return files
}
