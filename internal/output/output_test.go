package output

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"warraq/internal/diag"
)

// site is a destination under test.
type site struct {
	*testing.T
	dir, state string
}

func newSite(t *testing.T) site {
	base := t.TempDir()
	return site{t, filepath.Join(base, "public"), filepath.Join(base, "state")}
}

// page makes a page whose key is its text's.
func page(path, text string) Page {
	sum := sha256.Sum256([]byte(text))
	p := Page{Path: path, Stage: List, Origin: path + ".md", Write: func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	}}
	copy(p.Key[:], sum[:])
	return p
}

func pagesOf(tree map[string]string) []Page {
	var pages []Page
	for path, text := range tree {
		pages = append(pages, page(path, text))
	}
	Sort(pages)
	return pages
}

func (s site) apply(tree map[string]string, o Options) (Result, []diag.Problem) {
	s.Helper()
	r, problems, err := s.try(pagesOf(tree), o)
	if err != nil {
		s.Fatal(err)
	}
	return r, problems
}

func (s site) try(pages []Page, o Options) (Result, []diag.Problem, error) {
	s.Helper()
	t, err := Open(s.dir, s.state)
	if err != nil {
		return Result{}, nil, err
	}
	defer t.Close()
	o.Jobs = 4
	return t.Apply(context.Background(), pages, o)
}

func (s site) write(path, text string) {
	s.Helper()
	name := filepath.Join(s.dir, path)
	if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(text), 0o644)); err != nil {
		s.Fatal(err)
	}
}

// holds compares the whole destination, in which no folder may be empty.
func (s site) holds(want map[string]string) {
	s.Helper()
	got, empty := s.tree()
	for _, dir := range empty {
		s.Errorf("an empty folder is left: %s", dir)
	}
	if !maps.Equal(got, want) {
		s.Errorf("the destination holds %v, want %v", got, want)
	}
}

// tree reads the whole destination: its files, and the folders without any.
func (s site) tree() (files map[string]string, empty []string) {
	s.Helper()
	files = map[string]string{}
	err := filepath.WalkDir(s.dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(s.dir, name)
		if err != nil {
			return err
		}
		if d.IsDir() {
			inside, err := os.ReadDir(name)
			if len(inside) == 0 && rel != "." {
				empty = append(empty, rel)
			}
			return err
		}
		data, err := os.ReadFile(name)
		files[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		s.Fatal(err)
	}
	return files, empty
}

func TestOnlyWhatChangedIsWritten(t *testing.T) {
	s := newSite(t)
	first := map[string]string{"index.html": "الرئيسية", "articles/أ/index.html": "أ", "articles/ب/index.html": "ب", "style.css": "a{}"}
	if r, _ := s.apply(first, Options{}); r.New != 4 || r.Kept != 0 {
		t.Errorf("first build: %+v", r)
	}
	s.holds(first)
	if r, _ := s.apply(first, Options{}); r.Kept != 4 {
		t.Errorf("unchanged rebuild: %+v", r)
	}
	second := map[string]string{"index.html": "الرئيسية ٢", "articles/أ/index.html": "أ", "articles/ج/x/index.html": "ج", "style.css": "a{}"}
	if r, _ := s.apply(second, Options{}); r.New != 1 || r.Changed != 1 || r.Kept != 2 || r.Removed != 1 {
		t.Errorf("second build: %+v", r)
	}
	s.holds(second)
	if r, _ := s.apply(second, Options{Force: true}); r.Same != 4 {
		t.Errorf("forced rebuild: %+v", r)
	}
}

func TestATouchedFileIsMadeAgain(t *testing.T) {
	s := newSite(t)
	tree := map[string]string{"index.html": "نص", "a.txt": "ثان"}
	s.apply(tree, Options{})
	s.write("index.html", "عبث")
	if err := os.Remove(filepath.Join(s.dir, "a.txt")); err != nil {
		t.Fatal(err)
	}
	if r, _ := s.apply(tree, Options{}); r.Changed != 1 || r.New != 1 {
		t.Errorf("%+v", r)
	}
	s.holds(tree)
}

func TestForeignFilesStayUnlessClean(t *testing.T) {
	s := newSite(t)
	s.write("old/notes.txt", "لنا")
	s.write("index.html", "نص")
	tree := map[string]string{"index.html": "نص"}
	r, problems := s.apply(tree, Options{})
	if r.Same != 1 || r.Foreign != 1 || len(problems) != 1 || problems[0].Code != diag.OutputForeign {
		t.Errorf("%+v %v", r, problems)
	}
	s.holds(map[string]string{"index.html": "نص", "old/notes.txt": "لنا"})
	s.apply(tree, Options{Clean: true})
	s.holds(tree)
}

func TestFileAndFolderChangePlaces(t *testing.T) {
	s := newSite(t)
	s.apply(map[string]string{"a": "ملف", "b/c/index.html": "صفحة", "k": "1"}, Options{})
	next := map[string]string{"a/index.html": "صفحة", "b": "ملف", "k": "1"}
	s.apply(next, Options{})
	s.holds(next)
}

func TestAFailingPageLeavesTheTreeUntouched(t *testing.T) {
	s := newSite(t)
	before := map[string]string{"index.html": "قبل", "a/index.html": "أ"}
	s.apply(before, Options{})
	pages := pagesOf(map[string]string{"index.html": "بعد", "b/index.html": "ب"})
	for _, name := range []string{"x", "y"} {
		bad := page(name+"/index.html", name)
		bad.Write = func(io.Writer) error {
			return diag.Problem{Code: "c", Severity: diag.Error, Message: "body of " + name + " vanished"}
		}
		pages = append(pages, bad)
	}
	Sort(pages)
	if _, problems, err := s.try(pages, Options{}); err != nil || len(problems) != 2 {
		t.Errorf("problems %v, error %v; want both pages' problems", problems, err)
	}
	s.holds(before)
	if r, _ := s.apply(before, Options{}); r.Kept != 2 {
		t.Errorf("the manifest is no longer right: %+v", r)
	}
}

func TestADamagedManifestIsDiscarded(t *testing.T) {
	s := newSite(t)
	tree := map[string]string{"index.html": "نص", "b": "ب"}
	s.apply(tree, Options{})
	names, err := filepath.Glob(filepath.Join(s.state, "*.manifest"))
	if err != nil || len(names) != 1 {
		t.Fatal(names, err)
	}
	whole, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	for cut := range whole {
		damaged := slices.Clone(whole)
		damaged[cut] ^= 0x40
		for _, data := range [][]byte{whole[:cut], damaged} {
			if err := os.WriteFile(names[0], data, 0o644); err != nil {
				t.Fatal(err)
			}
			if r, problems := s.apply(tree, Options{}); r.Same != 2 || len(problems) != 1 || problems[0].Code != diag.OutputState {
				t.Fatalf("cut at %d: %+v %v", cut, r, problems)
			}
		}
	}
	s.holds(tree)
}

// A build killed while it publishes leaves the next manifest behind and some
// of its renames done.
func TestAKilledPublishIsRepaired(t *testing.T) {
	s := newSite(t)
	before := map[string]string{"index.html": "قبل", "a/index.html": "أ", "gone/index.html": "ذاهب"}
	s.apply(before, Options{})
	record := filepath.Join(s.state, "*.manifest")
	names, err := filepath.Glob(record)
	if err != nil || len(names) != 1 {
		t.Fatal(names, err)
	}
	last, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	s.apply(map[string]string{"index.html": "بعد", "a/index.html": "أ", "new/index.html": "جديد"}, Options{})
	// Undo the commit, as if the kill had come before it.
	if err := errors.Join(os.Rename(names[0], names[0]+".next"), os.WriteFile(names[0], last, 0o644)); err != nil {
		t.Fatal(err)
	}
	s.write("gone/index.html", "ذاهب")
	// The article that was new has been deleted meanwhile: it is ours and goes.
	after := map[string]string{"index.html": "بعد", "a/index.html": "أ"}
	if r, problems := s.apply(after, Options{}); r.Kept != 2 || r.Removed != 2 || len(problems) != 0 {
		t.Errorf("%+v %v", r, problems)
	}
	s.holds(after)
	if r, _ := s.apply(after, Options{}); r.Kept != 2 {
		t.Errorf("after the repair: %+v", r)
	}
}

func TestTheSecondBuildIsRefused(t *testing.T) {
	s := newSite(t)
	s.apply(map[string]string{"a": "1"}, Options{})
	first, err := Open(s.dir, s.state)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Open(s.dir, s.state)
	var p diag.Problem
	if !errors.As(err, &p) || p.Code != diag.OutputLocked {
		t.Errorf("got %v", err)
	}
	first.Close()
	s.apply(map[string]string{"a": "2"}, Options{})
}

func TestAReadOnlyDestinationIsAClearError(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write everywhere")
	}
	s := newSite(t)
	before := map[string]string{"index.html": "قبل"}
	s.apply(before, Options{})
	if err := os.Chmod(s.dir, 0o555); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(s.dir, 0o755)
	_, _, err := s.try(pagesOf(map[string]string{"b": "ب"}), Options{})
	var p diag.Problem
	if !errors.As(err, &p) || p.Code != diag.Unwritable || p.Remedy == "" {
		t.Errorf("got %v", err)
	}
	s.holds(before)
}

