package output

import (
	"crypto/sha256"
	"errors"
	"io"
	"os"
)

// errForgotten is what a page of Tree.Pages fails with when it is to be written.
var errForgotten = errors.New("only its key is known")

// Pages gives the pages of the last build, in order, with a hash of the record
// that they are from. Given to Apply they find the destination as it was left,
// or fail with errForgotten and change nothing. ok is false when there is no
// sound record, or that of a build that did not finish.
func (t *Tree) Pages() (pages []Page, hash [sha256.Size]byte, ok bool) {
	data, err := os.ReadFile(t.record)
	if err != nil {
		return nil, hash, false
	}
	if _, err := os.Lstat(t.record + ".next"); !errors.Is(err, os.ErrNotExist) {
		return nil, hash, false
	}
	entries, err := parseManifest(data)
	if err != nil {
		return nil, hash, false
	}
	pages = make([]Page, len(entries))
	for i := range entries {
		pages[i] = Page{Path: entries[i].path, Key: entries[i].key, Write: forgotten}
	}
	return pages, sha256.Sum256(data), true
}

func forgotten(io.Writer) error { return errForgotten }

// StatePath is the place for a file of another room's about the builds into dir,
// beside their manifest below state.
func StatePath(dir, state, kind string) (string, error) {
	record, err := recordPath(dir, state)
	return record + "." + kind, err
}

// Recorded lists the paths that the last build into dir left there, by the
// manifest kept below state; nil when there is none or it cannot be used.
func Recorded(dir, state string) ([]string, error) {
	record, err := recordPath(dir, state)
	if err != nil {
		return nil, err
	}
	entries, err := readManifest(record)
	if errors.Is(err, errManifest) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	paths := make([]string, len(entries))
	for i, e := range entries {
		paths[i] = e.path
	}
	return paths, nil
}
