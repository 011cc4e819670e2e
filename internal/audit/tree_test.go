package audit

import (
	"context"
	"fmt"
	"math/rand"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"warraq/internal/diag"
)

const head = `<!doctype html><html lang=ar dir=rtl><title>عنوان</title><h1>عنوان</h1>`

func folder(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func audited(t testing.TB, files map[string]string, base string) []string {
	t.Helper()
	r, err := Tree(context.Background(), folder(t, files), TreeOptions{BasePath: base})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, p := range r.Problems {
		out = append(out, fmt.Sprintf("%s %s", p.Position, p.Code))
	}
	return out
}

func TestASoundTreeHasNoProblems(t *testing.T) {
	got := audited(t, map[string]string{
		"index.html":            head + `<a href="/sub/articles/a/#top">خبر</a> <a href="articles/%D8%A7/">خبر</a><a href="mailto:x@example.org">بريد</a><a href="https://example.org/">خارج</a><img alt="" src="/sub/x.png"><link rel=canonical href="https://example.org/sub/">`,
		"articles/a/index.html": head + `<p id=top>نص بنسبة 100%!</p><a href="../../">رجوع</a><script type="application/ld+json">{}</script>`,
		"articles/ا/index.html": head,
		"search/index.html":     head + `<script src="s.js"></script>`,
		"search/s.js":           "",
		"x.png":                 "",
		"old/index.html":        `<!doctype html><html lang=ar dir=rtl><title>انتقل</title><meta http-equiv=refresh content="0; url=../"><a href="../">هنا</a>`,
	}, "/sub/")
	if len(got) != 0 {
		t.Errorf("problems: %q", got)
	}
}

func TestEveryFaultIsFoundWithItsPlace(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"dead link", "\n<p>ن<a href=\"/nowhere/\">x</a>", "index.html:2:5 dead-link"},
		{"empty link", `<a href="">x</a>`, "dead-link"},
		{"dead anchor", `<a href="#gone">x</a>`, "dead-anchor"},
		{"script address", `<a href="javascript:alert(1)">x</a>`, "link-scheme"},
		{"data address", `<a href="data:text/html,x">x</a>`, "link-scheme"},
		{"same id twice", `<p id=a><p id=a>`, "html-duplicate-id"},
		{"escaped twice", `&amp;quot;`, "html-escaped-twice"},
		{"broken character", "\uFFFD", "html-garbage"},
		{"template failure", `%!d(string=x)`, "html-garbage"},
		{"image without words", `<img src="/index.html">`, "html-alt"},
		{"foreign script", `<script src="https://cdn.example.com/x.js"></script>`, "third-party-request"},
		{"foreign font", `<link rel=preload as=font href="//fonts.example.com/x.woff2">`, "third-party-request"},
		{"foreign picture", `<img alt="" srcset="/index.html 1x, https://example.com/a.png 2x">`, "third-party-request"},
		{"own script", `<script>1</script>`, "budget-script"},
		{"two titles", `<h1>x</h1>`, "html-title"},
	} {
		got := strings.Join(audited(t, map[string]string{"index.html": head + c.body}, "/"), "\n")
		if !strings.Contains(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
	if got := audited(t, map[string]string{"index.html": `<!doctype html><html lang=ar><title>x</title><h1>x</h1>`}, "/"); !slices.Contains(got, "index.html:1:16 html-direction") {
		t.Errorf("no direction: %q", got)
	}
	if got := audited(t, map[string]string{"index.html": head + `<a href="/other/">x</a>`, "other/index.html": head}, "/sub/"); !strings.Contains(strings.Join(got, " "), "link-leaves-site") {
		t.Errorf("a link beside the base path: %q", got)
	}
}

// What a source's text may hold is for an editor to look at; what only a template
// can have written is an error.
func TestTextCannotMakeErrorsTemplatesCan(t *testing.T) {
	for _, c := range []struct {
		name, body string
		want       string // severities
	}{
		{"text about templates", "كتب الموقع: &lt;no value&gt; ثم 100%! ثم %!d(string=x) وسماها ZgotmplZ", "warning warning"},
		{"scraped entities", "قال: &amp;quot;نعم&amp;quot;", "warning"},
		{"damaged letters", "نص \uFFFD مكسور", "warning"},
		{"a value that is missing", "<no value>", "error"},
		{"a refused address", `<a href="#ZgotmplZ" id="ZgotmplZ">x</a><p id="#ZgotmplZ">`, "error error"},
		{"a refused style", `<p style="color:ZgotmplZ">`, "error"},
		{"a refused style sheet", `<style>p{color:ZgotmplZ}</style>`, "error"},
	} {
		r, err := Tree(context.Background(), folder(t, map[string]string{"index.html": head + c.body}), TreeOptions{})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, p := range r.Problems {
			if p.Code == diag.HTMLGarbage || p.Code == diag.HTMLEscaped {
				got = append(got, p.Severity.String())
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %q, want %q: %v", c.name, got, c.want, r.Problems)
		}
	}
}

// noise is text that compresses badly, as real words in other orders do.
func noise(bytes int) string {
	r := rand.New(rand.NewSource(1))
	var b strings.Builder
	for b.Len() < bytes {
		fmt.Fprintf(&b, "%x ", r.Int63())
	}
	return b.String()
}

func TestBudgets(t *testing.T) {
	heavy := audited(t, map[string]string{"articles/a/index.html": head + "<style>" + noise(60<<10) + "</style><p>نص قصير", "index.html": head}, "/")
	if !slices.Contains(heavy, "articles/a/index.html:1:1 budget-page") {
		t.Errorf("an article of 60 KB of style: %q", heavy)
	}
	list := audited(t, map[string]string{"timeline/index.html": head + noise(200<<10)}, "/")
	if !slices.Contains(list, "timeline/index.html:1:1 budget-page") {
		t.Errorf("a timeline of 200 KB: %q", list)
	}
	fonts := audited(t, map[string]string{"index.html": head + `<link rel=preload as=font href="/f.woff2">`, "f.woff2": noise(50 << 10)}, "/")
	if !slices.Contains(fonts, "index.html:1:1 budget-fonts") {
		t.Errorf("a font of 50 KB: %q", fonts)
	}
}

func TestExternalLinksAreAskedOnceAndRemembered(t *testing.T) {
	var requests atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		switch {
		case r.URL.Path == "/gone":
			w.WriteHeader(http.StatusGone)
		case r.URL.Path == "/nohead" && r.Method == http.MethodHead:
			w.WriteHeader(http.StatusMethodNotAllowed)
		}
	}))
	defer server.Close()
	closed := httptest.NewServer(nil)
	closed.Close()
	var links []ExternalLink
	for _, u := range []string{server.URL + "/good", server.URL + "/gone", server.URL + "/nohead", closed.URL + "/x"} {
		links = append(links, ExternalLink{u, diag.Position{Path: "index.html", Line: 1}})
	}
	o := ExternalOptions{Pause: time.Millisecond, CacheFile: filepath.Join(t.TempDir(), "links.json"), Now: time.Unix(1e9, 0)}
	check := func(wantRequests int64) {
		t.Helper()
		requests.Store(0)
		problems, err := External(context.Background(), links, o)
		if err != nil {
			t.Fatal(err)
		}
		if len(problems) != 2 {
			t.Errorf("%d problems: %v", len(problems), problems)
		}
		if got := requests.Load(); got != wantRequests {
			t.Errorf("%d requests, want %d", got, wantRequests)
		}
	}
	check(4) // good, gone, nohead twice
	check(1) // the good answers are remembered
	o.Now = o.Now.Add(8 * 24 * time.Hour)
	check(4)
}
