package build

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"warraq/internal/diag"
)

// The promise of the engine: whatever was edited since, a build on top of an
// old one leaves byte for byte what a first build would.

// TestAnIncrementalBuildEqualsACleanOne runs random sequences of edits.
// WARRAQ_SEQUENCES sets how many.
func TestAnIncrementalBuildEqualsACleanOne(t *testing.T) {
	sequences := 40
	if testing.Short() || raceDetector {
		sequences = 6
	}
	if s := os.Getenv("WARRAQ_SEQUENCES"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatalf("WARRAQ_SEQUENCES: %v", err)
		}
		sequences = n
	}
	for seed := range sequences {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			sequence(t, uint64(seed))
		})
	}
}

func FuzzSequences(f *testing.F) {
	f.Add(uint64(1 << 40))
	f.Fuzz(sequence)
}

func sequence(t *testing.T, seed uint64) {
	s := newEdited(t, seed)
	s.build()
	for range 3 {
		for range 1 + s.r.IntN(3) {
			s.edit()
		}
		s.build()
		s.compare()
	}
}

// edited is a site under random edits.
type edited struct {
	*testing.T
	r        *rand.Rand
	dir      string
	now      time.Time
	articles []string // paths of Markdown articles and clippings
	made     int
	log      []string
	options  Options // switches of the next builds
	public   string  // the destination, of those that share a cache
	repeated int     // builds that found nothing to do
	last     told
	careful  bool // edit sources only, not the output
}

func newEdited(t *testing.T, seed uint64) *edited {
	s := &edited{T: t, r: rand.New(rand.NewPCG(seed, 7)), dir: t.TempDir(), now: time.Date(2025, 6, 1, 12, 0, 0, 0, time.UTC), public: "public"}
	s.config()
	s.theme("russian-bases", "القواعد الروسية", "حميميم")
	s.theme("assad-asylum", "لجوء الأسد", "لجوء")
	s.entities(false)
	for range 7 {
		s.addArticle()
	}
	s.addClipping()
	return s
}

func (s *edited) write(path, text string) {
	s.Helper()
	name := filepath.Join(s.dir, path)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		s.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		s.Fatal(err)
	}
}

func (s *edited) config() {
	s.write("hugo.toml", fmt.Sprintf("baseURL = 'https://example.org/%s'\ntitle = 'أرشيف %d'\n[params.archive]\ndigits = '%s'\nrelatedMax = %d\n",
		s.one("", "archive/"), s.r.IntN(3), s.one("western", "arabic-indic"), 2+s.r.IntN(4)))
}

func (s *edited) one(of ...string) string { return of[s.r.IntN(len(of))] }

func (s *edited) theme(slug, title, term string) {
	s.write("content/themes/"+slug+"/_index.md", fmt.Sprintf("---\ntitle: %s\nweight: %d\nmatch:\n  any: [%s]\n---\nنص الباب %d.\n", title, s.r.IntN(5), term, s.r.IntN(100)))
}

func (s *edited) entities(more bool) {
	text := "- {id: putin, name: فلاديمير بوتين, kind: person, aliases: [بوتين, الرئيس الروسي]}\n- {id: damascus, name: دمشق, kind: place}\n"
	if more {
		text += "- {id: tartus, name: طرطوس, kind: place, aliases: [ميناء طرطوس]}\n"
	}
	s.write("content/entities.yaml", text)
}

func (s *edited) sentence() string {
	return fmt.Sprintf("%s %s في %s عن %s، وقال إن العدد بلغ %d في %s.",
		s.one("تحدث", "كتب", "صرح"), s.one("الرئيس الروسي", "وزير الخارجية", "مسؤول محلي", "بوتين"), s.one("دمشق", "طرطوس", "موسكو", "حلب"),
		s.one("قاعدة حميميم", "طلب لجوء", "موسم القمح", "محطة الكهرباء", "العلاقات الروسية الأمريكية"), s.r.IntN(1e6), s.one("3 مارس 2024", "ذلك اليوم", "يوم الجمعة"))
}

func (s *edited) body() string {
	var b strings.Builder
	for range 2 + s.r.IntN(3) {
		for range 1 + s.r.IntN(3) {
			b.WriteString(s.sentence() + " ")
		}
		b.WriteString("\n\n")
	}
	return b.String()
}

func (s *edited) article() string {
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: \"%s عن %s رقم %d\"\n", s.one("تقرير", "حوار", "خبر"), s.one("الميناء", "القمة", "الحدود"), s.r.IntN(1000))
	if s.r.IntN(6) > 0 {
		fmt.Fprintf(&b, "date: %d-%02d-%02d\n", 2023+s.r.IntN(4), 1+s.r.IntN(12), 1+s.r.IntN(28))
	}
	fmt.Fprintf(&b, "source: %s\ntags: [%s, %s]\n", s.one("وكالة الساحل", "صحيفة الجبل"), s.one("اقتصاد", "سياسة", "روسيا", "روسیا"), s.one("نقل", "طاقة", "دمشق"))
	if s.r.IntN(4) == 0 {
		fmt.Fprintf(&b, "aliases: [/old/%d/]\n", s.r.IntN(1e9))
	}
	if s.r.IntN(8) == 0 {
		b.WriteString("draft: true\n")
	}
	if s.r.IntN(6) == 0 {
		b.WriteString("expiryDate: 2025-08-01\n")
	}
	b.WriteString("---\n" + s.body())
	return b.String()
}

