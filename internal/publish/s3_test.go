//go:build withdeploy

package publish

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
)

// host is an S3 server in this process behind a proxy that records what was
// sent (the server itself forgets Cache-Control) and can fail on request.
type host struct {
	url string
	mu  sync.Mutex
	// puts are the objects written, in order of arrival; header by object.
	puts   []string
	header map[string]http.Header
	// failAfter: writes beyond this number get 403, while it is positive.
	failAfter atomic.Int64
	writes    atomic.Int64
	lists     atomic.Int64
}

func s3(t *testing.T) *host {
	t.Helper()
	t.Setenv("AWS_ACCESS_KEY_ID", "test")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "test")
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	backend := s3mem.New()
	if err := backend.CreateBucket("site"); err != nil {
		t.Fatal(err)
	}
	fake := gofakes3.New(backend).Server()
	h := &host{header: map[string]http.Header{}}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		object := strings.TrimPrefix(r.URL.Path, "/site/")
		switch r.Method {
		case http.MethodPut, http.MethodDelete:
			n := h.writes.Add(1)
			if limit := h.failAfter.Load(); limit > 0 && n > limit {
				w.Header().Set("Content-Type", "application/xml")
				w.WriteHeader(http.StatusForbidden)
				io.WriteString(w, `<Error><Code>AccessDenied</Code><Message>no</Message></Error>`)
				return
			}
			if r.Method == http.MethodPut {
				h.mu.Lock()
				h.puts = append(h.puts, object)
				h.header[object] = r.Header.Clone()
				h.mu.Unlock()
			}
		case http.MethodGet:
			if strings.Contains(r.URL.RawQuery, "list-type") {
				h.lists.Add(1)
			}
		}
		fake.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	h.url = "s3://site?region=us-east-1&use_path_style=true&disable_https=true&response_checksum_validation=when_required&request_checksum_calculation=when_required&endpoint=" + server.URL
	return h
}

func (h *host) reset() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.puts = nil
	h.writes.Store(0)
	h.failAfter.Store(0)
}

func TestS3HeadersAndChangesOnly(t *testing.T) {
	h := s3(t)
	source := tree(t, site())
	r, err := deployTo(t, source, h.url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if r.Uploaded != 9 {
		t.Errorf("uploaded %d", r.Uploaded)
	}
	for name, want := range map[string][2]string{
		"index.html":       {short, "text/html; charset=utf-8"},
		"fonts/text.woff2": {immutable, "font/woff2"},
		"search/i/s1.bin":  {immutable, "application/octet-stream"},
		"sitemap.xml":      {short, "application/xml; charset=utf-8"},
	} {
		got := h.header[name]
		if got.Get("Cache-Control") != want[0] || got.Get("Content-Type") != want[1] {
			t.Errorf("%s: Cache-Control %q, Content-Type %q", name, got.Get("Cache-Control"), got.Get("Content-Type"))
		}
	}
	// New pages travel before the home page that links to them.
	if at := slices.Index(h.puts, "index.html"); at < slices.Index(h.puts, "articles/a/index.html") {
		t.Errorf("order: %q", h.puts)
	}
	h.reset()
	if r, err = deployTo(t, source, h.url, nil); err != nil || r.Uploaded != 0 || len(h.puts) != 0 {
		t.Errorf("unchanged: %d uploaded, %q, %v", r.Uploaded, h.puts, err)
	}
	if err := os.WriteFile(filepath.Join(source, "articles/b/index.html"), []byte("خبر نان"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err = deployTo(t, source, h.url, nil); err != nil || !slices.Equal(h.puts, []string{"articles/b/index.html"}) {
		t.Errorf("one change: %q, %v", h.puts, err)
	}
	if err := os.Remove(filepath.Join(source, "themes/x/index.html")); err != nil {
		t.Fatal(err)
	}
	if r, err = deployTo(t, source, h.url, nil); err != nil || r.Removed != 1 {
		t.Errorf("removal: %d, %v", r.Removed, err)
	}
}

// Cut off after each possible number of writes, the published site never has a
// home page that links to an article that is not there, and the next run
// completes it.
func TestS3InterruptedAnywhereIsWholeAndCompletes(t *testing.T) {
	total := 0
	for cut := 1; total == 0 || cut < total; cut++ {
		h := s3(t)
		source := tree(t, map[string]string{"index.html": "old", "articles/a/index.html": "a", "themes/x/index.html": "x"})
		if _, err := deployTo(t, source, h.url, nil); err != nil {
			t.Fatal(err)
		}
		// One article more, one less; home and theme change.
		os.RemoveAll(filepath.Join(source, "articles/a"))
		os.MkdirAll(filepath.Join(source, "articles/b"), 0o755)
		for name, text := range map[string]string{"index.html": "new b", "articles/b/index.html": "b", "themes/x/index.html": "x b"} {
			if err := os.WriteFile(filepath.Join(source, name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		h.reset()
		h.failAfter.Store(int64(cut))
		_, err := deployTo(t, source, h.url, func(o *Options) { o.Workers = 1 })
		if err == nil {
			total = cut
			break
		}
		at := func(name string) int { return slices.Index(h.puts, name) }
		for _, linking := range []string{"index.html", "themes/x/index.html"} {
			if at(linking) >= 0 && at("articles/b/index.html") < 0 {
				t.Errorf("cut after %d: %s is new, the article it links to is not there", cut, linking)
			}
		}
		if !strings.Contains(Explain(err), "credentials") {
			t.Errorf("a refused write is explained as %q", Explain(err))
		}
		h.failAfter.Store(0)
		if _, err := deployTo(t, source, h.url, nil); err != nil {
			t.Fatal(err)
		}
		r, err := deployTo(t, source, h.url, func(o *Options) { o.DryRun = true })
		if err != nil || !r.Empty() || len(r.Foreign) != 0 {
			t.Errorf("cut after %d, then completed: %+v, %v", cut, r, err)
		}
		if cut > 20 {
			t.Fatal("the deployment never completes")
		}
	}
	if total < 4 {
		t.Errorf("only %d writes were cut", total)
	}
}

// Cut off between a page and its compressed variants, the next run leaves no
// variant of an older page behind.
func TestS3NoVariantStaysBehindItsPage(t *testing.T) {
	old, next := strings.Repeat("خبر قديم. ", 300), strings.Repeat("خبر جديد. ", 300)
	for cut := int64(1); ; cut++ {
		h := s3(t)
		source := tree(t, map[string]string{"index.html": old})
		packed := func(o *Options) { o.Workers, o.Precompress = 1, true }
		if _, err := deployTo(t, source, h.url, packed); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(source, "index.html"), []byte(next), 0o644); err != nil {
			t.Fatal(err)
		}
		h.reset()
		h.failAfter.Store(cut)
		_, err := deployTo(t, source, h.url, packed)
		if err == nil {
			if cut < 3 {
				t.Errorf("only %d writes were cut", cut)
			}
			return
		}
		done := slices.Clone(h.puts)
		h.reset()
		if _, err := deployTo(t, source, h.url, packed); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"index.html", "index.html.br", "index.html.gz"} {
			if at := slices.Index(done, name); at < 0 && !slices.Contains(h.puts, name) {
				t.Errorf("cut after %d: %s stays old; first %q, then %q", cut, name, done, h.puts)
			}
		}
	}
}

func TestS3WrongBucketIsExplained(t *testing.T) {
	h := s3(t)
	_, err := deployTo(t, tree(t, site()), strings.Replace(h.url, "s3://site", "s3://nobody", 1), nil)
	if err == nil || !strings.Contains(Explain(err), "bucket") {
		t.Errorf("%v", err)
	}
}
