//go:build unix

package build

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// openTree gives a folder as a file system whose ReadFile goes to the system
// directly. A build reads each source up to three times (extraction, page,
// index), and os.Open adds seven calls a file for pollers that files have not.
func openTree(dir string) fs.FS { return tree{os.DirFS(dir), dir} }

type tree struct {
	fs.FS
	dir string
}

// ReadFile implements fs.ReadFileFS.
func (t tree) ReadFile(name string) ([]byte, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	fail := func(op string, err error) ([]byte, error) { return nil, &fs.PathError{Op: op, Path: name, Err: err} }
	fd, err := uninterrupted(func() (int, error) {
		return syscall.Open(filepath.Join(t.dir, name), syscall.O_RDONLY|syscall.O_CLOEXEC, 0)
	})
	if err != nil {
		return fail("open", err)
	}
	defer syscall.Close(fd)
	var st syscall.Stat_t
	if err := syscall.Fstat(fd, &st); err != nil {
		return fail("stat", err)
	}
	data := make([]byte, 0, max(int(st.Size), 0)+1) // one more, so that the end shows without growing
	for {
		n, err := uninterrupted(func() (int, error) { return syscall.Read(fd, data[len(data):cap(data)]) })
		if err != nil {
			return fail("read", err)
		}
		data = data[:len(data)+n]
		if n == 0 {
			return data, nil
		}
		if len(data) == cap(data) {
			data = append(data, 0)[:len(data)]
		}
	}
}

// ReadDir and Stat of os.DirFS are as good as it gets.
func (t tree) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(t.FS, name) }
func (t tree) Stat(name string) (fs.FileInfo, error)      { return fs.Stat(t.FS, name) }

func uninterrupted(call func() (int, error)) (int, error) {
	for {
		n, err := call()
		if err != syscall.EINTR {
			return n, err
		}
	}
}
