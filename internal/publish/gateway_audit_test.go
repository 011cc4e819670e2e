//go:build withdeploy

package publish

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// gateway is a real S3 server, versity/versitygw, on a folder and on loopback,
// behind a proxy that counts requests and can kill it in the middle.
type gateway struct {
	t        *testing.T
	folder   string // a bucket is a folder in it
	address  string
	cmd      *exec.Cmd
	proxy    *httptest.Server
	requests atomic.Int64
	puts     atomic.Int64
	killAt   atomic.Int64 // with this write the server dies; 0 never
}

func auditOnly(t *testing.T) {
	t.Helper()
	if os.Getenv("WARRAQ_AUDIT") == "" {
		t.Skip("part of make audit")
	}
}

func startGateway(t *testing.T) *gateway {
	t.Helper()
	auditOnly(t)
	program := os.Getenv("WARRAQ_S3_GATEWAY")
	if program == "" {
		t.Skip("WARRAQ_S3_GATEWAY names no versitygw; .ci/audit-publish builds one")
	}
	t.Setenv("AWS_ACCESS_KEY_ID", "desk")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "desk-secret")
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	g := &gateway{t: t, folder: t.TempDir(), address: listener.Addr().String()}
	listener.Close()
	if err := os.Mkdir(filepath.Join(g.folder, "site"), 0o755); err != nil {
		t.Fatal(err)
	}
	target, err := url.Parse("http://" + g.address)
	if err != nil {
		t.Fatal(err)
	}
	// The host of a request is part of its signature: the proxy keeps it.
	forward := httputil.NewSingleHostReverseProxy(target)
	forward.ErrorLog = nil
	forward.ErrorHandler = func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) }
	g.proxy = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		g.requests.Add(1)
		if r.Method == http.MethodPut || r.Method == http.MethodDelete {
			if n := g.puts.Add(1); n == g.killAt.Load() {
				_ = g.cmd.Process.Kill() // dead already is as good
			}
		}
		forward.ServeHTTP(w, r)
	}))
	t.Cleanup(g.proxy.Close)
	g.start(program)
	t.Cleanup(func() {
		_ = g.cmd.Process.Kill()
		_ = g.cmd.Wait()
	})
	return g
}

