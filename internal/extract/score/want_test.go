package score

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/goccy/go-yaml"

	"warraq/internal/arabic"
)

// want is a *.want.yaml: what extraction must make of the clipping beside it.
type want struct {
	Group          string        `yaml:"group"`    // clippings of one group are assembled into one archive
	Encoding       string        `yaml:"encoding"` // bytes the clipping is given in; empty: as it is
	Problem        bool          `yaml:"problem"`  // a warning or an error must be reported on it
	OneEvent       string        `yaml:"one_event"`
	Articles       []wantArticle `yaml:"articles"`
	ForbiddenLines []int         `yaml:"forbidden_lines"` // lines that must not be published
	Forbidden      []string      `yaml:"forbidden"`       // texts that must not be published

	name  string   // without extension
	form  string   // extension of the clipping
	path  string   // of the clipping
	lines []string // of the clipping
}

// wantArticle is one article of a clipping. A list that is absent is not
// scored; an empty one says that nothing must be found.
type wantArticle struct {
	Title      string          `yaml:"title"`
	TitleLine  int             `yaml:"title_line"` // where the text must not be repeated here
	TitleAny   bool            `yaml:"title_any"`  // the clipping has none: any title from the lead
	Date       string          `yaml:"date"`       // "stated 2024-12-09", "inferred …", "unknown"; empty: not scored
	Source     *string         `yaml:"source"`
	SourceHas  string          `yaml:"source_has"`
	CopyOf     string          `yaml:"copy_of"`    // "clipping#ordinal"
	VersionOf  string          `yaml:"version_of"` // likewise
	WireWith   string          `yaml:"wire_with"`  // likewise
	Themes     *[]string       `yaml:"themes"`
	Tags       *[]string       `yaml:"tags"`     // a leading "?": allowed, not required
	Events     *[]string       `yaml:"events"`   // dates; likewise
	Entities   *[]string       `yaml:"entities"` // ids; likewise
	Absent     []string        `yaml:"absent"`   // ids of entities that must not be found
	Paragraphs []wantParagraph `yaml:"paragraphs"`
}

// wantParagraph is a line of the clipping, or a text where only a part of the
// line is the paragraph.
type wantParagraph struct {
	Line int    `yaml:"line"`
	Text string `yaml:"text"`
	From string `yaml:"from"` // the paragraph begins with these words of the line
	To   string `yaml:"to"`   // and ends before these

	Optional bool `yaml:"optional"` // an editor may keep it or drop it: a strapline, a summary
}

// forms are what clippings may be, by their extension.
var forms = []string{".txt", ".html", ".jsonl"}

// root finds the repository by walking up to go.mod.
func root(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("no go.mod above the test")
		}
		dir = up
	}
}

// loadWants reads every expectation of a folder; the clippings lie in texts.
func loadWants(t *testing.T, folder, texts string) []*want {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(folder, "*.want.yaml"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no expectations in %s (%v)", folder, err)
	}
	slices.Sort(names)
	var wants []*want
	for _, file := range names {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		w := &want{}
		if err := yaml.UnmarshalWithOptions(raw, w, yaml.Strict()); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		w.name = strings.TrimSuffix(filepath.Base(file), ".want.yaml")
		text := w.find(t, texts)
		w.lines = strings.Split(string(text), "\n")
		for i := range w.Articles {
			if err := w.Articles[i].complete(w.lines); err != nil {
				t.Fatalf("%s: %v", file, err)
			}
		}
		for _, n := range w.ForbiddenLines {
			w.Forbidden = append(w.Forbidden, w.lines[n-1])
		}
		wants = append(wants, w)
	}
	return wants
}

// find reads the clipping of an expectation, whichever form it has.
func (w *want) find(t *testing.T, folder string) []byte {
	t.Helper()
	for _, form := range forms {
		path := filepath.Join(folder, w.name+form)
		text, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		w.form, w.path = form, path
		return text
	}
	t.Fatalf("%s: no clipping beside the expectation", w.name)
	return nil
}

// complete fills in what the expectation takes from the clipping's lines.
func (a *wantArticle) complete(lines []string) error {
	if a.TitleLine > 0 {
		a.Title = lines[a.TitleLine-1]
	}
	for i := range a.Paragraphs {
		p := &a.Paragraphs[i]
		if p.Text != "" {
			continue
		}
		if p.Line < 1 || p.Line > len(lines) {
			return fmt.Errorf("no line %d", p.Line)
		}
		p.Text = lines[p.Line-1]
		if p.From != "" {
			_, after, ok := strings.Cut(p.Text, p.From)
			if !ok {
				return fmt.Errorf("line %d: no %q", p.Line, p.From)
			}
			p.Text = p.From + after
		}
		if p.To != "" {
			before, _, ok := strings.Cut(p.Text, p.To)
			if !ok {
				return fmt.Errorf("line %d: no %q", p.Line, p.To)
			}
			p.Text = before
		}
	}
	return nil
}

// letters is what texts are compared by: folded letters and digits. Marks,
// punctuation and spaces that cleaning may touch do not count.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, arabic.Fold(s))
}
