package build

import (
	"crypto/sha256"
	"fmt"
	"hash"
	"io"
	"io/fs"

	"warraq/internal/archive"
)

// listener is a file system that hashes what is read through it, so that what a
// stage depends on need not be told twice: by the stage that reads it and by a
// list of names here, which would miss the file that is added tomorrow. It
// serves one goroutine.
type listener struct {
	fsys  fs.FS
	heard hash.Hash
}

func listen(fsys fs.FS) *listener { return &listener{fsys, sha256.New()} }

func (l *listener) hash() archive.Hash { return archive.Hash(l.heard.Sum(nil)[:16]) }

func (l *listener) hear(what, name string, data []byte, err error) {
	fmt.Fprintf(l.heard, "%s %q %d %v\n", what, name, len(data), err)
	l.heard.Write(data)
}

// ReadFile implements fs.ReadFileFS.
func (l *listener) ReadFile(name string) ([]byte, error) {
	data, err := fs.ReadFile(l.fsys, name)
	l.hear("file", name, data, err)
	return data, err
}

// ReadDir implements fs.ReadDirFS.
func (l *listener) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(l.fsys, name)
	var listed []byte
	for _, e := range entries {
		listed = fmt.Appendf(listed, "%q %v\n", e.Name(), e.Type())
	}
	l.hear("folder", name, listed, err)
	return entries, err
}

// Open implements fs.FS. What is read of a file counts as if all of it were.
func (l *listener) Open(name string) (fs.File, error) {
	f, err := l.fsys.Open(name)
	if err != nil {
		l.hear("open", name, nil, err)
		return nil, err
	}
	info, err := f.Stat()
	if err != nil || info.IsDir() {
		_, err = l.ReadDir(name)
		return f, err
	}
	data, err := io.ReadAll(f)
	l.hear("open", name, data, err)
	f.Close()
	return l.fsys.Open(name)
}

// folderHash hashes the files of a folder of the site, which may be missing.
func folderHash(fsys fs.FS) (archive.Hash, error) {
	if fsys == nil {
		return archive.Hash{}, nil
	}
	l := listen(fsys)
	err := fs.WalkDir(l, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		_, err = l.ReadFile(name)
		return err
	})
	return l.hash(), err
}
