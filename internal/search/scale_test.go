package search

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"warraq/internal/archive"
	"warraq/internal/bench/cputime"
	"warraq/internal/civil"
	"warraq/internal/config"
	"warraq/internal/output"
)

// A generated archive for measuring: words of Arabic shape whose frequencies
// follow Zipf's law, as those of real archives do. Bodies are made again
// whenever they are read, so that a million articles fit into memory.

const (
	roots     = 4000
	bodyWords = 220
)

var (
	radicals = []rune("بتثجحخدذرزسشصضطظعغفقكلمنهوي")
	patterns = []string{"123", "1ا23", "12ا3", "12و3", "م12و3", "ا12ا3", "12ي3", "م1ا23", "ت12ي3", "مست12ا3", "ا1ت2ا3", "12ا3ي", "م12ا3"}
	fronts   = []string{"", "", "ال", "ال", "و", "وال", "ب", "بال", "لل", "ل"}
	backs    = []string{"", "", "ة", "ات", "ين", "ها", "ي", "ية", "هم", "ا"}
)

// shaped gives the i-th word of the vocabulary, the commonest first.
func shaped(i uint64) string {
	r := rand.New(rand.NewPCG(i, 5))
	root := rand.New(rand.NewPCG(i%roots, 6))
	var c [3]rune
	for k := range c {
		c[k] = radicals[root.IntN(len(radicals))]
	}
	p := patterns[(i/roots+r.Uint64N(3))%uint64(len(patterns))]
	p = strings.NewReplacer("1", string(c[0]), "2", string(c[1]), "3", string(c[2])).Replace(p)
	return fronts[r.IntN(len(fronts))] + p + backs[r.IntN(len(backs))]
}

type shapedBodies struct{ vocabulary []string }

func newShapedBodies() *shapedBodies {
	n, _ := strconv.Atoi(os.Getenv("WARRAQ_SCALE_WORDS"))
	b := &shapedBodies{vocabulary: make([]string, cmp.Or(n, 400_000))}
	for i := range b.vocabulary {
		b.vocabulary[i] = shaped(uint64(i))
	}
	return b
}

func (b *shapedBodies) text(r *rand.Rand, n int) string {
	zipf := rand.NewZipf(r, 1.12, 8, uint64(len(b.vocabulary)-1))
	var s strings.Builder
	for i := range n {
		if i > 0 {
			s.WriteByte(' ')
		}
		if r.IntN(60) == 0 {
			s.WriteString(strconv.Itoa(r.IntN(2030)))
			continue
		}
		s.WriteString(b.vocabulary[zipf.Uint64()])
	}
	return s.String()
}

func (b *shapedBodies) Body(ref archive.BodyRef) (archive.Body, error) {
	seed, err := strconv.ParseUint(ref.Path, 10, 64)
	if err != nil {
		return archive.Body{}, err
	}
	r := rand.New(rand.NewPCG(seed, 3))
	var p []string
	for range 5 {
		p = append(p, b.text(r, bodyWords/5))
	}
	return archive.Body{Paragraphs: p}, nil
}

func shapedArchive(b *shapedBodies, n int) *archive.Archive {
	a := &archive.Archive{}
	for i := range 40 {
		a.Sources = append(a.Sources, archive.Source{Slug: fmt.Sprintf("outlet-%d", i), Name: fmt.Sprintf("صحيفة %d", i)})
	}
	for i := range 3 {
		a.Themes = append(a.Themes, archive.Theme{Slug: fmt.Sprintf("theme-%d", i), Title: "ملف"})
	}
	r := rand.New(rand.NewPCG(1, 1))
	for i := range n {
		art := archive.Article{ID: fmt.Sprintf("%012x", rand.New(rand.NewPCG(uint64(i), 9)).Uint64()>>16), Title: b.text(r, 9), Description: b.text(r, 26), Source: archive.SourceIndex(r.IntN(40))}
		art.Body.Path = strconv.Itoa(i)
		day := civil.Date{Y: int16(2005 + i*20/n)}
		day.M, day.D = uint8(1+r.IntN(12)), uint8(1+r.IntN(28))
		art.Date.Value = day
		if r.IntN(2) == 0 {
			art.Themes = []archive.Membership{{Theme: archive.ThemeIndex(r.IntN(3))}}
		}
		copy(art.Key[:], fmt.Sprintf("%016d", i))
		a.Articles = append(a.Articles, art)
	}
	order(a)
	return a
}

