package output

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"

	"warraq/internal/diag"
)

// fate is what an update does with a page.
type fate uint8

const (
	kept    fate = iota // key unchanged, file as recorded
	same                // made again, bytes equal
	added               // staged, nothing stands in its place
	changed             // staged, another version stands in its place
)

type stamp struct{ size, mtime int64 }

// update is one run of Apply.
type update struct {
	tree    *Tree
	stage   string
	pages   []Page
	old     []entry
	options Options
	empty   bool // the destination holds nothing

	recovering bool // the last build was killed while it published

	match  []int32 // page → entry of old, -1 none
	stale  []int32 // entries of old that are not planned
	fate   []fate
	made   []stamp // size and time of the page's file
	result Result
}

// pair finds the record of each page. Both lists are sorted by path.
func (u *update) pair() {
	k := 0
	for i := range u.pages {
		for k < len(u.old) && u.old[k].path < u.pages[i].Path {
			u.stale = append(u.stale, int32(k))
			k++
		}
		u.match[i] = -1
		if k < len(u.old) && u.old[k].path == u.pages[i].Path {
			u.match[i] = int32(k)
			k++
		}
	}
	for ; k < len(u.old); k++ {
		u.stale = append(u.stale, int32(k))
	}
}

// make renders what changed into the stage folder. The problems are those of
// pages that could not be made; all of them are made before the run gives up.
func (u *update) make(ctx context.Context) ([]diag.Problem, error) {
	// A batch is small enough that workers finish together, large enough that
	// neighbours in one folder are written by one worker.
	const batch = 32
	jobs := max(1, u.options.Jobs)
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var next, done atomic.Int64
	var failed diag.List
	var workers sync.WaitGroup
	for range jobs {
		workers.Go(func() {
			w := worker{update: u}
			for {
				from := int(next.Add(batch)) - batch
				if from >= len(u.pages) || ctx.Err() != nil {
					return
				}
				to := min(from+batch, len(u.pages))
				for i := from; i < to; i++ {
					err := w.page(i)
					var p diag.Problem
					switch {
					case errors.As(err, &p) && !p.IsFailure():
						failed.Add(p)
					case err != nil:
						stop(err)
						return
					}
				}
				if n := done.Add(int64(to - from)); u.options.Progress != nil {
					u.options.Progress(int(n), len(u.pages))
				}
			}
		})
	}
	workers.Wait()
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	for i, f := range u.fate {
		switch f {
		case kept:
			u.result.Kept++
		case same:
			u.result.Same++
		case added:
			u.result.New++
			u.result.Bytes += u.made[i].size
		case changed:
			u.result.Changed++
			u.result.Bytes += u.made[i].size
		}
	}
	return failed.Sorted(), nil
}

// worker makes pages one after another with buffers of its own.
type worker struct {
	*update
	buf  bytes.Buffer
	dir  string // the folder of the last staged file
	file []byte
}

func (w *worker) page(i int) error {
	p := &w.pages[i]
	at := filepath.Join(w.tree.dir, p.Path)
	var is stamp
	exists := false
	if !w.empty {
		is.size, is.mtime, exists = statFile(at)
		if m := w.match[i]; m >= 0 && exists && !w.options.Force {
			if e := &w.old[m]; e.key == p.Key && e.size == is.size && e.mtime == is.mtime {
				w.fate[i], w.made[i] = kept, is
				return nil
			}
		}
	}
	w.buf.Reset()
	if err := p.Write(&w.buf); err != nil {
		return fmt.Errorf("page %s: %w", p.Path, err)
	}
	if exists && is.size == int64(w.buf.Len()) && w.equals(at) {
		w.fate[i], w.made[i] = same, is
		return nil
	}
	name, dir := w.staged(i)
	if dir != w.dir {
		if err := os.Mkdir(dir, 0o755); err != nil && !errors.Is(err, os.ErrExist) {
			if err := os.MkdirAll(dir, 0o755); err != nil {
				return unwritable(dir, err)
			}
		}
		w.dir = dir
	}
	mtime, err := writeFile(name, w.buf.Bytes())
	if err != nil {
		return unwritable(at, err)
	}
	w.made[i] = stamp{int64(w.buf.Len()), mtime}
	w.fate[i] = added
	if exists {
		w.fate[i] = changed
	}
	return nil
}

// equals compares the made bytes with the file's.
func (w *worker) equals(at string) bool {
	f, err := os.Open(at)
	if err != nil {
		return false
	}
	defer f.Close()
	if cap(w.file) == 0 {
		w.file = make([]byte, 1<<16)
	}
	for rest := w.buf.Bytes(); ; {
		n, err := f.Read(w.file)
		if n > len(rest) || !bytes.Equal(w.file[:n], rest[:n]) {
			return false
		}
		rest = rest[n:]
		if err != nil || n == 0 {
			return len(rest) == 0
		}
	}
}

// staged gives the place where page i waits, and its folder: its final layout
// for an empty destination, else a numbered file.
func (u *update) staged(i int) (name, dir string) {
	if u.empty {
		name = filepath.Join(u.stage, u.pages[i].Path)
		return name, filepath.Dir(name)
	}
	dir = filepath.Join(u.stage, strconv.Itoa(i/1024))
	return filepath.Join(dir, strconv.Itoa(i)), dir
}
