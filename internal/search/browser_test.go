package search

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"warraq/internal/arabic"
)

var update = flag.Bool("update", false, "write testdata/vectors.txt anew")

// node runs the browser half on one JSON value and gives what it prints.
func node(t testing.TB, driver string, in, out any) {
	t.Helper()
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("node is not installed: the browser half is not compared")
	}
	dir := t.TempDir()
	var src strings.Builder
	for _, p := range parts[:3] {
		b, err := scripts.ReadFile("js/" + p)
		if err != nil {
			t.Fatal(err)
		}
		src.WriteString(regexp.MustCompile(`(?m)^import .*\n|^export `).ReplaceAllString(string(b), ""))
	}
	src.WriteString(driver)
	file := filepath.Join(dir, "driver.mjs")
	if err := os.WriteFile(file, []byte(withLists(src.String())), 0o644); err != nil {
		t.Fatal(err)
	}
	input, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", file)
	cmd.Stdin = bytes.NewReader(input)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	printed, err := cmd.Output()
	if err != nil {
		t.Fatalf("node: %v\n%s", err, stderr.String())
	}
	if err := json.Unmarshal(printed, out); err != nil {
		t.Fatalf("node printed no JSON: %v", err)
	}
}

const readInput = `
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
const input = JSON.parse(readFileSync(0, "utf8"));
`

// analysed is what both halves must make of a word.
type analysed struct {
	Terms []string
	Keys  []string
	Edits int
}

func analyse(word string) analysed {
	a := analysed{Terms: []string{}, Keys: []string{}}
	if isStop(word) {
		a.Terms = append(a.Terms, "stop")
		return a
	}
	segments(arabic.Fold(word), func(s string) {
		term := stemOf(s)
		a.Terms = append(a.Terms, term)
		a.Keys = append(a.Keys, keyOf(term))
		if len(s)%20 == 0 { // hundreds of edits a word: a few words do
			seen := map[string]bool{}
			edits(s, func(term string) { seen[term] = true })
			a.Edits += len(seen)
		}
	})
	return a
}

const analyseJS = readInput + `
console.log(JSON.stringify(input.map((w) => {
  if (isStop(w)) return { Terms: ["stop"], Keys: [], Edits: 0 };
  const parts = segments(fold(w));
  const terms = parts.map(stemOf);
  return { Terms: terms, Keys: terms.map((t) => keyOf(t)), Edits: parts.reduce((n, p) => n + (bytes(p) % 20 ? 0 : edits(p).size), 0) };
})));`

// forms makes word forms from the words of our own documents: as written, and
// with the particles and endings that Arabic joins to them.
func forms(t testing.TB, n int) []string {
	t.Helper()
	raw, err := os.ReadFile("testdata/documents.txt")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	var out []string
	add := func(w string) {
		if !seen[w] {
			seen[w] = true
			out = append(out, w)
		}
	}
	text := string(raw)
	var words []string
	for start, end := range arabic.Words(text) {
		add(text[start:end])
		words = append(words, text[start:end])
	}
	rng := rand.New(rand.NewPCG(1, 2))
	front := []string{"", "", "ال", "و", "وال", "ب", "بال", "لل", "ل", "ك", "كال", "ف", "فال", "وبال", "ولل", "س", "ي", "ت"}
	back := []string{"", "", "ة", "ات", "ها", "هم", "ان", "ين", "ون", "ية", "ي", "اً", "ا", "تها", "تين", "نا", "ه", "هما", "ـ", "َ", "ى", "ء", "ی"}
	for len(out) < n {
		add(front[rng.IntN(len(front))] + words[rng.IntN(len(words))] + back[rng.IntN(len(back))])
	}
	return out[:n]
}

func TestVectors(t *testing.T) {
	const file = "testdata/vectors.txt"
	if *update {
		var b strings.Builder
		for _, w := range forms(t, 10_000) {
			a := analyse(w)
			fmt.Fprintf(&b, "%s\t%s\t%s\n", w, strings.Join(a.Terms, " "), strings.Join(a.Keys, " "))
		}
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	var want []analysed
	for line := range strings.Lines(string(raw)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		words = append(words, f[0])
		want = append(want, analysed{Terms: strings.Fields(f[1]), Keys: strings.Fields(f[2])})
	}
	if len(words) < 10_000 {
		t.Fatalf("%d word forms, want 10,000", len(words))
	}
	same := func(half string, i int, got analysed) {
		t.Helper()
		if !slices.Equal(got.Terms, want[i].Terms) || !slices.Equal(got.Keys, want[i].Keys) {
			t.Errorf("%s: %s gives %v %v, want %v %v", half, words[i], got.Terms, got.Keys, want[i].Terms, want[i].Keys)
		}
	}
	for i, w := range words {
		same("Go", i, analyse(w))
	}
	var js []analysed
	node(t, analyseJS, words, &js)
	for i := range words {
		same("browser", i, js[i])
	}
}

// noise makes strings that no one writes: every block of Unicode that matters
// here, marks out of place, controls, digits inside letters.
func noise(rng *rand.Rand) string {
	pools := [][2]rune{{0x20, 0x7e}, {0x600, 0x6ff}, {0x621, 0x64a}, {0x621, 0x64a}, {0x64b, 0x670}, {0x660, 0x669}, {0x6f0, 0x6f9},
		{0xfb50, 0xfdff}, {0xfe70, 0xfeff}, {0x200b, 0x206f}, {0xa0, 0x24f}, {0x370, 0x3ff}, {0x400, 0x4ff}, {0x750, 0x77f}, {0x300, 0x36f}, {0x4e00, 0x4e40}, {0x1f600, 0x1f620}, {0x1d400, 0x1d420}}
	var b strings.Builder
	for range 1 + rng.IntN(12) {
		p := pools[rng.IntN(len(pools))]
		b.WriteRune(p[0] + rune(rng.IntN(int(p[1]-p[0]+1))))
	}
	return b.String()
}

func TestBothHalvesAnalyseAlike(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, uint64(os.Getpid())))
	words := forms(t, 6000)[2500:]
	for range 20_000 {
		words = append(words, noise(rng))
	}
	var js []analysed
	node(t, analyseJS, words, &js)
	wrong := 0
	for i, w := range words {
		if got := analyse(w); !reflect.DeepEqual(got, js[i]) {
			if wrong++; wrong < 20 {
				t.Errorf("%q (%+q): Go %v, browser %v", w, w, got, js[i])
			}
		}
	}
}

