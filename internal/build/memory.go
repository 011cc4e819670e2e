package build

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/gob"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"warraq/internal/archive"
	"warraq/internal/civil"
	"warraq/internal/diag"
	"warraq/internal/output"
)

// A build of what the last build was made of ends without assembling and
// planning: they would give the pages of the manifest and the problems of the
// last time. What the last build was made of, and what it said, is its memory.
// It lies beside the manifest of its destination and is bound to it by a hash,
// so that a memory and a tree that do not belong together are never believed.
//
// Everything is hashed by content, so a fresh checkout of the same sources is
// recognised too. A memory is disposable: one that is missing, damaged, of
// another version or of other input only means that the build goes all the way.
type memory struct {
	Input    archive.Hash // of all that pages are made of, but for the build day
	Manifest [32]byte     // of the tree that was left
	Since    civil.Date   // build days that publish the same,
	Until    civil.Date   // as archive.Archive has them
	Problems []diag.Problem
	Content  Content
}

// memoryMagic changes with the meaning of memory's fields.
const memoryMagic = "warraq memory 1\n"

func recall(name string) (*memory, bool) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, false
	}
	body, ok := bytes.CutPrefix(data, []byte(memoryMagic))
	if !ok || len(body) < sha256.Size {
		return nil, false
	}
	sum, body := [sha256.Size]byte(body), body[sha256.Size:]
	if sha256.Sum256(body) != sum {
		return nil, false
	}
	m := &memory{}
	if err := gob.NewDecoder(bytes.NewReader(body)).Decode(m); err != nil {
		return nil, false
	}
	return m, true
}

// keep writes the memory, or leaves none: an old one would do no harm, but no
// good either.
func (m *memory) keep(name string) error {
	var body bytes.Buffer
	err := gob.NewEncoder(&body).Encode(m)
	if err == nil {
		sum := sha256.Sum256(body.Bytes())
		err = os.WriteFile(name+".new", append(append([]byte(memoryMagic), sum[:]...), body.Bytes()...), 0o644)
	}
	if err == nil {
		err = os.Rename(name+".new", name)
	}
	if err == nil {
		return nil
	}
	for _, old := range []string{name + ".new", name} {
		if gone := os.Remove(old); !errors.Is(gone, fs.ErrNotExist) {
			err = errors.Join(err, gone)
		}
	}
	return err
}

// input hashes what the pages and problems of a site depend on; ok is false
// when that cannot be told. The build day is not part of it, see memory.Since.
func (l *looked) input() (h archive.Hash, ok bool) {
	templates, err1 := folderHash(folder(l.options.Source, "templates"))
	static, err2 := folderHash(folder(l.options.Source, "static"))
	if errors.Join(err1, err2) != nil {
		return archive.Hash{}, false // the stage that reads them says why
	}
	site := l.config
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %x %t %t %t %x %x %x %x %x",
		l.options.Version, site.Key, site.BuildDrafts, site.BuildFuture, site.BuildExpired,
		draftsKey(l.options.Version, l.editorial, site), l.edited, l.drafts, templates, static))
	return archive.Hash(sum[:16]), true
}

// repeat ends a build that has nothing to make: where the memory of the last
// one is of the same input, its pages are planned again from the manifest, and
// each is found as it was left. The result is nil where the build must go on,
// with nothing changed. said are the problems of this build so far.
func (l *looked) repeat(ctx context.Context, input archive.Hash, said []diag.Problem) (*memory, *output.Result, []diag.Problem) {
	o := l.options
	name, err := output.StatePath(o.Destination, o.CacheDir, "memory")
	if err != nil {
		return nil, nil, nil
	}
	m, ok := recall(name)
	day := buildDay(o, l.config)
	if !ok || m.Input != input || day.Compare(m.Since) < 0 || !m.Until.IsZero() && day.Compare(m.Until) >= 0 {
		return nil, nil, nil
	}
	if blocked(said, o.Strict) || blocked(m.Problems, o.Strict) {
		return nil, nil, nil
	}
	tree, err := output.Open(o.Destination, o.CacheDir)
	if err != nil {
		return nil, nil, nil // said again, and reported, when pages are to be written
	}
	defer tree.Close()
	pages, manifest, ok := tree.Pages()
	if !ok || manifest != m.Manifest {
		return nil, nil, nil
	}
	result, problems, err := tree.Apply(ctx, pages, output.Options{
		Clean: o.Clean, Jobs: o.Jobs,
		Progress: func(done, total int) { o.Progress("writing", done, total) },
	})
	if err != nil {
		return nil, nil, nil
	}
	return m, &result, problems
}

// remember keeps what a finished build was made of and said. Problems are
// warnings.
func (l *looked) remember(tree *output.Tree, input archive.Hash, s *Site, said []diag.Problem) []diag.Problem {
	name, err := output.StatePath(l.options.Destination, l.options.CacheDir, "memory")
	after, sure := l.input()
	_, manifest, recorded := tree.Pages()
	if err != nil || !sure || after != input || !recorded {
		return nil // a template was saved while the build ran
	}
	m := memory{
		Input: input, Manifest: manifest, Since: s.Archive.Since, Until: s.Archive.Until,
		Problems: slices.DeleteFunc(slices.Clone(said), func(p diag.Problem) bool { return p.Code == diag.CacheUnusable }),
		Content:  countContent(s),
	}
	if err := m.keep(name); err != nil {
		return []diag.Problem{{
			Code: diag.CacheUnusable, Severity: diag.Warning, Position: diag.Position{Path: name},
			Message: "the cache could not be written: " + err.Error(),
			Remedy:  "the build is complete; the next one will be slower. Check the disk, or choose another --cache-dir",
		}}
	}
	return nil
}