// TestScale measures the index of WARRAQ_SCALE generated articles.
func TestScale(t *testing.T) {
	n, _ := strconv.Atoi(os.Getenv("WARRAQ_SCALE"))
	if n == 0 {
		t.Skip("set WARRAQ_SCALE to a number of articles to measure their index")
	}
	bodies := newShapedBodies()
	a := shapedArchive(bodies, n)
	cache, dir := t.TempDir(), t.TempDir()
	peak := peakMemory()
	pages, took := planned(t, a, bodies, cache)
	t.Logf("plan %v, %d pages, heap peak %d MB", took, len(pages), <-peak>>20)
	start := time.Now()
	sizes := map[string]int64{}
	total := int64(0)
	for _, p := range pages {
		sizes[p.Path] = writePage(t, dir, p)
		total += sizes[p.Path]
	}
	t.Logf("write %v, %.1f MB, %.0f bytes an article", time.Since(start), float64(total)/1e6, float64(total)/float64(n))

	_, took = planned(t, a, bodies, cache)
	t.Logf("plan again, nothing changed: %v", took)

	report(t, dir, a, bodies)
	counts, bytes := map[string]int{}, map[string]int64{}
	for path, role := range roles(t, pages) {
		counts[role]++
		bytes[role] += sizes[path]
	}
	t.Logf("files %v, bytes %v", counts, bytes)

	for _, when := range []string{"newest", "middle"} {
		day := a.Articles[0].Date.Value
		if when == "middle" {
			day = a.Articles[n/2].Date.Value
		}
		added := archive.Article{ID: "zz" + when, Title: "خبر مضاف", Source: 1, Body: archive.BodyRef{Path: strconv.Itoa(n + len(when))}}
		added.Date.Value = day
		b := *a
		b.Articles = append(slices.Clone(a.Articles), added)
		order(&b)
		more, took := planned(t, &b, bodies, cache)
		fresh, files := int64(0), 0
		kinds := map[string]int64{}
		counts := map[string]int{}
		what := roles(t, more)
		for _, p := range more {
			if _, ok := sizes[p.Path]; !ok || p.Path == entryPath {
				c := counting{}
				if err := p.Write(&c); err != nil {
					t.Fatal(err)
				}
				fresh += c.n
				files++
				kinds[what[p.Path]] += c.n
				counts[what[p.Path]]++
			}
		}
		t.Logf("one %s article added: plan %v, %d files and %d bytes new, %.2f %% of the index %v", when, took, files, fresh, 100*float64(fresh)/float64(total), kinds)
		t.Logf("files %v", counts)
	}
}

