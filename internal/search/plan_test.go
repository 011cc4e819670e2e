package search

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"warraq/internal/archive"
	"warraq/internal/civil"
	"warraq/internal/config"
	"warraq/internal/diag"
)

// small makes an archive of n generated articles.
func small(n int) (*archive.Archive, *shapedBodies) {
	b := &shapedBodies{vocabulary: make([]string, 3000)}
	for i := range b.vocabulary {
		b.vocabulary[i] = shaped(uint64(i))
	}
	return shapedArchive(b, n), b
}

func without1(a *archive.Archive, i int) *archive.Archive {
	b := *a
	b.Articles = slices.Delete(slices.Clone(a.Articles), i, i+1)
	order(&b)
	return &b
}

// What the cache holds must not change a byte: an archive grown article by
// article gives the files of one built at once.
func TestCacheChangesNoByte(t *testing.T) {
	a, bodies := small(400)
	undated := 0
	for i := range a.Articles { // a few without date, a crowded day
		switch {
		case i%40 == 0:
			a.Articles[i].Date.Value = civil.Date{}
			undated++
		case i%3 == 0:
			a.Articles[i].Date.Value = civil.Date{Y: 2024, M: 12, D: 31}
		}
	}
	order(a)
	cache := t.TempDir()
	for _, i := range []int{0, 250, 399, 120} {
		less := without1(a, i)
		got := planFiles(t, less, bodies, cache)
		want := planFiles(t, less, bodies, t.TempDir())
		same(t, got, want)
	}
	same(t, planFiles(t, a, bodies, cache), planFiles(t, a, bodies, t.TempDir()))
}

func planFiles(t *testing.T, a *archive.Archive, bodies archive.Bodies, cache string) map[string][]byte {
	t.Helper()
	pages, problems := Plan(&config.Site{}, a, bodies, cache)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return written(t, pages)
}

func same(t *testing.T, got, want map[string][]byte) {
	t.Helper()
	for path, b := range want {
		if !bytes.Equal(got[path], b) {
			t.Errorf("%s differs from a clean build", path)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d files, a clean build has %d", len(got), len(want))
	}
}

func TestEqualKeysPromiseEqualBytes(t *testing.T) {
	a, bodies := small(120)
	plan := func(a *archive.Archive) map[string]string {
		pages, problems := Plan(&config.Site{}, a, bodies, t.TempDir())
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		keys := map[string]string{}
		for path, raw := range written(t, pages) {
			for _, p := range pages {
				if p.Path == path {
					keys[fmt.Sprintf("%s %x", path, p.Key)] = string(raw)
				}
			}
		}
		return keys
	}
	first, second := plan(a), plan(without1(a, 60))
	shared := 0
	for key, raw := range first {
		if other, ok := second[key]; ok {
			if shared++; other != raw {
				t.Errorf("%s: equal keys, other bytes", key)
			}
		}
	}
	if shared == 0 {
		t.Error("no page survived the removal of one article")
	}
}

func TestAnAddedArticleMovesFewNumbers(t *testing.T) {
	a, _ := small(900)
	before := map[string]uint32{}
	for _, b := range blocksOf(without1(a, 450)) {
		for _, d := range b.docs {
			before[without1(a, 450).Articles[d.article].ID] = b.Base + d.slot
		}
	}
	moved := 0
	for _, b := range blocksOf(a) {
		last := -1
		for _, d := range b.docs {
			if int(d.slot) <= last || d.slot >= b.Span {
				t.Fatalf("slot %d after %d in %d", d.slot, last, b.Span)
			}
			last = int(d.slot)
			if n, ok := before[a.Articles[d.article].ID]; ok && n != b.Base+d.slot {
				moved++
			}
		}
	}
	if moved > 9 {
		t.Errorf("%d of 900 documents got another number", moved)
	}
}

func TestNumbersFollowTime(t *testing.T) {
	a, _ := small(700)
	last := civil.Date{}
	for _, b := range blocksOf(a) {
		for _, d := range b.docs {
			day := a.Articles[d.article].Date.Value
			if day.Compare(last) < 0 {
				t.Fatalf("%s comes after %s", day, last)
			}
			last = day
		}
	}
}

func TestBlocksCoverTheArchive(t *testing.T) {
	a := &archive.Archive{}
	for i := range 60_000 { // one crowded month, one crowded day, many undated
		art := archive.Article{ID: fmt.Sprintf("%05d", i*7919%60_000)}
		switch i % 3 {
		case 0:
			art.Date.Value = civil.Date{Y: 2024, M: 5, D: uint8(1 + i%28)}
		case 1:
			art.Date.Value = civil.Date{Y: 2024, M: 6, D: 1}
		}
		a.Articles = append(a.Articles, art)
	}
	for i := range 20_000 {
		a.Articles = append(a.Articles, archive.Article{ID: fmt.Sprintf("x%05d", i)})
	}
	order(a)
	seen := make([]bool, len(a.Articles))
	next := uint32(0)
	for _, b := range blocksOf(a) {
		if b.count() > blockMax {
			t.Errorf("block %q holds %d", b.Label, b.count())
		}
		if b.Base != next {
			t.Errorf("block %q begins at %d, not %d", b.Label, b.Base, next)
		}
		next = b.Base + b.Span
		for _, d := range b.docs {
			if seen[d.article] {
				t.Fatalf("article %d is in two blocks", d.article)
			}
			seen[d.article] = true
		}
	}
	if i := slices.Index(seen, false); i >= 0 {
		t.Errorf("article %d is in no block", i)
	}
}

func TestEmptyArchive(t *testing.T) {
	dir := built(t, &archive.Archive{}, testBodies{}, t.TempDir())
	ix, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range []string{"روسيا", "", "«»", "من", "xyz 12"} {
		if res, err := ix.Query(q, Options{Facets: true}); err != nil || res.Total != 0 {
			t.Errorf("%q: %v, %v", q, res, err)
		}
	}
}

func TestUnreadableBodyIsTold(t *testing.T) {
	a, _ := testArchive(t, "documents.txt")
	_, problems := Plan(&config.Site{}, a, failing{}, t.TempDir())
	if len(problems) != 1 || problems[0].Code != diag.SourceChanged {
		t.Errorf("problems: %v", problems)
	}
	_, problems = Plan(&config.Site{}, a, testBodies{}, t.TempDir())
	if len(problems) != 1 || problems[0].Code != diag.SearchIndex || problems[0].Severity != diag.Error {
		t.Errorf("problems: %v", problems)
	}
}

type failing struct{}

func (failing) Body(ref archive.BodyRef) (archive.Body, error) {
	return archive.Body{}, diag.Problem{Code: diag.SourceChanged, Severity: diag.Error, Message: "changed"}
}

func TestDamagedCacheIsMadeAgain(t *testing.T) {
	a, bodies := small(60)
	cache := t.TempDir()
	want := planFiles(t, a, bodies, cache)
	files, err := os.ReadDir(cache)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if err := os.Truncate(cache+"/"+f.Name(), 9); err != nil {
			t.Fatal(err)
		}
	}
	same(t, planFiles(t, a, bodies, cache), want)
}

