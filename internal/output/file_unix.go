//go:build unix

package output

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// A build writes up to millions of files, so the common calls go to the system
// directly: os.File would add a poller registration and a finalizer a file.

// writeFile creates name with data and returns its modification time. The
// folder must exist.
func writeFile(name string, data []byte) (mtime int64, err error) {
	fd, err := retry(func() (int, error) {
		return syscall.Open(name, syscall.O_WRONLY|syscall.O_CREAT|syscall.O_TRUNC|syscall.O_CLOEXEC, 0o644)
	})
	if err != nil {
		return 0, &fs.PathError{Op: "create", Path: name, Err: err}
	}
	for rest := data; len(rest) > 0; {
		n, err := retry(func() (int, error) { return syscall.Write(fd, rest) })
		if err != nil {
			syscall.Close(fd)
			return 0, &fs.PathError{Op: "write", Path: name, Err: err}
		}
		rest = rest[n:]
	}
	var st syscall.Stat_t
	if err := syscall.Fstat(fd, &st); err != nil {
		syscall.Close(fd)
		return 0, &fs.PathError{Op: "stat", Path: name, Err: err}
	}
	if err := syscall.Close(fd); err != nil {
		return 0, &fs.PathError{Op: "close", Path: name, Err: err}
	}
	return modified(&st), nil
}

// statFile gives size and modification time of a regular file.
func statFile(name string) (size, mtime int64, ok bool) {
	var st syscall.Stat_t
	if err := syscall.Lstat(name, &st); err != nil || st.Mode&syscall.S_IFMT != syscall.S_IFREG {
		return 0, 0, false
	}
	return st.Size, modified(&st), true
}

// syncFolder makes the names in a folder durable, where the file system can.
func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := f.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, syscall.ENOTSUP) {
		return err
	}
	return nil
}

func retry(call func() (int, error)) (int, error) {
	for {
		n, err := call()
		if err != syscall.EINTR {
			return n, err
		}
	}
}

// lock takes the exclusive lock of a folder without leaving a file in it; the
// system drops it when the process ends, however it ends.
func lock(dir string) (release func(), err error) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	_, err = retry(func() (int, error) { return 0, syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) })
	switch {
	case errors.Is(err, syscall.EWOULDBLOCK):
		f.Close()
		return nil, errLocked
	case errors.Is(err, syscall.ENOTSUP), errors.Is(err, syscall.ENOLCK), errors.Is(err, syscall.EINVAL):
		// Some network file systems have no locks; refusing to build there
		// would be worse than not noticing a second build.
		return func() { f.Close() }, nil
	case err != nil:
		f.Close()
		return nil, err
	}
	return func() { f.Close() }, nil
}