func (s *edited) addArticle() {
	s.made++
	path := fmt.Sprintf("content/articles/%s/خبر-%d.md", s.one("2024", "2025"), s.made)
	s.articles = append(s.articles, path)
	s.write(path, s.article())
}

func (s *edited) addClipping() {
	s.made++
	path := fmt.Sprintf("content/clippings/%d.txt", s.made)
	s.articles = append(s.articles, path)
	s.write(path, fmt.Sprintf("عنوان القصاصة رقم %d من الساحل\n%s\nالمصدر: وكالة الساحل\n", s.r.IntN(1e6), s.body()))
}

// edit changes one thing.
func (s *edited) edit() {
	pick := func() (int, string) {
		i := s.r.IntN(len(s.articles))
		return i, s.articles[i]
	}
	edits := []struct {
		name string
		do   func()
	}{
		{"add", s.addArticle},
		{"add clipping", s.addClipping},
		{"rewrite", func() {
			if _, path := pick(); strings.HasSuffix(path, ".md") {
				s.write(path, s.article())
			}
		}},
		{"append", func() {
			_, path := pick()
			data, err := os.ReadFile(filepath.Join(s.dir, path))
			if err != nil {
				s.Fatal(err)
			}
			s.write(path, string(data)+"\n"+s.sentence()+"\n")
		}},
		{"same bytes, new time", func() {
			_, path := pick()
			data, err := os.ReadFile(filepath.Join(s.dir, path))
			if err != nil {
				s.Fatal(err)
			}
			s.write(path, string(data))
		}},
		{"rename", func() {
			i, path := pick()
			s.made++
			to := filepath.Join(filepath.Dir(path), fmt.Sprintf("منقول-%d%s", s.made, filepath.Ext(path)))
			if err := os.Rename(filepath.Join(s.dir, path), filepath.Join(s.dir, to)); err != nil {
				s.Fatal(err)
			}
			s.articles[i] = to
		}},
		{"copy a clipping", func() {
			_, path := pick()
			if strings.HasSuffix(path, ".md") {
				return
			}
			data, err := os.ReadFile(filepath.Join(s.dir, path))
			if err != nil {
				s.Fatal(err)
			}
			s.made++
			to := fmt.Sprintf("content/clippings/copy-%d.txt", s.made)
			s.articles = append(s.articles, to)
			s.write(to, string(data))
		}},
		{"delete", func() {
			if len(s.articles) < 3 {
				return
			}
			i, path := pick()
			if err := os.Remove(filepath.Join(s.dir, path)); err != nil {
				s.Fatal(err)
			}
			s.articles = slices.Delete(s.articles, i, i+1)
		}},
		{"theme rule", func() {
			s.theme("russian-bases", "القواعد الروسية", s.one("حميميم", "طرطوس", "القمح"))
		}},
		{"theme title", func() {
			s.theme("assad-asylum", s.one("لجوء الأسد", "الأسد في موسكو"), "لجوء")
		}},
		{"entities", func() { s.entities(s.r.IntN(2) == 0) }},
		{"configuration", s.config},
		{"template", func() {
			name := filepath.Join(s.dir, "templates/css/own.css")
			if os.Remove(name) != nil {
				s.write("templates/css/own.css", "body{color:red}")
			}
		}},
		{"static file", func() {
			if os.Remove(filepath.Join(s.dir, "static/robots-extra.txt")) != nil {
				s.write("static/robots-extra.txt", fmt.Sprint(s.r.IntN(9)))
			}
		}},
		{"clock", func() { s.now = s.now.AddDate(0, 0, s.r.IntN(400)-200) }},
		{"next day", func() { s.now = s.now.AddDate(0, 0, 1) }},
		{"nothing", func() {}},
		{"template", func() {
			name := filepath.Join(s.dir, "templates/partials/more.html")
			if os.Remove(name) != nil {
				s.write("templates/partials/more.html", fmt.Sprintf("<p>%d</p>", s.r.IntN(9)))
			}
		}},
		{"decision", func() {
			if os.Remove(filepath.Join(s.dir, "content/decisions.yaml")) != nil {
				s.write("content/decisions.yaml", fmt.Sprintf("- id: no-such-article\n  title: عنوان %d\n", s.r.IntN(9)))
			}
		}},
		{"switches", func() {
			s.options.Drafts, s.options.Future, s.options.Expired = s.r.IntN(2) == 0, s.r.IntN(2) == 0, s.r.IntN(2) == 0
		}},
		{"other destination", func() { s.public = s.one("public", "public2") }},
		{"output deleted", func() {
			if name := s.output(); name != "" && os.Remove(name) != nil {
				s.Fatalf("%s cannot be removed", name)
			}
		}},
		{"output touched", func() {
			if name := s.output(); name != "" {
				if err := os.WriteFile(name, []byte("أثر"), 0o644); err != nil {
					s.Fatal(err)
				}
			}
		}},
		{"output gone", func() {
			if err := os.RemoveAll(filepath.Join(s.dir, s.public)); err != nil {
				s.Fatal(err)
			}
		}},
		{"memory damaged", func() {
			names, err := filepath.Glob(filepath.Join(s.dir, ".warraq/*.memory"))
			if err != nil || len(names) == 0 {
				s.Fatalf("no memory: %v", err)
			}
			data, err := os.ReadFile(names[0])
			if err != nil {
				s.Fatal(err)
			}
			data[s.r.IntN(len(data))] ^= 1 << s.r.IntN(8)
			if err := os.WriteFile(names[0], data[:len(data)-s.r.IntN(2)*s.r.IntN(len(data))], 0o644); err != nil {
				s.Fatal(err)
			}
		}},
		{"page", func() {
			s.write("content/pages/about.md", fmt.Sprintf("---\ntitle: عن الأرشيف\n---\nنص %d.\n", s.r.IntN(9)))
		}},
	}
	e := edits[s.r.IntN(len(edits))]
	for s.careful && (strings.HasPrefix(e.name, "output") || e.name == "other destination" || e.name == "switches" || e.name == "memory damaged") {
		e = edits[s.r.IntN(len(edits))]
	}
	s.log = append(s.log, e.name)
	e.do()
}

