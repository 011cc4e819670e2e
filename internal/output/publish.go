package output

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"golang.org/x/sync/errgroup"
)

// publish moves the staged pages to their places, removes what is stale and
// commits the manifest.
func (u *update) publish(ctx context.Context) error {
	staged := u.result.New+u.result.Changed > 0
	if !staged && u.result.Same == 0 && len(u.stale) == 0 && len(u.pages) > 0 && !u.recovering {
		return nil // every page is kept, so the manifest says just this
	}
	if staged {
		if err := syncTree(u.tree.dir); err != nil {
			return unwritable(u.tree.dir, err)
		}
	}
	if err := os.MkdirAll(filepath.Dir(u.tree.record), 0o755); err != nil {
		return unwritable(filepath.Dir(u.tree.record), err)
	}
	next := u.tree.record + ".next"
	// It gets its name when it is whole: a build killed in the middle of it leaves
	// nothing that the next one would call damaged.
	unfinished := next + ".part"
	if err := writeManifest(unfinished, u.entries()); err != nil {
		return unwritable(next, err)
	}
	if err := os.Rename(unfinished, next); err != nil {
		return unwritable(next, err)
	}
	if err := syncFolder(filepath.Dir(next)); err != nil {
		return unwritable(next, err)
	}
	// From here on the build runs to its end: it is short, and an interrupt
	// would only leave work for the next build.
	ctx = context.WithoutCancel(ctx)
	var err error
	if u.empty {
		err = u.moveTop()
	} else {
		err = u.moveEach(ctx)
	}
	if err != nil {
		return err
	}
	var names []string
	for _, k := range u.stale {
		names = append(names, u.old[k].path)
	}
	if err := u.remove(names); err != nil {
		return err
	}
	u.result.Removed = len(names)
	if err := os.Rename(next, u.tree.record); err != nil {
		return unwritable(u.tree.record, err)
	}
	return nil
}

func (u *update) entries() []entry {
	entries := make([]entry, len(u.pages))
	for i, p := range u.pages {
		entries[i] = entry{p.Path, p.Key, u.made[i].size, u.made[i].mtime}
	}
	return entries
}

// moveTop publishes a first build: the top-level folders and files, the home
// page last.
func (u *update) moveTop() error {
	listed, err := os.ReadDir(u.stage)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // a site without a page
	}
	if err != nil {
		return unwritable(u.stage, err)
	}
	slices.SortFunc(listed, func(a, b fs.DirEntry) int {
		rank := func(e fs.DirEntry) int {
			switch {
			case e.IsDir():
				return 0
			case e.Name() == "index.html":
				return 2
			}
			return 1
		}
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Name(), b.Name()))
	})
	for _, e := range listed {
		if err := os.Rename(filepath.Join(u.stage, e.Name()), filepath.Join(u.tree.dir, e.Name())); err != nil {
			return unwritable(filepath.Join(u.tree.dir, e.Name()), err)
		}
	}
	return nil
}

// moveEach publishes the staged pages: what is new first, because only changed
// pages can lead a reader to it; home pages last within each.
func (u *update) moveEach(ctx context.Context) error {
	phases := make([][]int32, 6)
	for i, f := range u.fate {
		phase := -1
		switch {
		case f == added && u.pages[i].Stage == Home:
			phase = 1
		case f == added:
			phase = 0
		case f == changed:
			phase = 2 + int(min(u.pages[i].Stage, Home))
		}
		if phase >= 0 {
			phases[phase] = append(phases[phase], int32(i))
		}
	}
	for _, phase := range phases {
		group, _ := errgroup.WithContext(ctx)
		const batch = 256
		group.SetLimit(max(1, u.options.Jobs))
		for part := range slices.Chunk(phase, batch) {
			group.Go(func() error {
				for _, i := range part {
					if err := u.move(int(i)); err != nil {
						return err
					}
				}
				return nil
			})
		}
		if err := group.Wait(); err != nil {
			return err
		}
	}
	return nil
}

func (u *update) move(i int) error {
	from, _ := u.staged(i)
	to := filepath.Join(u.tree.dir, u.pages[i].Path)
	err := syscall.Rename(from, to)
	if err == syscall.ENOENT {
		if err = os.MkdirAll(filepath.Dir(to), 0o755); err == nil {
			err = syscall.Rename(from, to)
		}
	}
	if err == nil {
		return nil
	}
	// Something of another kind is in the way. If it is ours it goes now.
	if unblockErr := u.unblock(u.pages[i].Path); unblockErr != nil {
		return unblockErr
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return unwritable(to, err)
	}
	if err := os.Rename(from, to); err != nil {
		return unwritable(to, err)
	}
	return nil
}

// unblock removes stale files of ours that stand where path needs a folder, or
// lie in a folder where path needs a file.
func (u *update) unblock(path string) error {
	var names []string
	for _, k := range u.stale {
		if is := u.old[k].path; strings.HasPrefix(path, is+"/") || strings.HasPrefix(is, path+"/") {
			names = append(names, is)
		}
	}
	return u.remove(names)
}

// remove deletes files and the folders they leave empty.
func (u *update) remove(names []string) error {
	for _, name := range slices.Backward(names) {
		at := filepath.Join(u.tree.dir, name)
		if info, err := os.Lstat(at); err == nil && info.IsDir() {
			continue // a folder took the place of our file
		}
		if err := os.Remove(at); err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR) {
			return unwritable(at, err)
		}
		for dir := filepath.Dir(at); len(dir) > len(u.tree.dir); dir = filepath.Dir(dir) {
			// A folder that still holds something refuses, which ends the climb.
			// Not os.Remove: a page may stand where the folder was.
			if syscall.Rmdir(dir) != nil {
				break
			}
		}
	}
	return nil
}
