package publish

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	"warraq/internal/config"
)

// tree writes a small built site.
func tree(t testing.TB, files map[string]string) string {
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

func site() map[string]string {
	return map[string]string{
		"index.html":              "الرئيسية",
		"404.html":                "لا صفحة هنا",
		"articles/a/index.html":   strings.Repeat("خبر أول. ", 300),
		"articles/b/index.html":   "خبر ثان",
		"themes/x/index.html":     "محور",
		"assets/style.abc123.css": "body{}",
		"fonts/text.woff2":        "خط",
		"search/i/s1.bin":         "شظية",
		"sitemap.xml":             "<urlset/>",
	}
}

func published(t testing.TB, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(p)
		rel, _ := filepath.Rel(dir, p)
		if name := filepath.ToSlash(rel); name != manifestName {
			out[name] = string(raw)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func deployTo(t testing.TB, source, target string, change func(*Options)) (Report, error) {
	t.Helper()
	o := Options{Tree: source, Target: config.DeployTarget{Name: "test", URL: target}, Workers: 4, MaxDeletes: -1}
	if change != nil {
		change(&o)
	}
	return Run(context.Background(), o)
}

func TestFolderGetsTheTreeOnceAndThenChangesOnly(t *testing.T) {
	files := site()
	source, target := tree(t, files), t.TempDir()
	r, err := deployTo(t, source, target, nil)
	if err != nil {
		t.Fatal(err)
	}
	if r.Uploaded != len(files) || r.Unchanged != 0 {
		t.Errorf("first: %d uploaded, %d unchanged", r.Uploaded, r.Unchanged)
	}
	if got := published(t, target); len(got) != len(files) || got["index.html"] != files["index.html"] {
		t.Errorf("published: %v", got)
	}
	r, err = deployTo(t, source, target, nil)
	if err != nil || r.Uploaded != 0 || r.Removed != 0 || r.Requests != 0 {
		t.Errorf("unchanged: %+v, %v", r, err)
	}
	// Same size, other bytes.
	if err := os.WriteFile(filepath.Join(source, "articles/b/index.html"), []byte("خبر نان"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(source, "themes/x/index.html")); err != nil {
		t.Fatal(err)
	}
	r, err = deployTo(t, source, target, nil)
	if err != nil || r.Uploaded != 1 || r.Removed != 1 {
		t.Errorf("one change, one removal: %d, %d, %v", r.Uploaded, r.Removed, err)
	}
	if _, ok := published(t, target)["themes/x/index.html"]; ok {
		t.Error("a page that is gone is still published")
	}
}

func TestForeignFilesStay(t *testing.T) {
	source, target := tree(t, site()), t.TempDir()
	foreign := filepath.Join(target, "google-verification.html")
	if err := os.WriteFile(foreign, []byte("not ours"), 0o644); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		r, err := deployTo(t, source, target, nil)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(r.Foreign, []string{"google-verification.html"}) {
			t.Errorf("foreign: %q", r.Foreign)
		}
	}
	if _, err := os.Stat(foreign); err != nil {
		t.Error("a file that is not ours was removed")
	}
}

func TestDryRunConfirmAndMaxDeletesChangeNothing(t *testing.T) {
	source, target := tree(t, site()), t.TempDir()
	r, err := deployTo(t, source, target, func(o *Options) { o.DryRun = true })
	if err != nil || r.Uploads() != 9 || len(published(t, target)) != 0 {
		t.Errorf("dry run: %d planned, %v", r.Uploads(), err)
	}
	r, err = deployTo(t, source, target, func(o *Options) { o.Confirm = func(Plan) bool { return false } })
	if err != nil || !r.Cancelled || len(published(t, target)) != 0 {
		t.Errorf("refused: %+v, %v", r, err)
	}
	if _, err = deployTo(t, source, target, nil); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"articles/a/index.html", "articles/b/index.html"} {
		if err := os.Remove(filepath.Join(source, name)); err != nil {
			t.Fatal(err)
		}
	}
	_, err = deployTo(t, source, target, func(o *Options) { o.MaxDeletes = 1 })
	if !errors.Is(err, ErrTooManyDeletes) || len(published(t, target)) != 9 {
		t.Errorf("two removals with one allowed: %v", err)
	}
}

func TestATreeThatWasNotBuiltIsRefused(t *testing.T) {
	if _, err := deployTo(t, t.TempDir(), t.TempDir(), nil); err == nil || !strings.Contains(err.Error(), "not a built site") {
		t.Errorf("an empty folder: %v", err)
	}
}

func TestPrecompressedVariantsFollowTheirFile(t *testing.T) {
	files := site()
	source, target := tree(t, files), t.TempDir()
	pre := func(o *Options) { o.Precompress = true }
	if _, err := deployTo(t, source, target, pre); err != nil {
		t.Fatal(err)
	}
	check := func(want string) {
		t.Helper()
		got := published(t, target)
		br, err := io.ReadAll(brotli.NewReader(strings.NewReader(got["articles/a/index.html.br"])))
		if err != nil || string(br) != want {
			t.Errorf("br variant: %v", err)
		}
		zr, err := gzip.NewReader(strings.NewReader(got["articles/a/index.html.gz"]))
		if err != nil {
			t.Fatal(err)
		}
		gz, err := io.ReadAll(zr)
		if err != nil || string(gz) != want {
			t.Errorf("gz variant: %v", err)
		}
		if _, ok := got["articles/b/index.html.br"]; ok {
			t.Error("a file smaller than a packet got a variant")
		}
	}
	check(files["articles/a/index.html"])
	if r, err := deployTo(t, source, target, pre); err != nil || r.Uploaded != 0 {
		t.Errorf("unchanged: %d uploaded, %v", r.Uploaded, err)
	}
	changed := strings.Repeat("خبر معدل. ", 300)
	if err := os.WriteFile(filepath.Join(source, "articles/a/index.html"), []byte(changed), 0o644); err != nil {
		t.Fatal(err)
	}
	if r, err := deployTo(t, source, target, pre); err != nil || r.Uploaded != 3 {
		t.Errorf("one file and two variants: %d uploaded, %v", r.Uploaded, err)
	}
	check(changed)
	if err := os.Remove(filepath.Join(source, "articles/a/index.html")); err != nil {
		t.Fatal(err)
	}
	if r, err := deployTo(t, source, target, pre); err != nil || r.Removed != 3 {
		t.Errorf("removed %d, %v", r.Removed, err)
	}
}

// A bucket that is cut off in any phase leaves what is needed for the next run.
func TestPhasesAreInAnOrderThatLeavesNoDeadLink(t *testing.T) {
	for _, c := range []struct {
		name   string
		exists bool
		want   Phase
	}{
		{"assets/style.css", false, NewAssets},
		{"search/i/ab.bin", false, NewAssets},
		{"articles/a/index.html", false, NewPages},
		{"tags/new/index.html", false, NewPages}, // a changed article links to it
		{"articles/a/index.html", true, Changed},
		{"themes/x/index.html", true, Lists},
		{"articles/index.html", true, Lists},
		{"index.html", false, Entries},
		{"index.html", true, Entries},
		{"sitemap-2024.xml", false, Entries},
		{"search/index.html", true, Entries},
	} {
		if got := phaseOf(c.name, c.exists); got != c.want {
			t.Errorf("%s (exists %v): %v, want %v", c.name, c.exists, got, c.want)
		}
	}
}

func TestMatchersDecideHeadersAndGzip(t *testing.T) {
	source := tree(t, site())
	files, err := readTree(Options{Tree: source, Matchers: []config.DeployMatcher{
		{Pattern: `^.+\.(css|js)$`, CacheControl: "max-age=60", Gzip: true},
		{Pattern: `^articles/`, CacheControl: "no-store"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	css := files["assets/style.abc123.css"]
	if css.headers.cacheControl != "max-age=60" || css.headers.contentEncoding != "gzip" {
		t.Errorf("css: %+v", css.headers)
	}
	raw, err := css.content()
	if err != nil {
		t.Fatal(err)
	}
	again, _ := css.content()
	if !bytes.Equal(raw, again) {
		t.Error("compressing twice gives other bytes: every deployment would upload it")
	}
	if got := files["articles/a/index.html"].headers; got.cacheControl != "no-store" || got.contentType != "text/html; charset=utf-8" {
		t.Errorf("article: %+v", got)
	}
	if got := files["search/i/s1.bin"].headers.cacheControl; got != immutable {
		t.Errorf("a content-addressed shard: %q", got)
	}
	if got := files["index.html"].headers.cacheControl; got != short {
		t.Errorf("home: %q", got)
	}
}