// output names some file of the destination, "" when there is none.
func (s *edited) output() string {
	files := slices.Sorted(maps.Keys(readTree(s.T, filepath.Join(s.dir, s.public))))
	if len(files) == 0 {
		return ""
	}
	return filepath.Join(s.dir, s.public, files[s.r.IntN(len(files))])
}

// told is what a build says of the content.
type told struct {
	content  Content
	problems string
}

func (s *edited) run(destination, cache string, jobs int) told {
	s.Helper()
	o := s.options
	o.Source, o.Destination, o.CacheDir, o.Now, o.Jobs, o.Version = s.dir, destination, cache, s.now, jobs, "test"
	report, problems, err := Run(context.Background(), o)
	if err != nil {
		s.Fatal(err)
	}
	var b strings.Builder
	_ = diag.Text(&b, problems, diag.TextOptions{Verbose: true})
	if !report.Done {
		s.Fatalf("after %v the build failed:\n%s", s.log, b.String())
	}
	if !slices.ContainsFunc(report.Stages, func(t StageTime) bool { return t.Stage == "assemble" }) {
		s.repeated++
		if p := report.Pages; p.Kept != p.Pages || p.Pages == 0 {
			s.Errorf("after %v a build without assembling made pages: %+v", s.log, p)
		}
	}
	report.Content.Extracted = 0
	return told{report.Content, b.String()}
}

// build builds twice: the second time there is nothing to do, and all must be
// as before.
func (s *edited) build() {
	s.Helper()
	public, cache := filepath.Join(s.dir, s.public), filepath.Join(s.dir, ".warraq")
	first := s.run(public, cache, s.r.IntN(8)+1)
	before := s.repeated
	if s.r.IntN(2) == 0 {
		second := s.run(public, cache, s.r.IntN(8)+1)
		s.same(first, second)
		if s.repeated == before {
			s.Errorf("after %v a second build did not see that nothing changed", s.log)
		}
	}
	s.last = first
}

// same compares what two builds told; foreign files are found by the first only.
func (s *edited) same(want, got told) {
	s.Helper()
	if want != got {
		s.Errorf("after %v builds tell different things:\n%+v\n%s\n%+v\n%s", s.log, want.content, want.problems, got.content, got.problems)
	}
}

func (s *edited) compare() {
	s.Helper()
	base := s.TempDir()
	clean := filepath.Join(base, "public")
	s.same(s.run(clean, filepath.Join(base, "cache"), 1), s.last)
	want, got := readTree(s.T, clean), readTree(s.T, filepath.Join(s.dir, s.public))
	names := slices.Sorted(maps.Keys(want))
	for _, name := range names {
		if _, ok := got[name]; !ok {
			s.Errorf("after %v: %s is missing", s.log, name)
		} else if !bytes.Equal(want[name], got[name]) {
			s.Errorf("after %v: %s differs: %s", s.log, name, difference(want[name], got[name]))
		}
		delete(got, name)
	}
	for _, name := range slices.Sorted(maps.Keys(got)) {
		s.Errorf("after %v: %s is stale", s.log, name)
	}
	if s.Failed() {
		s.FailNow()
	}
}

// difference shows where two texts part.
func difference(a, b []byte) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	cut := func(x []byte) string { return string(x[max(0, min(i, len(x))-60):min(len(x), i+60)]) }
	return fmt.Sprintf("clean has …%q, the other …%q", cut(a), cut(b))
}

func readTree(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	tree := map[string][]byte{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if name == dir && errors.Is(err, fs.ErrNotExist) {
			return nil // an edit removed it, or no build has made it
		}
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		tree[filepath.ToSlash(rel)] = data
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return tree
}
