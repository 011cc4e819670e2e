package preview

import (
	"bytes"
	"html/template"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/gohugoio/hugo/livereload"

	"warraq/internal/diag"
)

// types are served by extension, not by what the operating system believes.
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".json": "application/json; charset=utf-8", ".xml": "application/xml; charset=utf-8", ".txt": "text/plain; charset=utf-8",
	".csv": "text/csv; charset=utf-8", ".ics": "text/calendar; charset=utf-8", ".jsonl": "application/jsonl; charset=utf-8",
	".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp",
	".gif": "image/gif", ".ico": "image/vnd.microsoft.icon", ".woff2": "font/woff2", ".bin": "application/octet-stream",
	".bib": "text/plain; charset=utf-8", ".ris": "text/plain; charset=utf-8",
}

func (s *session) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/livereload", livereload.Handler)
	mux.HandleFunc("/livereload.js", livereload.ServeJS)
	mux.HandleFunc("/", s.serve)
	if !local(s.o.Bind) {
		return mux
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := r.Host
		if host, _, err := net.SplitHostPort(r.Host); err == nil {
			name = host
		}
		if !local(name) {
			http.Error(w, "this preview answers to localhost and 127.0.0.1 only; open it to other names with --bind", http.StatusForbidden)
			return
		}
		mux.ServeHTTP(w, r)
	})
}

// local tells names of this machine. A preview for this machine only answers to
// no other: a page of the web may have its own name resolved to 127.0.0.1, and
// would then read drafts as if they were its own (DNS rebinding).
func local(host string) bool {
	host = strings.ToLower(strings.Trim(host, "[]"))
	if ip := net.ParseIP(host); ip != nil {
		return ip.IsLoopback()
	}
	return host == "localhost" || strings.HasSuffix(host, ".localhost")
}

// serve answers GET and HEAD from the built tree. The tree is opened as a root:
// no path and no symbolic link leads out of it.
func (s *session) serve(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "this is a preview: GET and HEAD only", http.StatusMethodNotAllowed)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
	if name == "" || strings.HasSuffix(r.URL.Path, "/") {
		name = path.Join(name, "index.html")
	}
	isPage := path.Ext(name) == ".html" || path.Ext(name) == ""
	if problems, err, bad := s.failure(); bad && isPage {
		s.showFailure(w, r, problems, err)
		return
	}
	if raw, ok := s.glancedAt(name); ok {
		w.Header().Set("Content-Type", types[".html"])
		s.page(w, r, http.StatusOK, bytes.NewReader(raw))
		return
	}
	f, info, err := s.open(name)
	if err == nil && info.IsDir() {
		f.Close()
		http.Redirect(w, r, "/"+name+"/", http.StatusFound)
		return
	}
	if err != nil {
		s.notFound(w, r)
		return
	}
	defer f.Close()
	kind, ok := types[strings.ToLower(path.Ext(name))]
	if !ok {
		kind = "application/octet-stream"
	}
	w.Header().Set("Content-Type", kind)
	if path.Ext(name) == ".html" {
		s.page(w, r, http.StatusOK, f)
		return
	}
	http.ServeContent(w, r, name, time.Time{}, f)
}

func (s *session) open(name string) (*os.File, fs.FileInfo, error) {
	f, err := s.site.Open(filepath.FromSlash(name))
	if err != nil {
		return nil, nil, err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, nil, err
	}
	return f, info, nil
}

func (s *session) notFound(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", types[".html"])
	f, _, err := s.open("404.html")
	if err != nil {
		http.Error(w, "404: no such page", http.StatusNotFound)
		return
	}
	defer f.Close()
	s.page(w, r, http.StatusNotFound, f)
}

// policy is the page's own content security policy, which rightly forbids the
// script of the preview. It is taken out here, in the preview only.
var policy = regexp.MustCompile(`(?i)<meta[^>]*http-equiv="?content-security-policy"?[^>]*>`)

