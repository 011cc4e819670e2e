package preview

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"
)

const (
	// quiet is how long nothing must happen before a change counts as whole:
	// editors save by writing a new file and renaming it.
	quiet = 15 * time.Millisecond
	// settling is the same once it looks as if files were dropped in bulk, or a
	// folder was: copying pauses, and a build that began too early is for nothing.
	settling = 150 * time.Millisecond
	// patience bounds the wait while files keep coming: 500 dropped files are one
	// change, an endless stream is not.
	patience = 2 * time.Second
)

// watcher tells that something below a site's sources changed. What changed is
// the build's business, which looks at every file's stamp anyway; the names
// only say which pages are worth a first glance.
type watcher struct {
	fs      *fsnotify.Watcher
	source  string
	changed chan struct{}
	errors  chan error

	mu    sync.Mutex
	names map[string]bool // changed since take, relative to the site
}

// take gives the names of the files that changed since it was last called.
func (w *watcher) take() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	names := slices.Sorted(maps.Keys(w.names))
	clear(w.names)
	return names
}

// note remembers a name and tells how many there are.
func (w *watcher) note(name string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	if rel, err := filepath.Rel(w.source, name); err == nil {
		w.names[filepath.ToSlash(rel)] = true
	}
	return len(w.names)
}

// watched are the folders of a site that a build reads.
var watched = []string{"content", "templates", "static"}

func newWatcher(source string) (*watcher, error) {
	source, err := filepath.Abs(source)
	if err != nil {
		return nil, err
	}
	f, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	w := &watcher{fs: f, source: source, changed: make(chan struct{}, 1), errors: make(chan error, 1), names: map[string]bool{}}
	// The site's folder itself is watched for hugo.toml, and for folders that
	// are made later.
	if err := f.Add(source); err != nil {
		f.Close()
		return nil, err
	}
	for _, name := range watched {
		if err := w.add(filepath.Join(source, name)); err != nil {
			f.Close()
			return nil, err
		}
	}
	go w.run()
	return w, nil
}

func (w *watcher) close() { w.fs.Close() }

// add watches a folder and all below it. A folder that is gone again is no error.
func (w *watcher) add(dir string) error {
	return filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if os.IsNotExist(err) {
			return nil
		}
		if err != nil {
			return err
		}
		if !d.IsDir() {
			return nil
		}
		if err := w.fs.Add(name); err != nil && !os.IsNotExist(err) {
			return err
		}
		return nil
	})
}

func (w *watcher) run() {
	var wait <-chan time.Time
	var first time.Time
	folder := false // one appeared since then
	for {
		select {
		case event, ok := <-w.fs.Events:
			if !ok {
				return
			}
			if !w.relevant(event) {
				continue
			}
			// A folder that appears is watched at once; a file made in it before
			// that raises no event of its own, but the build that follows finds it.
			if event.Has(fsnotify.Create) {
				if info, err := os.Stat(event.Name); err == nil && info.IsDir() {
					folder = true
					if err := w.add(event.Name); err != nil {
						w.fail(err)
						return
					}
				}
			}
			pause := quiet
			if w.note(event.Name) > glances || folder {
				pause = settling
			}
			now := time.Now()
			if wait == nil {
				first = now
			}
			wait = time.After(min(pause, max(0, patience-now.Sub(first))))
		case <-wait:
			wait, folder = nil, false
			select {
			case w.changed <- struct{}{}:
			default: // a build is already asked for
			}
		case err, ok := <-w.fs.Errors:
			if !ok {
				return
			}
			// Events were lost when the queue overflowed: build, which sees all.
			if err == fsnotify.ErrEventOverflow {
				wait = time.After(quiet)
				continue
			}
			w.fail(err)
			return
		}
	}
}

func (w *watcher) fail(err error) {
	select {
	case w.errors <- err:
	default:
	}
}

// relevant leaves out what editors and the program itself leave beside sources,
// and changes of nothing but permissions or times of access.
func (w *watcher) relevant(event fsnotify.Event) bool {
	if event.Op == fsnotify.Chmod {
		return false
	}
	base := filepath.Base(event.Name)
	if strings.HasSuffix(base, "~") || strings.HasPrefix(base, ".#") || strings.HasSuffix(base, ".swp") || strings.HasSuffix(base, ".swx") || base == "4913" {
		return false
	}
	rel, err := filepath.Rel(w.source, event.Name)
	if err != nil {
		return false
	}
	top, _, _ := strings.Cut(filepath.ToSlash(rel), "/")
	if top == "hugo.toml" {
		return true
	}
	for _, name := range watched {
		if top == name {
			return true
		}
	}
	return false
}
