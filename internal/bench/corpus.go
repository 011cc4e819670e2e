package main

import (
	"bufio"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// corpus describes a generated site. Article i depends on the seed and i
// alone, so a larger corpus begins with the smaller one.
type corpus struct {
	n    int
	seed uint64
	tags []string
}

func newCorpus(n int, seed uint64) *corpus {
	c := &corpus{n: n, seed: seed}
	// The vocabulary of tags grows with the square root of the archive, as
	// keywords of real archives do.
	for i := range 40 + 8*int(math.Sqrt(float64(n))) {
		topic := topics[i%len(topics)]
		switch k := i / len(topics); {
		case k == 0:
			c.tags = append(c.tags, topic)
		case k <= len(places):
			c.tags = append(c.tags, topic+" "+places[k-1])
		default:
			c.tags = append(c.tags, fmt.Sprintf("%s %s %d", topic, places[k%len(places)], 1990+k/len(places)))
		}
	}
	return c
}

// hugoTOML is the site's configuration, which Hugo reads too.
func (c *corpus) hugoTOML(search bool) string {
	return fmt.Sprintf(`baseURL = "https://example.org/"
title = "أرشيف القياس"
locale = "ar"
defaultContentLanguage = "ar"
timeZone = "UTC"
ignoreFiles = ['/clippings/', '/content/[^/]+\.ya?ml$']
[taxonomies]
tag = "tags"
theme = "themes"
[params.archive]
search = %t
`, search)
}

// mark names the file of a corpus that was generated to its end.
func (c *corpus) mark(dir string) string {
	return filepath.Join(dir, fmt.Sprintf("corpus-complete-%d-%d", c.n, c.seed))
}

// complete reports whether the corpus is there.
func (c *corpus) complete(dir string) bool {
	_, err := os.Stat(c.mark(dir))
	return err == nil
}

// write makes the site in dir, a hundred articles to a folder, unless it is
// there already.
func (c *corpus) write(dir string, jobs int) error {
	if c.complete(dir) {
		return nil
	}
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "hugo.toml"), []byte(c.hugoTOML(true)), 0o644); err != nil {
		return err
	}
	var failed error
	var once sync.Once
	var workers sync.WaitGroup
	for w := range jobs {
		workers.Go(func() {
			for i := w; i < c.n; i += jobs {
				if err := c.article(dir, i); err != nil {
					once.Do(func() { failed = err })
					return
				}
			}
		})
	}
	workers.Wait()
	if failed != nil {
		return failed
	}
	return os.WriteFile(c.mark(dir), nil, 0o644)
}

// day spreads articles over fifteen years, more of them in later ones.
func (c *corpus) day(r *rand.Rand) time.Time {
	x := math.Sqrt(r.Float64())
	return time.Date(2011, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(x*15*365))
}

// path gives the place of article i below the site.
func (c *corpus) path(i int) string {
	return filepath.Join("content", "articles", fmt.Sprintf("%04d", i/100), fmt.Sprintf("a%07d.md", i))
}

func (c *corpus) article(dir string, i int) error {
	r := rand.New(rand.NewPCG(c.seed, uint64(i)))
	name := filepath.Join(dir, c.path(i))
	if i%100 == 0 || c.n < 100 {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
	}
	f, err := os.Create(name)
	if os.IsNotExist(err) {
		if err = os.MkdirAll(filepath.Dir(name), 0o755); err == nil {
			f, err = os.Create(name)
		}
	}
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<14)
	day := c.day(r)
	s := newStory(r, day)
	fmt.Fprintf(w, "---\ntitle: %q\ndate: %s\nsource: %q\n", s.title(), day.Format(time.DateOnly), pick(r, outlets))
	fmt.Fprint(w, "tags:\n")
	zipf := rand.NewZipf(r, 1.3, 4, uint64(len(c.tags)-1))
	seen := map[uint64]bool{}
	for range 3 + r.IntN(4) {
		if t := zipf.Uint64(); !seen[t] {
			seen[t] = true
			fmt.Fprintf(w, "  - %q\n", c.tags[t])
		}
	}
	if r.IntN(3) > 0 {
		fmt.Fprintf(w, "themes: [%s]\n", []string{"assad-asylum", "russian-bases", "russia-us"}[r.IntN(3)])
	}
	fmt.Fprint(w, "---\n\n")
	for p := range 5 + r.IntN(7) {
		if p > 0 && r.IntN(6) == 0 {
			fmt.Fprintf(w, "## %s في %s\n\n", pick(r, s.matters), pick(r, s.places))
		}
		for k := range 2 + r.IntN(3) {
			if k > 0 {
				fmt.Fprint(w, " ")
			}
			fmt.Fprint(w, s.sentence())
		}
		fmt.Fprint(w, "\n\n")
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}

func pick(r *rand.Rand, of []string) string { return of[r.IntN(len(of))] }

// story is what one article is about: as in news, a few actors and places that
// its sentences return to. Sentences that took any of the vocabulary would put
// every known name into every article.
type story struct {
	r                         *rand.Rand
	day                       time.Time
	subjects, places, matters []string
}

func newStory(r *rand.Rand, day time.Time) *story {
	some := func(n int, of []string) []string {
		// Names are not equally frequent: the first of the list lead.
		zipf := rand.NewZipf(r, 1.1, 6, uint64(len(of)-1))
		var out []string
		for range n {
			out = append(out, of[zipf.Uint64()])
		}
		return out
	}
	return &story{r, day, some(3, subjects), some(2, places), some(4, matters)}
}

func (s *story) title() string {
	return fmt.Sprintf("%s: %s %s %s", pick(s.r, s.places), pick(s.r, s.subjects), pick(s.r, s.matters), pick(s.r, circumstances))
}

// sentence puts a sentence together. Its numbers keep it unique.
func (s *story) sentence() string {
	r, day, subjects, places, matters := s.r, s.day, s.subjects, s.places, s.matters
	kind := r.IntN(6)
	if kind == 2 && r.IntN(4) > 0 {
		kind = 0 // one or two dated events an article
	}
	switch kind {
	case 0:
		return fmt.Sprintf("%s %s في %s %s %s، %s.", pick(r, verbs), pick(r, subjects), pick(r, places), pick(r, matters), pick(r, circumstances), pick(r, results))
	case 1:
		return fmt.Sprintf("وبلغ عدد ما سُجل في %s نحو %d %s %s، مقابل %d في %s.", pick(r, places), 10+r.IntN(9990), pick(r, units), pick(r, circumstances), 10+r.IntN(9990), pick(r, places))
	case 2:
		then := day.AddDate(0, 0, -r.IntN(400))
		return fmt.Sprintf("وفي %d %s %d %s %s %s، بحسب %s.", then.Day(), months[then.Month()-1], then.Year(), pick(r, verbs), pick(r, subjects), pick(r, matters), pick(r, outlets))
	case 3:
		return fmt.Sprintf("ورأى %s أن %s «لن ينتهي قبل %d شهرا»، %s.", pick(r, subjects), pick(r, matters), 2+r.IntN(60), pick(r, results))
	case 4:
		return fmt.Sprintf("أما %s فقد %s %s في %s بعد %d يوما من المشاورات، %s.", pick(r, subjects), pick(r, verbs), pick(r, matters), pick(r, places), 2+r.IntN(300), pick(r, results))
	}
	return fmt.Sprintf("ومن %s إلى %s امتد النقاش حول %s %s، ثم %s %s %s.", pick(r, places), pick(r, places), pick(r, matters), pick(r, circumstances), pick(r, verbs), pick(r, subjects), pick(r, matters))
}