func TestCollisionsNameBothOrigins(t *testing.T) {
	for _, tt := range []struct {
		name  string
		paths []string
		code  diag.Code
	}{
		{"twice", []string{"a/index.html", "b", "a/index.html"}, diag.PageCollision},
		{"file and folder", []string{"a", "a-b", "a/index.html"}, diag.PageCollision},
		{"leaves the destination", []string{"../a"}, diag.PagePath},
		{"absolute", []string{"/a"}, diag.PagePath},
		{"a dot segment", []string{"a/./b"}, diag.PagePath},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var pages []Page
			for i, path := range tt.paths {
				p := page(path, "x")
				p.Origin = fmt.Sprintf("origin%d.md", i)
				pages = append(pages, p)
			}
			problems := Sort(pages)
			if len(problems) != 1 || problems[0].Code != tt.code || problems[0].Severity != diag.Error {
				t.Fatalf("got %v", problems)
			}
			if tt.code == diag.PageCollision && strings.Count(problems[0].Message, "origin") != 2 {
				t.Errorf("%q does not name both", problems[0].Message)
			}
		})
	}
}

// Whatever the sequence of trees, the destination ends as the last one.
func FuzzSequences(f *testing.F) {
	f.Add([]byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 200, 100, 50})
	paths := []string{"a/index.html", "a", "b", "b/c/index.html", "index.html", "b/d"}
	f.Fuzz(func(t *testing.T, moves []byte) {
		s := newSite(t)
		var tree map[string]string
		for step := range slices.Chunk(moves[:min(len(moves), 40)], 4) {
			tree = map[string]string{"k": "k"}
			for k, b := range step {
				tree[paths[(int(b)+k)%len(paths)]] = fmt.Sprint(b >> 4)
			}
			if len(Sort(pagesOf(tree))) > 0 {
				tree = map[string]string{"k": "k"}
			}
			s.apply(tree, Options{})
			s.holds(tree)
		}
	})
}
