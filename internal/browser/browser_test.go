package browser

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
	"sync"
	"testing"
)

const repository = "../.."

// chromium finds the browser or skips the test, telling how to get it.
func chromium(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("page checks are left out of -short runs")
	}
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("no Node.js: install Node.js 20 or later, then run `make tools`")
	}
	if _, err := os.Stat("node_modules/playwright-core"); err != nil {
		t.Skip("the npm parts are missing: run `make tools`")
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("no Chromium: install your distribution's chromium package, then run `make tools`")
	return ""
}

// example builds the program and the example archive once for all tests.
var example = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "warraq-browser-")
	if err != nil {
		return "", err
	}
	program := filepath.Join(dir, "warraq")
	if out, err := exec.Command("go", "build", "-o", program, "warraq/cmd/warraq").CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	site := filepath.Join(dir, "site")
	cmd := exec.Command(program, "build", "--source", repository, "--destination", site, "--cache-dir", filepath.Join(dir, "cache"))
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	return site, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if site, err := example(); err == nil {
		os.RemoveAll(filepath.Dir(site))
	}
	os.Exit(code)
}

func exampleSite(t *testing.T) string {
	t.Helper()
	site, err := example()
	if err != nil {
		t.Fatal(err)
	}
	return site
}

// serve gives the site as a static host does: folders by index.html, 404.html
// for what is missing.
func serve(t *testing.T, site string) string {
	t.Helper()
	files := http.FileServer(http.Dir(site))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path := filepath.Join(site, filepath.FromSlash(r.URL.Path))
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			path = filepath.Join(path, "index.html")
		}
		if _, err := os.Stat(path); err != nil {
			body, _ := os.ReadFile(filepath.Join(site, "404.html"))
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.WriteHeader(http.StatusNotFound)
			w.Write(body)
			return
		}
		files.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

type page struct {
	Name   string `json:"name"`
	Path   string `json:"path"`
	Status int    `json:"status,omitempty"`
}

// pageTypes picks one page of every kind that the site has.
func pageTypes(t *testing.T, site string) []page {
	t.Helper()
	pages := []page{{"home", "/", 0}, {"missing", "/no-such-page/", 404}}
	for _, p := range []struct{ name, glob string }{
		{"articles", "articles/index.html"},
		{"article", "articles/*/index.html"},
		{"themes", "themes/index.html"},
		{"theme", "themes/*/index.html"},
		{"tags", "tags/index.html"},
		{"tag", "tags/*/index.html"},
		{"sources", "sources/index.html"},
		{"source", "sources/*/index.html"},
		{"timeline", "timeline/index.html"},
		{"search", "search/index.html"},
		{"about", "about/index.html"},
	} {
		found, err := filepath.Glob(filepath.Join(site, filepath.FromSlash(p.glob)))
		if err != nil {
			t.Fatal(err)
		}
		// The largest page of a kind shows most of what the kind can show.
		sort.Slice(found, func(i, j int) bool {
			a, _ := os.Stat(found[i])
			b, _ := os.Stat(found[j])
			if a.Size() != b.Size() {
				return a.Size() > b.Size()
			}
			return found[i] < found[j]
		})
		if len(found) == 0 {
			t.Errorf("the example archive has no %s page (%s)", p.name, p.glob)
			continue
		}
		rel, _ := filepath.Rel(site, found[0])
		path := "/" + strings.TrimSuffix(filepath.ToSlash(rel), "index.html")
		pages = append(pages, page{p.name, path, 0})
	}
	return pages
}

type finding struct {
	Page, Mode, Check      string
	Width                  int
	Status, Expected       int
	Lang, Dir, Direction   string
	Title                  string
	H1                     int
	Shift                  float64
	Overflow               int
	Errors, Foreign        []string
	Violations             []string
	Passes, Letters, Links int
	Stops                  int
	First, Target          string
	Faults                 []string
	Markers, Scripts       int
	Bytes                  int
}

func walk(t *testing.T, browser, base string, pages []page, only ...string) []finding {
	t.Helper()
	shots, err := filepath.Abs(filepath.Join(repository, ".screenshots"))
	if err != nil {
		t.Fatal(err)
	}
	job, err := json.Marshal(map[string]any{
		"base": base, "chromium": browser, "shots": shots, "pages": pages, "only": only,
	})
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", "walk.mjs")
	cmd.Stdin = bytes.NewReader(job)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("node walk.mjs: %v\n%s", err, stderr.String())
	}
	var findings []finding
	if err := json.Unmarshal(out, &findings); err != nil {
		t.Fatal(err)
	}
	if len(findings) == 0 {
		t.Fatal("the browser reported nothing")
	}
	return findings
}

