package publish

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
)

// TestAuditNginxServesPrecompressed runs the distribution's nginx with the
// configuration that the documentation gives, on a folder that deploy filled.
func TestAuditNginxServesPrecompressed(t *testing.T) {
	if os.Getenv("WARRAQ_AUDIT") == "" {
		t.Skip("part of make audit")
	}
	nginx, err := exec.LookPath("nginx")
	if err != nil {
		nginx = "/usr/sbin/nginx"
	}
	if _, err := os.Stat(nginx); err != nil {
		t.Skip("there is no nginx; .ci/audit-publish installs it as root")
	}
	files := site()
	files["feed.json"] = `{"version":"https://jsonfeed.org/version/1.1"}`
	files["_headers"] = "/*\n"
	target := t.TempDir()
	if _, err := deployTo(t, tree(t, files), target, func(o *Options) { o.Precompress = true }); err != nil {
		t.Fatal(err)
	}
	address, withBrotli := startNginx(t, nginx, target)
	t.Logf("nginx serves precompressed files; brotli: %v", withBrotli)

	for _, c := range []struct {
		path, accept string
		status       int
		encoding     string
		kind, cache  string
	}{
		{"/", "", 200, "", "text/html; charset=utf-8", short},
		{"/articles/a/", "gzip", 200, "gzip", "text/html; charset=utf-8", short},
		{"/articles/a/", "gzip, br", 200, "br", "text/html; charset=utf-8", short},
		{"/articles/b/", "gzip, br", 200, "", "text/html; charset=utf-8", short}, // too small to gain
		{"/search/i/s1.bin", "gzip, br", 200, "", "application/octet-stream", immutable},
		{"/fonts/text.woff2", "gzip, br", 200, "", "font/woff2", immutable},
		{"/feed.json", "", 200, "", "application/feed+json; charset=utf-8", short},
		{"/nowhere/", "", 404, "", "text/html; charset=utf-8", short},
		{"/" + manifestName, "", 404, "", "", ""},
		{"/_headers", "", 404, "", "", ""},
	} {
		if c.encoding == "br" && !withBrotli {
			c.encoding = "gzip"
		}
		req, err := http.NewRequest(http.MethodGet, "http://"+address+c.path, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Accept-Encoding", c.accept)
		resp, err := (&http.Transport{DisableCompression: true}).RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		h := resp.Header
		if resp.StatusCode != c.status || h.Get("Content-Encoding") != c.encoding ||
			c.kind != "" && h.Get("Content-Type") != c.kind || c.cache != "" && h.Get("Cache-Control") != c.cache {
			t.Errorf("%s (%s): %d, encoding %q, type %q, cache %q", c.path, c.accept, resp.StatusCode, h.Get("Content-Encoding"), h.Get("Content-Type"), h.Get("Cache-Control"))
		}
		if c.encoding == "br" {
			text, err := io.ReadAll(brotli.NewReader(strings.NewReader(string(raw))))
			if err != nil || string(text) != files["articles/a/index.html"] {
				t.Errorf("%s: other bytes come out of the compressed page, %v", c.path, err)
			}
		}
		if c.status == 404 && !strings.Contains(string(raw), files["404.html"]) {
			t.Errorf("%s: no error page of the site: %.100q", c.path, raw)
		}
		if c.encoding != "" && !strings.Contains(h.Get("Vary"), "Accept-Encoding") {
			t.Errorf("%s: a cache would give compressed bytes to everybody: Vary %q", c.path, h.Get("Vary"))
		}
	}
	resp, err := http.Head("http://" + address + "/articles/a")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK || resp.Request.URL.Path != "/articles/a/" {
		t.Errorf("a path without its slash leads to %s, %d", resp.Request.URL, resp.StatusCode)
	}
}

// startNginx runs nginx with docs/nginx.conf, its root and port replaced.
func startNginx(t *testing.T, nginx, root string) (address string, withBrotli bool) {
	t.Helper()
	raw, err := os.ReadFile("../../docs/nginx.conf")
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address = listener.Addr().String()
	listener.Close()
	// Workers of a server that root starts are another user, who must get in.
	for dir := root; dir != filepath.Dir(dir) && strings.HasPrefix(dir, os.TempDir()+string(filepath.Separator)); dir = filepath.Dir(dir) {
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	conf := strings.Replace(string(raw), "/srv/www/archive;", root+";", 1)
	conf = strings.Replace(conf, "listen [::]:80;", "", 1)
	conf = strings.Replace(conf, "listen 80;", "listen "+address+";", 1)
	modules, _ := filepath.Glob("/etc/nginx/modules-enabled/*brotli-static*.conf")
	if withBrotli = len(modules) > 0; !withBrotli {
		conf = regexp.MustCompile(`(?m)^\s*brotli_static on;$`).ReplaceAllString(conf, "")
	}
	dir := t.TempDir()
	head := fmt.Sprintf("daemon off;\npid %[1]s/pid;\nerror_log %[1]s/error.log;\n", dir)
	for _, m := range modules {
		head += "include " + m + ";\n"
	}
	whole := head + fmt.Sprintf("events {}\nhttp {\naccess_log off;\nclient_body_temp_path %[1]s/b;\nproxy_temp_path %[1]s/p;\nfastcgi_temp_path %[1]s/f;\nuwsgi_temp_path %[1]s/u;\nscgi_temp_path %[1]s/s;\n%[2]s\n}\n", dir, conf)
	name := filepath.Join(dir, "nginx.conf")
	if err := os.WriteFile(name, []byte(whole), 0o644); err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	cmd := exec.Command(nginx, "-c", name, "-e", filepath.Join(dir, "error.log"))
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt) // it may have ended
		<-ended
		ended <- nil
	})
	for range 200 {
		if c, err := net.Dial("tcp", address); err == nil {
			c.Close()
			return address, withBrotli
		}
		select {
		case err := <-ended:
			ended <- err
			t.Fatalf("nginx ended: %v\n%s", err, said.String())
		case <-time.After(50 * time.Millisecond):
		}
	}
	t.Fatal("nginx does not answer")
	return "", false
}
