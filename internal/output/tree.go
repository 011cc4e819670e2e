package output

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"warraq/internal/diag"
)

// stageDir is where new bytes wait inside the destination, so that moving them
// to their place is a rename on one file system. Pages never begin with it.
const stageDir = ".warraq-stage"

// Tree is a destination with the record of what this program wrote there.
//
// Apply goes in steps, so that the destination is consistent at every moment:
//
//  1. Make. Every page whose key changed is rendered; bytes that differ from
//     the file's wait in the stage folder. A page that fails, a full disk or an
//     interrupt up to here leaves the destination as it was.
//  2. Record. One sync of the file system, then the next manifest, synced.
//  3. Publish. Renames in an order in which no page reachable from the home
//     page links to one that is missing: new pages, then changed ones by stage
//     (assets, articles, lists, home), then removals.
//  4. Commit. The next manifest takes the place of the last.
//
// A build that is killed in 3 leaves both manifests; the next build owns the
// files of either and believes an entry only if the file has its size and
// time. Into an empty destination the pages are staged in their final folders
// and only the top-level folders are renamed: a first build costs no rename a
// page.
type Tree struct {
	dir     string
	record  string // path of the manifest
	release func()
}

// Options of Apply.
type Options struct {
	Clean    bool // delete files that are not ours
	Force    bool // believe no key: make every page again
	Jobs     int  // at most so many pages at once
	Progress func(done, total int)
}

// Result counts what Apply did.
type Result struct {
	Pages   int   // planned
	New     int   // written where nothing was
	Changed int   // written over another version
	Same    int   // made again with the same bytes; not touched
	Kept    int   // key unchanged; not made
	Removed int   // ours and no longer planned
	Bytes   int64 // written
	Foreign int   // files that are not ours (counted when there was no manifest, or deleted by Clean)
}

var errLocked = errors.New("locked")