func (g *gateway) start(program string) {
	g.t.Helper()
	g.cmd = exec.Command(program, "--port", g.address, "--access", "desk", "--secret", "desk-secret", "--quiet", "posix", g.folder)
	g.cmd.Stdout, g.cmd.Stderr = io.Discard, io.Discard
	if err := g.cmd.Start(); err != nil {
		g.t.Fatal(err)
	}
	for range 200 {
		if c, err := net.Dial("tcp", g.address); err == nil {
			c.Close()
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	g.t.Fatal("the gateway does not answer")
}

func (g *gateway) url() string {
	return "s3://site?region=us-east-1&use_path_style=true&disable_https=true&response_checksum_validation=when_required&request_checksum_calculation=when_required&endpoint=" + g.proxy.URL
}

func (g *gateway) reset() {
	g.requests.Store(0)
	g.puts.Store(0)
	g.killAt.Store(0)
}

// linked is a site whose home page and hub link to articles from…to-1.
func linked(from, to int) map[string]string {
	files := map[string]string{"404.html": "لا صفحة"}
	var list strings.Builder
	for i := from; i < to; i++ {
		files[fmt.Sprintf("articles/a%05d/index.html", i)] = fmt.Sprintf(`<a href="/themes/x/">محور</a> نص %d من %d`, i, to)
		fmt.Fprintf(&list, `<a href="/articles/a%05d/">خبر</a>`, i)
	}
	files["index.html"] = `<a href="/themes/x/">محور</a>` + list.String()
	files["themes/x/index.html"] = list.String()
	return files
}

var href = regexp.MustCompile(`href="/([^"]+)/"`)

// deadLinks reads the bucket as it lies on disk.
func (g *gateway) deadLinks() (dead []string) {
	g.t.Helper()
	there := published(g.t, filepath.Join(g.folder, "site"))
	for name, text := range there {
		for _, m := range href.FindAllStringSubmatch(text, -1) {
			if _, ok := there[m[1]+"/index.html"]; !ok {
				dead = append(dead, name+" → "+m[1])
			}
		}
	}
	return dead
}

func (g *gateway) holds(want map[string]string) {
	g.t.Helper()
	got := published(g.t, filepath.Join(g.folder, "site"))
	if len(got) != len(want) {
		g.t.Errorf("%d files are published, want %d", len(got), len(want))
	}
	for name, text := range want {
		if got[name] != text {
			g.t.Errorf("%s is published as %.40q", name, got[name])
		}
	}
}

func replace(t *testing.T, source string, files map[string]string) {
	t.Helper()
	if err := os.RemoveAll(source); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(tree(t, files), source); err != nil {
		t.Fatal(err)
	}
}

func TestAuditGatewayFirstAgainChangeAndRemoval(t *testing.T) {
	g := startGateway(t)
	files := linked(0, 40)
	source := tree(t, files)
	r, err := deployTo(t, source, g.url(), nil)
	if err != nil || r.Uploaded != len(files) {
		t.Fatalf("first: %d uploaded, %v", r.Uploaded, err)
	}
	g.holds(files)
	t.Logf("first: %d files uploaded, %d requests", r.Uploaded, g.requests.Load())
	g.reset()
	if r, err = deployTo(t, source, g.url(), nil); err != nil || r.Uploaded != 0 || g.puts.Load() != 0 {
		t.Errorf("again: %d uploaded, %d writes, %v", r.Uploaded, g.puts.Load(), err)
	}
	t.Logf("unchanged: %d files uploaded, %d requests", r.Uploaded, g.requests.Load())
	g.reset()
	files["articles/a00003/index.html"] = "نص آخر"
	delete(files, "articles/a00039/index.html")
	files["index.html"] = strings.ReplaceAll(files["index.html"], `<a href="/articles/a00039/">خبر</a>`, "")
	files["themes/x/index.html"] = strings.ReplaceAll(files["themes/x/index.html"], `<a href="/articles/a00039/">خبر</a>`, "")
	replace(t, source, files)
	if r, err = deployTo(t, source, g.url(), nil); err != nil || r.Uploaded != 3 || r.Removed != 1 {
		t.Errorf("one change, one removal: %d, %d, %v", r.Uploaded, r.Removed, err)
	}
	t.Logf("one page changed, one gone: %d files uploaded, %d removed, %d requests", r.Uploaded, r.Removed, g.requests.Load())
	g.holds(files)
}

// The server dies at one write after the other; what it holds never has a dead
// link, and the next run completes it.
func TestAuditGatewayKilledMidWay(t *testing.T) {
	g := startGateway(t)
	program := g.cmd.Path
	writes := ""
	old, next := linked(0, 30), linked(10, 50)
	for _, at := range []int64{1, 3, 12, 25, 45, 52, 54} {
		g.reset()
		source := tree(t, old)
		if _, err := deployTo(t, source, g.url(), nil); err != nil {
			t.Fatal(err)
		}
		g.holds(old)
		replace(t, source, next)
		g.reset()
		g.killAt.Store(at)
		_, err := deployTo(t, source, g.url(), nil)
		if err == nil {
			t.Fatalf("killed at write %d: no error", at)
		}
		_ = g.cmd.Wait()
		if dead := g.deadLinks(); len(dead) > 0 {
			t.Errorf("killed at write %d: %d dead links: %.3q", at, len(dead), dead)
		}
		g.reset()
		g.start(program)
		r, err := deployTo(t, source, g.url(), nil)
		if err != nil {
			t.Fatalf("completing after %d: %v", at, err)
		}
		g.holds(next)
		writes += fmt.Sprintf(" %d (%d, %d)", at, r.Uploaded, r.Removed)
	}
	t.Logf("server killed at write n, never a dead link; completed with (uploads, removals):%s", writes)
}

func TestAuditGatewayRefusals(t *testing.T) {
	g := startGateway(t)
	source := tree(t, linked(0, 3))
	_, err := deployTo(t, source, strings.Replace(g.url(), "s3://site", "s3://nobody", 1), nil)
	if err == nil || !strings.Contains(Explain(err), "bucket") {
		t.Fatalf("wrong bucket: %v", err)
	}
	t.Logf("wrong bucket: %s", Explain(err))
	t.Setenv("AWS_SECRET_ACCESS_KEY", "wrong")
	_, err = deployTo(t, source, g.url(), nil)
	if err == nil || !strings.Contains(Explain(err), "credentials") {
		t.Fatalf("wrong credentials: %v", err)
	}
	t.Logf("wrong credentials: %s", Explain(err))
}

func TestAuditGatewayUnchangedTenThousand(t *testing.T) {
	g := startGateway(t)
	files := linked(0, 9997)
	source := tree(t, files)
	begun := time.Now()
	r, err := deployTo(t, source, g.url(), func(o *Options) { o.Workers = 16 })
	if err != nil || r.Uploaded != len(files) {
		t.Fatalf("%d uploaded, %v", r.Uploaded, err)
	}
	t.Logf("first deployment of %d files: %.1f s, %d requests", len(files), time.Since(begun).Seconds(), g.requests.Load())
	g.reset()
	begun = time.Now()
	r, err = deployTo(t, source, g.url(), nil)
	if err != nil || r.Uploaded != 0 || g.puts.Load() != 0 {
		t.Errorf("unchanged: %d uploaded, %d writes, %v", r.Uploaded, g.puts.Load(), err)
	}
	t.Logf("unchanged deployment of %d files: %.2f s, %d requests", len(files), time.Since(begun).Seconds(), g.requests.Load())
	if n := g.requests.Load(); n > 20 {
		t.Errorf("%d requests for nothing; ten pages of names and the list of published files are enough", n)
	}
}