func TestPagesOpenCleanly(t *testing.T) {
	browser := chromium(t)
	site := exampleSite(t)
	for _, f := range walk(t, browser, serve(t, site), pageTypes(t, site), "load") {
		at := fmt.Sprintf("%s (%s, %d px)", f.Page, f.Mode, f.Width)
		if f.Status != f.Expected {
			t.Errorf("%s: status %d, want %d", at, f.Status, f.Expected)
		}
		if f.Lang != "ar" || f.Dir != "rtl" || f.Direction != "rtl" {
			t.Errorf("%s: lang=%q dir=%q computed direction %q", at, f.Lang, f.Dir, f.Direction)
		}
		if f.Title == "" || f.H1 != 1 {
			t.Errorf("%s: title %q, %d h1 elements", at, f.Title, f.H1)
		}
		if f.Shift != 0 {
			t.Errorf("%s: layout shift %v", at, f.Shift)
		}
		if f.Overflow > 0 {
			t.Errorf("%s: the page scrolls sideways by %d px", at, f.Overflow)
		}
		for _, e := range f.Errors {
			t.Errorf("%s: console: %s", at, e)
		}
		for _, u := range f.Foreign {
			t.Errorf("%s: request to a third party: %s", at, u)
		}
	}
}

func TestPagesAreAccessible(t *testing.T) {
	browser := chromium(t)
	site := exampleSite(t)
	for _, f := range walk(t, browser, serve(t, site), pageTypes(t, site), "axe") {
		if f.Passes < 5 {
			t.Errorf("%s (%s): only %d rules were checked", f.Page, f.Mode, f.Passes)
		}
		for _, v := range f.Violations {
			t.Errorf("%s (%s): %s", f.Page, f.Mode, v)
		}
	}
}

func TestPagesReadWithoutScripts(t *testing.T) {
	browser := chromium(t)
	site := exampleSite(t)
	for _, f := range walk(t, browser, serve(t, site), pageTypes(t, site), "nojs") {
		if f.Letters < 40 || f.Links < 3 {
			t.Errorf("%s: %d letters and %d links without JavaScript", f.Page, f.Letters, f.Links)
		}
	}
}

func TestKeyboardWalk(t *testing.T) {
	browser := chromium(t)
	site := exampleSite(t)
	for _, f := range walk(t, browser, serve(t, site), pageTypes(t, site), "keyboard") {
		if f.Stops < 5 {
			t.Errorf("%s: only %d stops for the Tab key", f.Page, f.Stops)
		}
		if f.Target == "" {
			t.Errorf("%s: the first stop (%q) is no skip link", f.Page, f.First)
		}
		for _, fault := range f.Faults {
			t.Errorf("%s: %s", f.Page, fault)
		}
	}
}

// The filters of a timeline are radio buttons and style rules: no script hides
// what was not asked for.
func TestTimelineFilters(t *testing.T) {
	browser := chromium(t)
	site := exampleSite(t)
	pages := []page{{"timeline", "/timeline/", 0}, {"year", "/timeline/2025/", 0}}
	for _, f := range walk(t, browser, serve(t, site), pages, "filters") {
		if f.Stops < 7 {
			t.Errorf("%s: only %d choices", f.Page, f.Stops)
		}
		for _, fault := range f.Faults {
			t.Errorf("%s: %s", f.Page, fault)
		}
	}
}

// TestHTMLIsValid runs the Nu HTML checker over the whole built tree.
func TestHTMLIsValid(t *testing.T) {
	if testing.Short() {
		t.Skip("page checks are left out of -short runs")
	}
	jar := "node_modules/vnu-jar/build/dist/vnu.jar"
	if _, err := os.Stat(jar); err != nil {
		t.Skip("the npm parts are missing: run `make tools`")
	}
	if _, err := exec.LookPath("java"); err != nil {
		t.Skip("no Java: install a Java 11 or later runtime")
	}
	site := exampleSite(t)
	out, err := exec.Command("java", "-Xss2m", "-jar", jar, "--Werror", "--skip-non-html", site).CombinedOutput()
	if err != nil {
		lines := strings.Split(strings.TrimSpace(string(out)), "\n")
		t.Errorf("the Nu checker: %v, %d messages, the first:\n%s", err, len(lines), strings.Join(lines[:min(20, len(lines))], "\n"))
	}
}
