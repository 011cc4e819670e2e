//go:build unix

package store

import (
	"os"
	"syscall"
)

// lock takes the folder's lock, which the system drops when the process ends.
func lock(dir string) (func(), error) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err == syscall.EWOULDBLOCK {
		f.Close()
		return nil, err
	}
	return func() { f.Close() }, nil
}