func TestFilters(t *testing.T) {
	a, bodies := testArchive(t, "documents.txt")
	ix, err := Open(built(t, a, bodies, t.TempDir()))
	if err != nil {
		t.Fatal(err)
	}
	ids := func(o Options) string {
		res, err := ix.Query("الرئيس", o)
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, h := range res.Hits {
			ids = append(ids, h.ID)
		}
		return strings.Join(ids, " ")
	}
	if got := ids(Options{Theme: "russia-us", ByDate: true}); got != "d11 d05" {
		t.Errorf("theme: %s", got)
	}
	if got := ids(Options{Year: "2022", ByDate: true}); got != "d29" {
		t.Errorf("year: %s", got)
	}
	if got := ids(Options{Source: "صحيفة النخلة", Year: "2025", ByDate: true}); got != "d08" {
		t.Errorf("source and year: %s", got)
	}
	res, err := ix.Query("الرئيس", Options{Facets: true, Theme: "russia-us"})
	if err != nil {
		t.Fatal(err)
	}
	// Other themes are counted as if no theme were chosen, years under it.
	if res.Facets.Themes["assad-asylum"] != 1 || res.Facets.Years["2025"] != res.Total || res.Facets.Years["2022"] != 0 {
		t.Errorf("facets %v", res.Facets)
	}
}

func FuzzQuery(f *testing.F) {
	a, bodies := testArchive(f, "documents.txt")
	ix, err := Open(built(f, a, bodies, f.TempDir()))
	if err != nil {
		f.Fatal(err)
	}
	for _, p := range pairs(f) {
		f.Add(p.query)
	}
	f.Add("\xff«\u0640")
	f.Fuzz(func(t *testing.T, q string) {
		res, err := ix.Query(q, Options{Facets: true, Limit: 60})
		if err != nil {
			t.Fatal(err)
		}
		if len(res.Hits) != min(res.Total, 60) || res.Near > res.Total {
			t.Fatalf("%q: %d hits of %d, %d near", q, len(res.Hits), res.Total, res.Near)
		}
	})
}

func FuzzShard(f *testing.F) {
	f.Add([]byte{0, 1, 1, 2, 3, 4, 5, 6, 1, 0, 2, 'a', 'b', 1, 0, 5, 7})
	f.Fuzz(func(t *testing.T, raw []byte) {
		s, err := decodeShard(raw)
		if err != nil {
			return
		}
		for i := range s.terms {
			if s.terms[i].inline != nil {
				if _, err := appendPostings(nil, s.terms[i].inline, s.terms[i].docs, 0); err != nil {
					t.Fatalf("inline postings of a shard that was accepted: %v", err)
				}
			}
		}
	})
}
