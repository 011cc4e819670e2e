package sitetest

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"warraq/internal/cli"
)

// served runs `warraq serve` on a free port and gives its address.
func served(t *testing.T, site string) string {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	out, to := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		ended <- cli.Run(ctx, []string{"serve", "--source", site, "--port", "0", "--now", "2026-01-01"}, cli.Streams{In: strings.NewReader(""), Out: to, Err: io.Discard})
		to.Close()
	}()
	address := make(chan string, 1)
	go func() {
		lines := bufio.NewScanner(out)
		for lines.Scan() { // to the end: a full pipe would stop the server
			if url, _, ok := strings.Cut(lines.Text(), " (Ctrl+C"); ok {
				address <- url
			}
		}
	}()
	t.Cleanup(func() {
		cancel()
		if code := <-ended; code != 0 {
			t.Errorf("serve exits %d when it is stopped", code)
		}
	})
	select {
	case url := <-address:
		return url
	case <-time.After(time.Minute):
		t.Fatal("serve never says its address")
		return ""
	}
}

func asked(t *testing.T, method, url string, header ...string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequest(method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(body)
}

func TestServe(t *testing.T) {
	site := t.TempDir()
	for name, text := range map[string]string{
		"hugo.toml":                "title = 'تجربة'\nbaseURL = 'https://example.org/sub/'\n",
		"content/articles/one.md":  "---\ntitle: الخبر الأول\ndate: 2025-01-01\n---\nنص الخبر الأول كما كتب.\n",
		"content/articles/soon.md": "---\ntitle: خبر الغد\ndate: 2027-01-01\n---\nنص خبر لم يحن وقته بعد.\n",
		"static/data.bin":          "0123456789",
		"secret.txt":               "لا يقرأ",
	} {
		p := filepath.Join(site, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	url := served(t, site)
	if !strings.HasPrefix(url, "http://127.0.0.1:") {
		t.Errorf("it listens on %s", url)
	}
	for _, c := range []struct {
		method, path string
		status       int
		kind, holds  string
	}{
		{"GET", "", 200, "text/html; charset=utf-8", "الخبر الأول"},
		{"GET", "articles/one/", 200, "text/html; charset=utf-8", "نص الخبر الأول"},
		{"GET", "articles/soon/", 200, "text/html; charset=utf-8", "خبر الغد"},
		{"GET", "articles/one", 302, "", ""},
		{"HEAD", "articles/one/", 200, "text/html; charset=utf-8", ""},
		{"GET", "nowhere/", 404, "text/html; charset=utf-8", "404"},
		{"GET", "feed.json", 200, "application/json; charset=utf-8", "الخبر الأول"},
		{"GET", "data.bin", 200, "application/octet-stream", "0123456789"},
		{"POST", "", 405, "", ""},
		{"GET", "..%2f..%2fsecret.txt", 404, "", ""},
		{"GET", "%2e%2e/%2e%2e/%2e%2e/secret.txt", 404, "", ""},
	} {
		resp, body := asked(t, c.method, url+c.path)
		if resp.StatusCode != c.status || c.kind != "" && resp.Header.Get("Content-Type") != c.kind || !strings.Contains(body, c.holds) {
			t.Errorf("%s %s: %d %s %.200q, want %d %s %q", c.method, c.path, resp.StatusCode, resp.Header.Get("Content-Type"), body, c.status, c.kind, c.holds)
		}
		if c.method == "HEAD" && body != "" || strings.Contains(body, "لا يقرأ") {
			t.Errorf("%s %s: %.200q", c.method, c.path, body)
		}
	}
	if resp, body := asked(t, "GET", url+"data.bin", "Range", "bytes=2-4"); resp.StatusCode != 206 || body != "234" {
		t.Errorf("a range gives %d %q", resp.StatusCode, body)
	}

	// A port that is taken is a failure of the machine, with what to do.
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	_, port, _ := net.SplitHostPort(taken.Addr().String())
	var message strings.Builder
	code := cli.Run(context.Background(), []string{"serve", "--source", site, "--cache-dir", t.TempDir(), "--port", port}, cli.Streams{Out: io.Discard, Err: &message})
	if code != 3 || !strings.Contains(message.String(), "--port") {
		t.Errorf("a taken port: exit %d, %q", code, message.String())
	}
}
