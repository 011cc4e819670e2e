package browser

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// audited skips a test that belongs to `make audit`.
func audited(t *testing.T) {
	t.Helper()
	if os.Getenv("WARRAQ_AUDIT") == "" {
		t.Skip("part of `make audit`")
	}
}

// host serves a tree as a good static host does: compressed, with a lifetime.
func host(t *testing.T, site string) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := path.Clean("/" + r.URL.Path)
		if strings.HasSuffix(r.URL.Path, "/") {
			name = path.Join(name, "index.html")
		}
		status := http.StatusOK
		raw, err := os.ReadFile(filepath.Join(site, filepath.FromSlash(name)))
		if err != nil {
			status, name = http.StatusNotFound, "/404.html"
			raw, _ = os.ReadFile(filepath.Join(site, "404.html"))
		}
		kinds := map[string]string{".html": "text/html; charset=utf-8", ".js": "text/javascript", ".json": "application/json",
			".xml": "application/xml", ".txt": "text/plain", ".svg": "image/svg+xml", ".png": "image/png", ".woff2": "font/woff2", ".ico": "image/x-icon"}
		kind := kinds[path.Ext(name)]
		if kind == "" {
			kind = "application/octet-stream"
		}
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Cache-Control", "public, max-age=31536000")
		if strings.HasPrefix(kind, "text/") && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			w.Header().Set("Content-Encoding", "gzip")
			w.WriteHeader(status)
			z := gzip.NewWriter(w)
			z.Write(raw)
			z.Close()
			return
		}
		w.WriteHeader(status)
		w.Write(raw)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// TestAuditLighthouse asserts the scores of every page type, on a phone and on a
// desktop: the median of three runs.
func TestAuditLighthouse(t *testing.T) {
	audited(t)
	browser := chromium(t)
	site := exampleSite(t)
	base := host(t, site)
	for _, p := range pageTypes(t, site) {
		for _, form := range []string{"mobile", "desktop"} {
			scores := map[string][]float64{}
			var paint, shift []float64
			for range 3 {
				r := lighthouse(t, browser, base+p.Path, form)
				for name, c := range r.Categories {
					scores[name] = append(scores[name], c.Score*100)
				}
				paint = append(paint, r.Audits["largest-contentful-paint"].Value/1000)
				shift = append(shift, r.Audits["cumulative-layout-shift"].Value)
			}
			line := fmt.Sprintf("%-9s %-8s", p.Name, form)
			for _, c := range []struct {
				name  string
				least float64
			}{{"performance", 95}, {"accessibility", 100}, {"best-practices", 100}, {"seo", 100}} {
				got := median(scores[c.name])
				line += fmt.Sprintf("  %s %3.0f", c.name, got)
				// Pages that are not to be found have no SEO; the browser itself
				// reports a 404 as an error of the page.
				if p.Status == http.StatusNotFound && (c.name == "seo" || c.name == "best-practices") || p.Name == "search" && c.name == "seo" {
					continue
				}
				if got < c.least {
					t.Errorf("%s, %s: %s is %.0f, at least %.0f is wanted", p.Name, form, c.name, got, c.least)
				}
			}
			t.Logf("%s  LCP %.2f s  CLS %.4f", line, median(paint), median(shift))
			if form == "mobile" && median(paint) > 1.8 {
				t.Errorf("%s: the largest paint comes after %.2f s", p.Name, median(paint))
			}
			if median(shift) > 0.01 {
				t.Errorf("%s: layout shift %.4f", p.Name, median(shift))
			}
		}
	}
}

type lighthouseReport struct {
	Categories map[string]struct{ Score float64 }
	Audits     map[string]struct {
		Value float64 `json:"numericValue"`
	}
}

func lighthouse(t *testing.T, browser, url, form string) lighthouseReport {
	t.Helper()
	args := []string{"node_modules/lighthouse/cli/index.js", url, "--output=json", "--quiet", "--ignore-status-code",
		"--only-categories=performance,accessibility,best-practices,seo",
		"--chrome-flags=--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"}
	if form == "desktop" {
		args = append(args, "--preset=desktop")
	}
	cmd := exec.Command("node", args...)
	cmd.Env = append(os.Environ(), "CHROME_PATH="+browser)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(out)
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Fatalf("lighthouse %s: %v", url, err)
	}
	var r lighthouseReport
	if err := json.Unmarshal(raw, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

func median(values []float64) float64 {
	s := slices.Sorted(slices.Values(values))
	if len(s) == 0 {
		return 0
	}
	return s[len(s)/2]
}
