package preview

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"warraq/internal/build"
	"warraq/internal/diag"
)

// live is a preview under test.
type live struct {
	t      *testing.T
	root   string
	url    string
	builds atomic.Int64
}

func start(t *testing.T) *live {
	t.Helper()
	l := &live{t: t, root: t.TempDir()}
	l.write("hugo.toml", "title = 'تجربة'\n")
	l.write("content/articles/one.md", "---\ntitle: الخبر الأول\ndate: 2025-01-01\n---\nنص الخبر الأول كما كتب.\n")
	l.write("content/articles/draft.md", "---\ntitle: مسودة لم تنشر\ndate: 2025-01-02\ndraft: true\n---\nنص المسودة التي لم تكتمل بعد.\n")
	return also(t, l.root)
}

// also starts a preview of a site that is there.
func also(t *testing.T, root string) *live {
	t.Helper()
	l := &live{t: t, root: root}
	ctx, cancel := context.WithCancel(context.Background())
	ready, stopped := make(chan string, 1), make(chan error, 1)
	go func() {
		stopped <- Run(ctx, Options{
			Build: build.Options{Source: l.root, Now: time.Date(2025, 6, 1, 12, 0, 0, 0, time.UTC)},
			Ready: func(url string) { ready <- url },
			Built: func(*build.Report, []diag.Problem, error, time.Duration) { l.builds.Add(1) },
		})
	}()
	select {
	case l.url = <-ready:
	case err := <-stopped:
		t.Fatalf("the preview ended: %v", err)
	case <-time.After(3 * time.Minute):
		t.Fatal("the preview does not start")
	}
	t.Cleanup(func() {
		cancel()
		if err := <-stopped; err != nil {
			t.Errorf("the preview ended with %v", err)
		}
	})
	return l
}

func (l *live) write(name, text string) {
	l.t.Helper()
	p := filepath.Join(l.root, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
		l.t.Fatal(err)
	}
	if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
		l.t.Fatal(err)
	}
}

