package search

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// pair is a query and the documents a reader expects.
type pair struct {
	category, query string
	want            []string // nil: nothing
}

func pairs(t testing.TB) []pair {
	t.Helper()
	raw, err := os.ReadFile("testdata/pairs.txt")
	if err != nil {
		t.Fatal(err)
	}
	var all []pair
	for _, line := range strings.Split(string(raw), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "|")
		if len(f) != 3 {
			t.Fatalf("not three fields: %s", line)
		}
		p := pair{category: strings.TrimSpace(f[0]), query: strings.TrimSpace(f[1])}
		if want := strings.TrimSpace(f[2]); want != "-" {
			p.want = strings.Fields(want)
		}
		all = append(all, p)
	}
	return all
}

// passes: the first document among the first three results, all among the
// first ten; nothing where nothing is wanted.
func (p pair) passes(ids []string) bool {
	if p.want == nil {
		return len(ids) == 0
	}
	for i, w := range p.want {
		at := slices.Index(ids, w)
		if at < 0 || at >= 10 || i == 0 && at >= 3 {
			return false
		}
	}
	return true
}

// floors are the least pass rates, in per cent, by category.
var floors = map[string]int{
	"plain": 100, "normalisation": 100, "clitics": 95, "sound-plural": 90, "broken-plural": 85,
	"names": 95, "digits": 95, "phrases": 100, "prefix": 90, "typos": 80, "none": 90,
	"questions": 85, "forms": 80, "latin": 100,
}

func TestReadersFindWhatTheyMean(t *testing.T) {
	a, bodies := testArchive(t, "documents.txt")
	ix, err := Open(built(t, a, bodies, t.TempDir()))
	if err != nil {
		t.Fatal(err)
	}
	type rate struct{ passed, all int }
	rates := map[string]*rate{}
	var order []string
	for _, p := range pairs(t) {
		res, err := ix.Query(p.query, Options{})
		if err != nil {
			t.Fatalf("%s: %v", p.query, err)
		}
		var ids []string
		for _, h := range res.Hits {
			ids = append(ids, h.ID)
		}
		if rates[p.category] == nil {
			rates[p.category] = &rate{}
			order = append(order, p.category)
		}
		rates[p.category].all++
		if p.passes(ids) {
			rates[p.category].passed++
			continue
		}
		t.Logf("%s: «%s» gives %v, want %v", p.category, p.query, ids, p.want)
	}
	for _, c := range order {
		r := rates[c]
		t.Logf("%-14s %3d of %3d", c, r.passed, r.all)
		if r.passed*100 < floors[c]*r.all {
			t.Errorf("%s: %d of %d pairs pass, the floor is %d %%", c, r.passed, r.all, floors[c])
		}
	}
}