// Open prepares the destination dir, whose manifests are kept below state. It
// creates nothing. An existing destination is locked until Close; a problem
// with code diag.OutputLocked says that another build has it.
func Open(dir, state string) (*Tree, error) {
	record, err := recordPath(dir, state)
	if err != nil {
		return nil, err
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return nil, err
	}
	t := &Tree{dir: dir, record: record}
	if info, err := os.Stat(dir); err == nil {
		if !info.IsDir() {
			return nil, unwritable(dir, errors.New("the destination is not a folder"))
		}
		if err := t.lock(); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// recordPath is where the manifest of dir is kept. Named by the way from the
// state to the destination, it stays valid when a site moves with its output,
// as between CI machines.
func recordPath(dir, state string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	if state, err = filepath.Abs(state); err != nil {
		return "", err
	}
	way, err := filepath.Rel(state, dir)
	if err != nil {
		way = dir
	}
	sum := sha256.Sum256([]byte(filepath.ToSlash(way)))
	return filepath.Join(state, "output-"+hex.EncodeToString(sum[:6])+".manifest"), nil
}

// Close gives the destination free.
func (t *Tree) Close() {
	if t.release != nil {
		t.release()
		t.release = nil
	}
}

func (t *Tree) lock() error {
	if t.release != nil {
		return nil
	}
	release, err := lock(t.dir)
	switch {
	case errors.Is(err, errLocked):
		return diag.Problem{
			Code: diag.OutputLocked, Severity: diag.Error, Position: diag.Position{Path: t.dir},
			Message: "another build is writing to the destination",
			Remedy:  "wait until it is done, or choose another --destination",
		}
	case err != nil:
		return unwritable(t.dir, err)
	}
	t.release = release
	return nil
}

// Hold takes a folder, which must exist, for a process that uses it alone and for
// long: ok is false when another one has it. It is not the lock that Apply takes,
// and must not be taken of a destination. Where the system has no locks, everybody
// gets it.
func Hold(dir string) (release func(), ok bool, err error) {
	release, err = lock(dir)
	if errors.Is(err, errLocked) {
		return nil, false, nil
	}
	return release, err == nil, err
}

// Apply makes the destination hold exactly pages, which Sort has ordered and
// found free of collisions. The problems are warnings, or errors of pages that
// could not be made, in which case nothing was published.
func (t *Tree) Apply(ctx context.Context, pages []Page, o Options) (Result, []diag.Problem, error) {
	if err := os.MkdirAll(t.dir, 0o755); err != nil {
		return Result{}, nil, unwritable(t.dir, err)
	}
	if err := t.lock(); err != nil {
		return Result{}, nil, err
	}
	stage := filepath.Join(t.dir, stageDir)
	if err := os.RemoveAll(stage); err != nil {
		return Result{}, nil, unwritable(stage, err)
	}
	old, recovering, problems, err := t.recorded()
	if err != nil {
		return Result{}, problems, err
	}
	listed, err := os.ReadDir(t.dir)
	if err != nil {
		return Result{}, problems, unwritable(t.dir, err)
	}
	u := &update{
		tree: t, stage: stage, pages: pages, old: old, options: o, empty: len(listed) == 0, recovering: recovering,
		match: make([]int32, len(pages)), fate: make([]fate, len(pages)), made: make([]stamp, len(pages)),
	}
	u.result.Pages = len(pages)
	u.pair()
	defer os.RemoveAll(stage)
	failed, err := u.make(ctx)
	problems = append(problems, failed...)
	if err != nil || len(failed) > 0 {
		return u.result, problems, err
	}
	if err := u.publish(ctx); err != nil {
		return u.result, problems, err
	}
	if o.Clean || (len(old) == 0 && !u.empty) {
		foreign, err := u.foreign()
		if err != nil {
			return u.result, problems, err
		}
		problems = append(problems, foreign...)
	}
	return u.result, problems, nil
}

// recorded reads what the last build left: its manifest, and the next manifest
// of a build that did not finish: then it is recovering.
func (t *Tree) recorded() (owned []entry, recovering bool, problems []diag.Problem, err error) {
	read := func(name string) ([]entry, error) {
		entries, err := readManifest(name)
		if errors.Is(err, errManifest) {
			problems = append(problems, diag.Problem{
				Code: diag.OutputState, Severity: diag.Warning, Position: diag.Position{Path: name},
				Message: "the record of the last build is damaged or of another version, and is discarded",
				Remedy:  "nothing to do; every page is made again",
			})
			return nil, nil
		}
		if err != nil {
			return nil, diag.Problem{
				Code: diag.Unreadable, Severity: diag.Error, Position: diag.Position{Path: name},
				Message: fmt.Sprintf("cannot read the record of the last build: %v", err),
				Remedy:  "check the permissions of the cache folder, or delete it",
			}
		}
		return entries, nil
	}
	last, err := read(t.record)
	if err != nil {
		return nil, false, nil, err
	}
	next, err := read(t.record + ".next")
	if err != nil {
		return nil, false, nil, err
	}
	if len(next) == 0 {
		return last, false, problems, nil
	}
	merged := make([]entry, 0, len(last)+len(next))
	for len(last) > 0 || len(next) > 0 {
		switch {
		case len(next) == 0 || (len(last) > 0 && last[0].path < next[0].path):
			merged, last = append(merged, last[0]), last[1:]
		case len(last) == 0 || next[0].path < last[0].path:
			merged, next = append(merged, next[0]), next[1:]
		default:
			e := last[0]
			if size, mtime, ok := statFile(filepath.Join(t.dir, next[0].path)); ok && size == next[0].size && mtime == next[0].mtime {
				e = next[0]
			}
			merged, last, next = append(merged, e), last[1:], next[1:]
		}
	}
	return merged, true, problems, nil
}

// unwritable wraps an error of the file system as a problem with a remedy.
func unwritable(path string, err error) error {
	var p diag.Problem
	if errors.As(err, &p) {
		return p
	}
	message, remedy := err.Error(), "check that the folder exists and may be written"
	var detail *fs.PathError
	if errors.As(err, &detail) {
		message = detail.Op + ": " + detail.Err.Error()
	}
	switch {
	case errors.Is(err, syscall.ENOSPC):
		message, remedy = "the disk is full", "free some space and build again; the destination is still consistent"
	case errors.Is(err, syscall.EDQUOT):
		message, remedy = "the disk quota is used up", "free some space and build again; the destination is still consistent"
	case errors.Is(err, syscall.EROFS):
		message, remedy = "the file system is read-only", "choose another --destination or --cache-dir"
	case errors.Is(err, fs.ErrPermission):
		message, remedy = "permission denied", "check the owner and the mode of the folder, or choose another --destination or --cache-dir"
	}
	return diag.Problem{
		Code: diag.Unwritable, Severity: diag.Error, Position: diag.Position{Path: path},
		Message: "cannot write: " + message, Remedy: remedy,
	}
}

// foreign finds the files that are not ours, and deletes them with Clean.
func (u *update) foreign() ([]diag.Problem, error) {
	var names []string
	err := filepath.WalkDir(u.tree.dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name == u.stage {
				return fs.SkipDir
			}
			return nil
		}
		rel, err := filepath.Rel(u.tree.dir, name)
		if err != nil {
			return err
		}
		if rel = filepath.ToSlash(rel); !u.planned(rel) {
			names = append(names, rel)
		}
		return nil
	})
	if err != nil {
		return nil, unwritable(u.tree.dir, err)
	}
	u.result.Foreign = len(names)
	if len(names) == 0 {
		return nil, nil
	}
	if u.options.Clean {
		return nil, u.remove(names)
	}
	shown := names[:min(len(names), 5)]
	text := strings.Join(shown, ", ")
	if len(names) > len(shown) {
		text += fmt.Sprintf(" and %d more", len(names)-len(shown))
	}
	return []diag.Problem{{
		Code: diag.OutputForeign, Severity: diag.Warning, Position: diag.Position{Path: u.tree.dir},
		Message: "the destination holds files that no build recorded: " + text,
		Remedy:  "they are left alone; build with --clean to delete them",
	}}, nil
}

func (u *update) planned(path string) bool {
	_, found := slices.BinarySearchFunc(u.pages, path, func(p Page, path string) int { return strings.Compare(p.Path, path) })
	return found
}