func (l *live) get(path string) (int, string) {
	l.t.Helper()
	resp, err := http.Get(l.url + path)
	if err != nil {
		l.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		l.t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

// comes waits for something to become true, as long as a busy machine may take:
// only what never comes fails.
func (l *live) comes(so func() bool) bool {
	for end := time.Now().Add(3 * time.Minute); time.Now().Before(end); time.Sleep(25 * time.Millisecond) {
		if so() {
			return true
		}
	}
	return false
}

// until waits for a page to hold, or to lose, a text.
func (l *live) until(path, text string, there bool) string {
	l.t.Helper()
	var body string
	if l.comes(func() bool {
		_, body = l.get(path)
		return strings.Contains(body, text) == there
	}) {
		return body
	}
	l.t.Fatalf("%s: %q there: %v never came:\n%.800s", path, text, there, body)
	return ""
}

// reloads connects as a browser's script does and counts reload commands.
func (l *live) reloads() *atomic.Int64 {
	l.t.Helper()
	conn, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(l.url, "http")+"livereload", nil)
	if err != nil {
		l.t.Fatal(err)
	}
	l.t.Cleanup(func() { conn.Close() })
	hello := `{"command":"hello","protocols":["http://livereload.com/protocols/official-7"]}`
	if err := conn.WriteMessage(websocket.TextMessage, []byte(hello)); err != nil {
		l.t.Fatal(err)
	}
	var n atomic.Int64
	go func() {
		for {
			_, message, err := conn.ReadMessage()
			if err != nil {
				return
			}
			if strings.Contains(string(message), `"reload"`) {
				n.Add(1)
			}
		}
	}()
	return &n
}

func TestSavingReloads(t *testing.T) {
	l := start(t)
	body := l.until("articles/one/", "نص الخبر الأول", true)
	if !strings.Contains(body, "/livereload.js") {
		t.Error("the page carries no reload script")
	}
	if strings.Contains(strings.ToLower(body), "content-security-policy") {
		t.Error("the page's policy would forbid the reload script")
	}
	n := l.reloads()
	l.write("content/articles/one.md", "---\ntitle: الخبر الأول\ndate: 2025-01-01\n---\nنص جديد تماما للخبر.\n")
	l.until("articles/one/", "نص جديد تماما", true)
	if !l.comes(func() bool { return n.Load() > 0 }) {
		t.Error("no reload was sent")
	}
	// An editor that saves by renaming a temporary file.
	l.write("content/articles/one.md~tmp", "---\ntitle: الخبر الأول\ndate: 2025-01-01\n---\nنص حفظ بإعادة التسمية.\n")
	if err := os.Rename(filepath.Join(l.root, "content/articles/one.md~tmp"), filepath.Join(l.root, "content/articles/one.md")); err != nil {
		t.Fatal(err)
	}
	l.until("articles/one/", "حفظ بإعادة التسمية", true)
}

func TestDraftsAreShown(t *testing.T) {
	l := start(t)
	l.until("articles/draft/", "المسودة التي لم تكتمل", true)
}

func TestAnErrorShowsInTheBrowserAndGoesAway(t *testing.T) {
	l := start(t)
	l.write("content/articles/bad.md", "---\ntitle: \"بلا نهاية\ndate: 2025-01-01\n---\nنص.\n")
	body := l.until("", "content/articles/bad.md:", true)
	if !strings.Contains(body, "/livereload.js") {
		t.Error("the error page does not reload")
	}
	if status, _ := l.get(""); status != http.StatusInternalServerError {
		t.Errorf("status %d", status)
	}
	l.write("content/articles/bad.md", "---\ntitle: \"لها نهاية\"\ndate: 2025-01-01\n---\nنص الخبر الذي أصلح.\n")
	l.until("articles/bad/", "الذي أصلح", true)
	if status, _ := l.get(""); status != http.StatusOK {
		t.Errorf("status %d after the mend", status)
	}
}

// That it is one build depends on how quick the machine copies; the watcher's
// own test has a clock of its own and counts.
func TestFilesDroppedInBulkCauseFewBuilds(t *testing.T) {
	l := start(t)
	before := l.builds.Load()
	for i := range 500 {
		l.write(fmt.Sprintf("content/articles/bulk/b%03d.md", i), fmt.Sprintf("---\ntitle: خبر رقم %d\ndate: 2025-01-01\n---\nنص الخبر رقم %d بكلماته الخاصة التي لا تتكرر %x.\n", i, i, i*7919))
	}
	l.until("articles/bulk/b499/", "نص الخبر رقم 499", true)
	// A page is there a moment before its build is counted.
	if !l.comes(func() bool { return l.builds.Load() > before }) {
		t.Error("no build for a drop of 500 files")
	}
	if n := l.builds.Load() - before; n > 50 {
		t.Errorf("%d builds for one drop of 500 files", n)
	}
}

// Two previews of one site do not disturb each other: both show what is saved.
func TestTwoPreviewsOfOneSite(t *testing.T) {
	l := start(t)
	second := also(t, l.root)
	for i := range 3 {
		text := fmt.Sprintf("نص حفظ للمرة رقم %d.", i)
		l.write("content/articles/one.md", "---\ntitle: الخبر الأول\ndate: 2025-01-01\n---\n"+text+"\n")
		l.until("articles/one/", text, true)
		second.until("articles/one/", text, true)
		l.until("index.xml", text, true)
		second.until("index.xml", text, true)
		for _, p := range []*live{l, second} {
			if status, body := p.get(""); status != http.StatusOK {
				t.Errorf("save %d: %d %.300s", i, status, body)
			}
		}
	}
}

// A name that a page of the web has had resolved to this machine gets nothing.
func TestOnlyNamesOfThisMachineAreAnswered(t *testing.T) {
	l := start(t)
	_, port, _ := strings.Cut(strings.TrimSuffix(strings.TrimPrefix(l.url, "http://"), "/"), ":")
	for host, want := range map[string]int{
		"127.0.0.1:" + port: 200, "localhost:" + port: 200, "LOCALHOST": 200, "desk.localhost:" + port: 200, "[::1]:" + port: 200,
		"evil.example:" + port: 403, "evil.example": 403, "127.0.0.1.evil.example": 403, "192.0.2.1:" + port: 403, "localhost.evil.example": 403,
	} {
		for _, path := range []string{"articles/draft/", "livereload.js"} {
			req, err := http.NewRequest(http.MethodGet, l.url+path, nil)
			if err != nil {
				t.Fatal(err)
			}
			req.Host = host
			resp, err := http.DefaultClient.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			resp.Body.Close()
			if resp.StatusCode != want {
				t.Errorf("%s of %s: %d, want %d", path, host, resp.StatusCode, want)
			}
		}
	}
}

func TestServingIsSafeAndComplete(t *testing.T) {
	l := start(t)
	if status, body := l.get("no-such-page/"); status != http.StatusNotFound || !strings.Contains(body, "<html") {
		t.Errorf("a missing page: %d", status)
	}
	for _, path := range []string{"../hugo.toml", "..%2fhugo.toml", "%2e%2e/%2e%2e/hugo.toml", "/etc/passwd", "articles/..%2f..%2f..%2fhugo.toml"} {
		if status, body := l.get(path); status == http.StatusOK && (strings.Contains(body, "تجربة'") || strings.Contains(body, "root:")) {
			t.Errorf("%s leads out of the tree", path)
		}
	}
	if err := os.Symlink("/etc/hostname", filepath.Join(l.root, ".warraq/preview/site/leak.txt")); err != nil {
		t.Fatal(err)
	}
	if status, _ := l.get("leak.txt"); status != http.StatusNotFound {
		t.Errorf("a link that leads out of the tree: %d", status)
	}
	request := func(method, path, span string) *http.Response {
		req, err := http.NewRequest(method, l.url+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		if span != "" {
			req.Header.Set("Range", span)
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		return resp
	}
	if r := request(http.MethodHead, "", ""); r.StatusCode != http.StatusOK || r.Header.Get("Content-Type") != "text/html; charset=utf-8" {
		t.Errorf("HEAD: %d, %q", r.StatusCode, r.Header.Get("Content-Type"))
	}
	if r := request(http.MethodGet, "robots.txt", "bytes=0-3"); r.StatusCode != http.StatusPartialContent || r.ContentLength != 4 {
		t.Errorf("a range: %d, %d bytes", r.StatusCode, r.ContentLength)
	}
	if r := request(http.MethodPost, "", ""); r.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", r.StatusCode)
	}
	if !strings.HasPrefix(l.url, "http://127.0.0.1:") {
		t.Errorf("it listens on %s", l.url)
	}
}

func TestATakenPortIsExplained(t *testing.T) {
	l := start(t)
	var port int
	if _, err := fmt.Sscanf(l.url, "http://127.0.0.1:%d/", &port); err != nil {
		t.Fatal(err)
	}
	err := Run(context.Background(), Options{Build: build.Options{Source: l.root, CacheDir: t.TempDir()}, Port: port})
	if err == nil || !strings.Contains(err.Error(), "--port") {
		t.Errorf("%v", err)
	}
}