const reloader = `<script src="/livereload.js?mindelay=10&amp;v=2&amp;port=PORT&amp;path=livereload"></script>`

// page serves a page of the site with the script that reloads it.
func (s *session) page(w http.ResponseWriter, r *http.Request, status int, f io.Reader) {
	raw, err := io.ReadAll(f)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	raw = policy.ReplaceAll(raw, nil)
	script := []byte(strings.Replace(reloader, "PORT", port(r), 1))
	if i := bytes.LastIndex(raw, []byte("</body>")); i >= 0 {
		raw = bytes.Join([][]byte{raw[:i], raw[i:]}, script)
	} else {
		raw = append(raw, script...)
	}
	if status != http.StatusOK {
		w.WriteHeader(status)
		if r.Method == http.MethodGet {
			_, _ = w.Write(raw) // the browser went away
		}
		return
	}
	http.ServeContent(w, r, "index.html", time.Time{}, bytes.NewReader(raw))
}

func port(r *http.Request) string {
	if i := strings.LastIndexByte(r.Host, ':'); i >= 0 && strings.Trim(r.Host[i+1:], "0123456789") == "" {
		return r.Host[i+1:]
	}
	return "80"
}

var failurePage = template.Must(template.New("failure").Parse(`<!doctype html>
<html lang="en" dir="ltr"><meta charset="utf-8"><title>The site does not build</title>
<style>
body{font:16px/1.6 system-ui,sans-serif;max-inline-size:60rem;margin:2rem auto;padding:0 1rem;background:#fff;color:#1b1b1b}
h1{font-size:1.4rem;color:#a3180c}article{border-inline-start:4px solid #a3180c;padding-inline-start:1rem;margin-block:1.5rem}
code,pre{font:14px/1.6 ui-monospace,monospace}pre{background:#f3f1ec;padding:.6rem;overflow:auto;white-space:pre-wrap}
.place{color:#555}.remedy{font-style:normal;color:#0b5f2a}
@media(prefers-color-scheme:dark){body{background:#161616;color:#eee}pre{background:#262626}.place{color:#aaa}h1{color:#ff8a7a}.remedy{color:#7fd69b}}
</style>
<h1>The site does not build</h1>
<p>This page goes away when the source is mended and saved.</p>
{{range .Problems}}<article>
<p><strong dir="auto">{{.Message}}</strong> <code>({{.Code}})</code></p>
<p class="place"><code>{{.Position}}</code></p>
{{with .Excerpt}}<pre dir="auto">{{.}}</pre>{{end}}
{{with .Remedy}}<p class="remedy" dir="auto">{{.}}</p>{{end}}
</article>{{end}}
{{with .Err}}<article><p><strong>{{.}}</strong></p></article>{{end}}
</html>`))

func (s *session) showFailure(w http.ResponseWriter, r *http.Request, problems []diag.Problem, err error) {
	var b bytes.Buffer
	message := ""
	if err != nil {
		message = err.Error()
	}
	withExcerpts := append([]diag.Problem(nil), problems...)
	for i := range withExcerpts {
		s.excerpt(&withExcerpts[i])
	}
	if err := failurePage.Execute(&b, struct {
		Problems []diag.Problem
		Err      string
	}{withExcerpts, message}); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", types[".html"])
	s.page(w, r, http.StatusInternalServerError, &b)
}

// excerpt fills in the line that a problem speaks of.
func (s *session) excerpt(p *diag.Problem) {
	if p.Excerpt != "" || p.Line == 0 || p.Path == "" {
		return
	}
	name := filepath.FromSlash(p.Path)
	if !filepath.IsLocal(name) {
		return
	}
	raw, err := os.ReadFile(filepath.Join(s.o.Build.Source, name))
	if err != nil { // shown without its line
		return
	}
	lines := bytes.Split(raw, []byte("\n"))
	if p.Line <= len(lines) {
		p.Excerpt = strings.ToValidUTF8(strings.TrimRight(string(lines[p.Line-1]), "\r"), "\uFFFD")
	}
}
