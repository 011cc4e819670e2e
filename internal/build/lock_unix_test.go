//go:build unix

package build

import (
	"context"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"warraq/internal/diag"
)

func TestASecondBuildIntoOneDestinationIsRefused(t *testing.T) {
	s := newEdited(t, 1)
	s.build()
	dir, err := os.Open(filepath.Join(s.dir, "public"))
	if err != nil {
		t.Fatal(err)
	}
	defer dir.Close()
	release := holdLock(t, dir)
	_, problems, err := Run(context.Background(), Options{Source: s.dir, Now: s.now})
	if err != nil || len(problems) == 0 || problems[0].Code != diag.OutputLocked || !problems[0].IsFailure() {
		t.Errorf("got %v, %v", problems, err)
	}
	release()
	s.build()
}

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
