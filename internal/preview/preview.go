// Package preview is the editors' live view: it builds the site, serves it on
// this machine, watches the content, templates, static files and configuration,
// builds again when one is saved, and makes open browsers reload.
//
// The page of an article that was saved is shown at once, made by itself, while
// the whole site is built behind it; see build.Session. What is served for good
// is always the whole build's.
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
	"strings"
	"sync"
	"time"

	"github.com/gohugoio/hugo/livereload"

	"warraq/internal/build"
	"warraq/internal/diag"
	"warraq/internal/output"
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
	dir, release, err := workspace(cache)
	if err != nil {
		return fmt.Errorf("preview: %w", err)
	}
	defer release()
	o.Build.CacheDir = dir
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
	s := &session{o: o, site: root, builds: build.NewSession(o.Build), glanced: map[string]glanced{}}
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
	return s.follow(ctx, watcher, failed)
}

// follow builds what changes until the context ends, the server fails or the
// watcher does.
func (s *session) follow(ctx context.Context, watcher *watcher, failed <-chan error) error {
	// One build runs at a time; what changes meanwhile is built after it.
	built := make(chan bool, 1)
	building, again := false, false
	var due <-chan time.Time // when the next build begins
	begin := func() {
		building, again = true, false
		go func() { built <- s.build(ctx) }()
	}
	defer func() {
		if building {
			<-built // it sees the end of ctx
		}
	}()
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
			pause := time.Duration(0)
			if s.glance(watcher.take()) {
				livereload.ForceRefresh()
				pause = headStart
			}
			if again = building; !building && due == nil {
				due = time.After(pause)
			}
		case <-due:
			due = nil
			begin()
		case changed := <-built:
			building = false
			if changed {
				livereload.ForceRefresh()
			}
			if again {
				begin()
			}
		}
	}
}

// workspace finds a folder below the cache that no other preview uses. Two that
// built into one would refuse each other's builds and miss each other's changes.
func workspace(cache string) (dir string, release func(), err error) {
	for n := 1; ; n++ {
		dir = filepath.Join(cache, "preview")
		if n > 1 {
			dir += fmt.Sprintf("-%d", n)
		}
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return "", nil, err
		}
		if release, ok, err := output.Hold(dir); ok || err != nil {
			return dir, release, err
		}
	}
}

// startHub starts the one hub that Hugo's livereload has.
var startHub = sync.OnceFunc(livereload.Initialize)

// glances is how many changed sources are worth a look of their own: more were
// dropped in bulk, and the build shows them together.
const glances = 4

// headStart is what browsers get to fetch a glanced page before the whole build
// takes all processors.
const headStart = 50 * time.Millisecond

// glanced is a page that is newer than the last whole build.
type glanced struct {
	html []byte
	seq  int // of the change that it shows
}

// session is what the handler and the builder share.
type session struct {
	o      Options
	site   *os.Root
	builds *build.Session

	mu       sync.RWMutex
	problems []diag.Problem // those that kept the last build from being written
	err      error
	seq      int                // changes seen
	glanced  map[string]glanced // by path of the page
}

// glance makes the pages of changed sources by themselves and reports whether
// there is one to show.
func (s *session) glance(names []string) bool {
	var pages []build.Glanced
	if len(names) <= glances {
		for _, name := range names {
			if name, ok := strings.CutPrefix(name, "content/"); ok {
				pages = append(pages, s.builds.Glance(name)...)
			}
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seq++
	for _, p := range pages {
		s.glanced[p.Path] = glanced{p.HTML, s.seq}
	}
	return len(pages) > 0 && len(s.problems) == 0 && s.err == nil
}

// glancedAt gives the page at a path when it is newer than the last build.
func (s *session) glancedAt(name string) ([]byte, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	g, ok := s.glanced[name]
	return g.html, ok
}

// build builds the whole site and reports whether browsers have anything new to
// show: changed pages, or other problems than before.
func (s *session) build(ctx context.Context) bool {
	begun := time.Now()
	s.mu.RLock()
	seen := s.seq
	s.mu.RUnlock()
	r, problems, err := s.builds.Run(ctx)
	var blocking []diag.Problem
	if r == nil || !r.Done {
		for _, p := range problems {
			if p.Severity == diag.Error {
				blocking = append(blocking, p)
			}
		}
	}
	s.mu.Lock()
	changed := len(blocking) > 0 || len(s.problems) > 0 || err != nil || s.err != nil ||
		r != nil && r.Pages.New+r.Pages.Changed+r.Pages.Removed > 0
	s.problems, s.err = blocking, err
	for name, g := range s.glanced {
		if g.seq <= seen { // this build saw that change
			delete(s.glanced, name)
		}
	}
	s.mu.Unlock()
	if s.o.Built != nil && ctx.Err() == nil {
		s.o.Built(r, problems, err, time.Since(begun))
	}
	return changed
}

// failure returns what keeps the site from being shown, if anything.
func (s *session) failure() ([]diag.Problem, error, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.problems, s.err, len(s.problems) > 0 || s.err != nil
}