// roles tells what each page of a plan is.
func roles(t *testing.T, pages []output.Page) map[string]string {
	t.Helper()
	what := map[string]string{}
	files := map[string]output.Page{}
	for _, p := range pages {
		files[p.Path] = p
		what[p.Path] = "columns"
		if strings.Contains(p.Path, "-") {
			what[p.Path] = "records"
		}
	}
	raw := func(path string) []byte {
		var buf bytes.Buffer
		if err := files[path].Write(&buf); err != nil {
			t.Fatal(err)
		}
		z, err := gzip.NewReader(&buf)
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	what[entryPath] = "entry"
	var e entry
	if err := json.Unmarshal(raw(entryPath), &e); err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(e.Shards); i += 12 {
		path := filePath(e.Shards[i:i+12], "")
		what[path] = "lexicon"
		s, err := decodeShard(raw(path))
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range s.packs {
			what[filePath(n, "")] = "postings"
		}
		for i, n := range s.places {
			what[filePath(n, "")] = "positions"
			if i == 0 {
				what[filePath(n, "")] = "inline positions"
			}
		}
	}
	return what
}

type counting struct{ n int64 }

func (c *counting) Write(p []byte) (int, error) { c.n += int64(len(p)); return len(p), nil }

// planned gives the plan and its processor time.
func planned(t *testing.T, a *archive.Archive, bodies archive.Bodies, cache string) ([]output.Page, time.Duration) {
	t.Helper()
	start := cputime.Used()
	pages, problems := Plan(&config.Site{}, a, bodies, cache)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return pages, cputime.Used() - start
}

func writePage(t *testing.T, dir string, p output.Page) int64 {
	t.Helper()
	full := filepath.Join(dir, filepath.FromSlash(p.Path))
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(full)
	if err != nil {
		t.Fatal(err)
	}
	c := &counting{}
	if err := p.Write(io.MultiWriter(f, c)); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return c.n
}

// peakMemory samples the heap until its result is read.
func peakMemory() <-chan uint64 {
	result := make(chan uint64)
	go func() {
		peak := uint64(0)
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			peak = max(peak, m.HeapInuse+m.StackInuse)
			select {
			case result <- peak:
				return
			case <-time.After(50 * time.Millisecond):
			}
		}
	}()
	return result
}

// report prints what queries cost over the wire: of one word by frequency, and
// of three common words, each with an empty browser and after another query.
func report(t *testing.T, dir string, a *archive.Archive, bodies *shapedBodies) {
	t.Helper()
	cost := func(name string, warm string, queries ...string) {
		var bytes, files, worst int
		var took time.Duration
		for _, q := range queries {
			ix, err := Open(dir)
			if err != nil {
				t.Fatal(err)
			}
			if warm != "" {
				if _, err := ix.Query(warm, Options{}); err != nil {
					t.Fatal(err)
				}
			}
			before := ix.Reads()
			if warm == "" {
				before = Reads{}
			}
			start := time.Now()
			_, err = ix.Query(q, Options{})
			if err != nil {
				t.Fatal(err)
			}
			took += time.Since(start)
			r := ix.Reads()
			bytes += r.Bytes - before.Bytes - r.Records + before.Records
			worst = max(worst, r.Bytes-before.Bytes-r.Records+before.Records)
			files += r.Files - before.Files
		}
		n := len(queries)
		t.Logf("%-28s %5.1f KB mean, %5.1f worst, %4.1f files, %v", name, float64(bytes)/float64(n)/1000, float64(worst)/1000, float64(files)/float64(n), took/time.Duration(n))
	}
	words := func(from, to, count int) []string {
		r := rand.New(rand.NewPCG(uint64(from), 4))
		var out []string
		for range count {
			out = append(out, bodies.vocabulary[(from+r.IntN(to-from))%len(bodies.vocabulary)])
		}
		return out
	}
	common, middle, seldom := words(0, 60, 12), words(300, 3000, 12), words(30_000, 200_000, 12)
	cost("first query, common word", "", common...)
	cost("first query, middling word", "", middle...)
	cost("first query, rare word", "", seldom...)
	cost("next query, common word", middle[0], common...)
	cost("next query, middling word", common[0], middle...)
	cost("next query, rare word", common[0], seldom...)
	var three, two []string
	for i := range 10 {
		three = append(three, common[i]+" "+common[i+1]+" "+common[i+2])
		two = append(two, middle[i]+" "+common[i])
	}
	cost("three common words", middle[0], three...)
	cost("one middling, one common", seldom[0], two...)
	cost("a word that is nowhere", common[0], "ضصثقفغ", "خشقفطظ")
}
