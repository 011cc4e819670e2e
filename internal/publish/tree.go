package publish

import (
	"bytes"
	"compress/gzip"
	"crypto/md5"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/gobwas/glob"

	"warraq/internal/config"
)

// file is one local file as it will be published.
type file struct {
	name     string // in the bucket
	path     string // on disk
	size     int64  // of what is uploaded
	md5      []byte // of what is uploaded; nil for a variant, whose bytes are made when needed
	variant  string // "", "br" or "gz": compressed beside the file of the same path
	headers  headers
	compress bool // upload gzipped, by a matcher
	force    bool
}

// headers are what a host tells a browser about a file.
type headers struct {
	contentType, cacheControl, contentEncoding string
}

const (
	immutable = "public, max-age=31536000, immutable"
	short     = "public, max-age=300, must-revalidate"
)

// types maps extensions to media types. The operating system's table is not
// asked: it differs between machines.
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".json": "application/json; charset=utf-8", ".jsonl": "application/jsonl; charset=utf-8",
	".xml": "application/xml; charset=utf-8", ".txt": "text/plain; charset=utf-8", ".csv": "text/csv; charset=utf-8",
	".ics": "text/calendar; charset=utf-8", ".bib": "application/x-bibtex; charset=utf-8",
	".ris": "application/x-research-info-systems; charset=utf-8",
	".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif",
	".webp": "image/webp", ".avif": "image/avif", ".ico": "image/vnd.microsoft.icon",
	".woff2": "font/woff2", ".pdf": "application/pdf", ".webmanifest": "application/manifest+json",
	".mp4": "video/mp4", ".mp3": "audio/mpeg",
}

func contentType(name string) string {
	switch path.Base(name) {
	case "index.xml":
		return "application/rss+xml; charset=utf-8"
	case "feed.json":
		return "application/feed+json; charset=utf-8"
	case "opensearch.xml":
		return "application/opensearchdescription+xml; charset=utf-8"
	case "_headers", "_redirects":
		return "text/plain; charset=utf-8"
	}
	if t, ok := types[strings.ToLower(path.Ext(name))]; ok {
		return t
	}
	return "application/octet-stream"
}

// compressible files get variants: text, from the size of one network packet.
func compressible(name string, size int64) bool {
	t := contentType(name)
	return size >= 1024 && (strings.HasPrefix(t, "text/") || strings.Contains(t, "json") || strings.Contains(t, "xml"))
}

// lifetime says how long browsers may keep a file without asking; the same as
// the _headers file of package feed says to hosts that read it. Files below
// search/i/ and fonts never change under their name.
func lifetime(name string) string {
	if strings.HasPrefix(name, "search/i/") || strings.HasPrefix(name, "fonts/") {
		return immutable
	}
	return short
}

// readTree walks the built tree. Symbolic links and temporary files are left
// out: the build makes neither links nor leaves temporary files behind.
func readTree(opts Options) (map[string]*file, error) {
	if _, err := os.Stat(filepath.Join(opts.Tree, "index.html")); err != nil {
		return nil, fmt.Errorf("publish: %s is not a built site: %w; run `warraq build` first", opts.Tree, err)
	}
	include, err := pattern(opts.Target.Include)
	if err != nil {
		return nil, fmt.Errorf("publish: target %q: include: %w", opts.Target.Name, err)
	}
	exclude, err := pattern(opts.Target.Exclude)
	if err != nil {
		return nil, fmt.Errorf("publish: target %q: exclude: %w", opts.Target.Name, err)
	}
	matchers, err := compile(opts.Matchers)
	if err != nil {
		return nil, err
	}
	files := map[string]*file{}
	err = filepath.WalkDir(opts.Tree, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name := d.Name(); p != opts.Tree && strings.HasPrefix(name, ".") && name != ".well-known" {
				return filepath.SkipDir
			}
			return nil
		}
		if !d.Type().IsRegular() {
			return nil
		}
		rel, err := filepath.Rel(opts.Tree, p)
		if err != nil {
			return err
		}
		name := filepath.ToSlash(rel)
		if include != nil && !include.Match(name) || exclude != nil && exclude.Match(name) {
			return nil
		}
		f, err := newFile(p, name, matchers)
		if err != nil {
			return err
		}
		if opts.Target.StripIndexHTML && strings.HasSuffix(name, "/index.html") {
			f.name = strings.TrimSuffix(name, "index.html")
		}
		files[f.name] = f
		if opts.Precompress && !f.compress && compressible(name, f.size) {
			for _, kind := range []string{"br", "gz"} {
				v := *f
				v.name, v.variant, v.md5, v.size = f.name+"."+kind, kind, nil, 0
				files[v.name] = &v
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("publish: %w", err)
	}
	return files, nil
}

func pattern(s string) (glob.Glob, error) {
	if s == "" {
		return nil, nil
	}
	return glob.Compile(s, '/')
}

type matcher struct {
	config.DeployMatcher
	re *regexp.Regexp
}

func compile(list []config.DeployMatcher) ([]matcher, error) {
	var out []matcher
	for _, m := range list {
		re, err := regexp.Compile(m.Pattern)
		if err != nil {
			return nil, fmt.Errorf("publish: deployment.matchers: pattern %q: %w", m.Pattern, err)
		}
		out = append(out, matcher{m, re})
	}
	return out, nil
}

// newFile reads a file once for its hash. The first matcher that matches
// decides its headers, as in Hugo; without one the defaults above do.
func newFile(p, name string, matchers []matcher) (*file, error) {
	f := &file{name: name, path: p, headers: headers{contentType: contentType(name), cacheControl: lifetime(name)}}
	for _, m := range matchers {
		if !m.re.MatchString(name) {
			continue
		}
		f.headers.cacheControl = m.CacheControl
		f.headers.contentEncoding = m.ContentEncoding
		if m.ContentType != "" {
			f.headers.contentType = m.ContentType
		}
		if m.Gzip {
			f.compress, f.headers.contentEncoding = true, "gzip"
		}
		f.force = m.Force
		break
	}
	raw, err := f.content()
	if err != nil {
		return nil, err
	}
	sum := md5.Sum(raw)
	f.md5, f.size = sum[:], int64(len(raw))
	return f, nil
}

// content gives the bytes that are uploaded.
func (f *file) content() ([]byte, error) {
	raw, err := os.ReadFile(f.path)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	var w io.WriteCloser
	switch {
	case f.variant == "br":
		w = brotli.NewWriterLevel(&b, brotli.BestCompression)
	case f.variant == "gz" || f.compress:
		// The header carries no time and no name: equal files give equal bytes.
		if w, err = gzip.NewWriterLevel(&b, gzip.BestCompression); err != nil {
			return nil, err
		}
	default:
		return raw, nil
	}
	_, err = w.Write(raw)
	if err := errors.Join(err, w.Close()); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
