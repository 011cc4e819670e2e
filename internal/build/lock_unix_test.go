//go:build unix

package build

import (
	"os"
	"syscall"
	"testing"
)

// holdLock takes the lock of a folder as another build would.
func holdLock(t *testing.T, dir *os.File) (release func()) {
	if err := syscall.Flock(int(dir.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		t.Fatal(err)
	}
	return func() {
		if err := syscall.Flock(int(dir.Fd()), syscall.LOCK_UN); err != nil {
			t.Fatal(err)
		}
	}
}