const queryJS = readInput + `
const ix = await new Index(async (path) => gunzipSync(readFileSync(input.dir + "/search/" + path))).open();
const out = [];
for (const { q, o } of input.queries) {
  const r = await search(ix, q, o);
  out.push({ hits: r.hits.map((h) => [h.id, h.score, h.tier]), total: r.total, near: r.near, complete: r.complete, facets: r.facets });
}
console.log(JSON.stringify(out));`

// asked is a query with its options, as both halves take them.
type asked struct {
	Q string `json:"q"`
	O struct {
		Theme  string `json:"theme,omitempty"`
		Source string `json:"source,omitempty"`
		Year   string `json:"year,omitempty"`
		Date   bool   `json:"date,omitempty"`
		Facets bool   `json:"facets,omitempty"`
		All    bool   `json:"all,omitempty"`
		Limit  int    `json:"limit"`
	} `json:"o"`
}

// queries makes queries of the texts: words, pairs, phrases, cut and mistyped
// words, filters.
func queries(t testing.TB, n int) []asked {
	rng := rand.New(rand.NewPCG(11, 12))
	words := forms(t, 4000)
	alphabet := []rune(arabicLetters)
	var all []asked
	for _, p := range pairs(t) {
		var a asked
		a.Q = p.query
		all = append(all, a)
	}
	for len(all) < n {
		var a asked
		w := func() string {
			r := []rune(words[rng.IntN(len(words))])
			switch rng.IntN(6) {
			case 0:
				r = r[:1+rng.IntN(len(r))]
			case 1:
				r[rng.IntN(len(r))] = alphabet[rng.IntN(len(alphabet))]
			}
			return string(r)
		}
		for k := range 1 + rng.IntN(3) {
			if k > 0 {
				a.Q += " "
			}
			a.Q += w()
		}
		switch rng.IntN(8) {
		case 0:
			a.Q = "«" + a.Q + "»"
		case 1:
			a.Q += "\" x"
		case 2:
			a.Q += " "
		}
		a.O.Facets = rng.IntN(3) == 0
		a.O.Date = rng.IntN(4) == 0
		a.O.All = rng.IntN(4) == 0
		a.O.Limit = 1 + rng.IntN(20)
		if rng.IntN(6) == 0 {
			a.O.Year = "2024"
		}
		if rng.IntN(8) == 0 {
			a.O.Theme = "russia-us"
		}
		if rng.IntN(8) == 0 {
			a.O.Source = "وكالة المرفأ"
		}
		all = append(all, a)
	}
	for i := range all {
		if all[i].O.Limit == 0 {
			all[i].O.Limit = 10
		}
	}
	return all
}

func TestBothHalvesFindTheSame(t *testing.T) {
	a, bodies := testArchive(t, "documents.txt")
	compareHalves(t, built(t, a, bodies, t.TempDir()), queries(t, 3000))
}

// compareHalves asks both halves the same of the index in dir.
func compareHalves(t *testing.T, dir string, all []asked) {
	t.Helper()
	var js []struct {
		Hits     [][3]any
		Total    int
		Near     int
		Complete bool
		Facets   struct{ Themes, Sources, Years, Kinds map[string]int }
	}
	node(t, queryJS, map[string]any{"dir": dir, "queries": all}, &js)
	ix, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	wrong, hits := 0, 0
	for i, q := range all {
		res, err := ix.Query(q.Q, Options{Theme: q.O.Theme, Source: q.O.Source, Year: q.O.Year, ByDate: q.O.Date, Facets: q.O.Facets, All: q.O.All, Limit: q.O.Limit})
		if err != nil {
			t.Fatalf("%s: %v", q.Q, err)
		}
		got := [][3]any{}
		for _, h := range res.Hits {
			got = append(got, [3]any{h.ID, float64(h.Score), float64(h.Tier)})
		}
		hits += len(got)
		same := reflect.DeepEqual(got, js[i].Hits) && res.Total == js[i].Total && res.Near == js[i].Near && res.Complete == js[i].Complete
		if q.O.Facets {
			f := js[i].Facets
			same = same && equal(res.Facets.Themes, f.Themes) && equal(res.Facets.Sources, f.Sources) && equal(res.Facets.Years, f.Years) && equal(res.Facets.Kinds, f.Kinds)
		}
		if !same {
			if wrong++; wrong < 10 {
				t.Errorf("%q %+v:\nGo      %v %d %d %v %v\nbrowser %v", q.Q, q.O, got, res.Total, res.Near, res.Complete, res.Facets, js[i])
			}
		}
	}
	t.Logf("%d queries, %d hits, %d differ", len(all), hits, wrong)
	if hits < len(all)/4 {
		t.Errorf("only %d hits: the queries compare nothing", hits)
	}
}

func equal(a, b map[string]int) bool {
	return len(a) == len(b) && (len(a) == 0 || reflect.DeepEqual(a, b))
}
