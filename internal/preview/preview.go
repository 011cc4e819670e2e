// Package preview is the editors' live view: it builds the site, serves it on
// this machine, watches the content, templates, static files and configuration,
// builds again when one is saved, and makes open browsers reload.
//
// A change that does not build shows as a page with the problems, their places
// and lines, in every open browser; it goes away when the source is mended. The
// site is built below the cache, never into public/, with drafts and future
// articles, and with "/" as its base.
package preview

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"github.com/gohugoio/hugo/livereload"

	"warraq/internal/build"
	"warraq/internal/diag"
)

// Options of a preview.
type Options struct {
	Build build.Options // Source, CacheDir and the switches; Destination and BaseURL are set here
	Bind  string        // "127.0.0.1" when empty
	Port  int           // 0 takes a free one
	// Ready is told the address once the first build is done.
	Ready func(url string)
	// Built is told of every build: what it did and what it found.
	Built func(r *build.Report, problems []diag.Problem, err error, took time.Duration)
}

// Run serves until the context ends. The error is one of the machine: a port
// that is taken, a folder that cannot be watched.
func Run(ctx context.Context, o Options) error {
	if o.Bind == "" {
		o.Bind = "127.0.0.1"
	}
	cache := o.Build.CacheDir
	if cache == "" {
		cache = filepath.Join(o.Build.Source, ".warraq")
	}
	// A cache of its own: page keys depend on the base URL, and a preview must
	// not undo what the last build for publishing knows.
	o.Build.CacheDir = filepath.Join(cache, "preview")
	o.Build.Destination = filepath.Join(o.Build.CacheDir, "site")
	o.Build.BaseURL = "/"
	o.Build.Drafts, o.Build.Future = true, true
	if err := os.MkdirAll(o.Build.Destination, 0o755); err != nil {
		return fmt.Errorf("preview: %w", err)
	}
	listener, err := net.Listen("tcp", net.JoinHostPort(o.Bind, strconv.Itoa(o.Port)))
	if err != nil {
		return fmt.Errorf("preview: %w; choose another --port, or 0 for a free one", err)
	}
	root, err := os.OpenRoot(o.Build.Destination)
	if err != nil {
		listener.Close()
		return fmt.Errorf("preview: %w", err)
	}
	defer root.Close()

	startHub()
	s := &session{o: o, site: root}
	watcher, err := newWatcher(o.Build.Source)
	if err != nil {
		listener.Close()
		return fmt.Errorf("preview: %w", err)
	}
	defer watcher.close()

	server := &http.Server{Handler: s.handler(), ReadHeaderTimeout: 10 * time.Second}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	defer server.Close()

	s.build(ctx)
	if o.Ready != nil {
		o.Ready("http://" + listener.Addr().String() + "/")
	}
	for {
		select {
		case <-ctx.Done():
			return nil
		case err := <-failed:
			if errors.Is(err, http.ErrServerClosed) {
				return nil
			}
			return fmt.Errorf("preview: %w", err)
		case err := <-watcher.errors:
			return fmt.Errorf("preview: watching: %w", err)
		case <-watcher.changed:
			s.build(ctx)
			livereload.ForceRefresh()
		}
	}
}

// startHub starts the one hub that Hugo's livereload has.
var startHub = sync.OnceFunc(livereload.Initialize)

// session is what the handler and the builder share.
type session struct {
	o    Options
	site *os.Root

	mu       sync.RWMutex
	problems []diag.Problem // those that kept the last build from being written
	err      error
}

func (s *session) build(ctx context.Context) {
	begun := time.Now()
	r, problems, err := build.Run(ctx, s.o.Build)
	var blocking []diag.Problem
	if r == nil || !r.Done {
		for _, p := range problems {
			if p.Severity == diag.Error {
				blocking = append(blocking, p)
			}
		}
	}
	s.mu.Lock()
	s.problems, s.err = blocking, err
	s.mu.Unlock()
	if s.o.Built != nil && ctx.Err() == nil {
		s.o.Built(r, problems, err, time.Since(begun))
	}
}

// failure returns what keeps the site from being shown, if anything.
func (s *session) failure() ([]diag.Problem, error, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.problems, s.err, len(s.problems) > 0 || s.err != nil
}
