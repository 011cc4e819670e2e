//go:build linux

package output

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"warraq/internal/diag"
)

// disk mounts a small file system of its own.
func disk(t *testing.T, options string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, options); err != nil {
		t.Skipf("no small disk to fill: mounting one: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// free gives the blocks and files that a disk has left.
func free(t *testing.T, dir string) (bytes, files uint64) {
	t.Helper()
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		t.Fatal(err)
	}
	return s.Bavail * uint64(s.Bsize), s.Ffree
}

// small and large are two states of a site: the second has more and longer pages
// in more folders, and lacks one of the first.
func small() map[string]string {
	return map[string]string{"index.html": "home", "a/index.html": "page a", "b/index.html": "page b", "gone/index.html": "page"}
}

func large() map[string]string {
	tree := map[string]string{"index.html": "new home", "a/index.html": "page a", "b/index.html": strings.Repeat("longer b ", 2000)}
	for i := range 12 {
		tree[fmt.Sprintf("n/%d/index.html", i)] = strings.Repeat(fmt.Sprint("page ", i), 1500)
	}
	return tree
}

// fullDisk tries to build large. An error must say what is wrong.
func (s site) fullDisk() (failed bool) {
	s.Helper()
	_, _, err := s.try(pagesOf(large()), Options{Jobs: 2})
	if err == nil {
		return false
	}
	var p diag.Problem
	if !errors.As(err, &p) || p.Code != diag.Unwritable || !strings.Contains(p.Message, "the disk is full") || p.Remedy == "" {
		s.Errorf("a full disk is reported as: %v", err)
	}
	if _, err := os.Lstat(filepath.Join(s.dir, stageDir)); err == nil {
		s.Error("the failed build left its stage folder, which holds the room it lacked")
	}
	return true
}

func TestAFullDestinationLeavesTheOldTree(t *testing.T) {
	failures := 0
	for room := uint64(0); ; room += 8 << 10 {
		base := disk(t, "size=2m")
		s := site{t, filepath.Join(base, "public"), t.TempDir()}
		s.apply(small(), Options{})
		manifest := s.manifest()
		left, _ := free(t, base)
		filler := filepath.Join(base, "filler")
		if err := os.WriteFile(filler, make([]byte, left-room), 0o644); err != nil {
			t.Fatal(err)
		}
		if !s.fullDisk() {
			break
		}
		failures++
		s.holds(small())
		if !bytes.Equal(s.manifest(), manifest) {
			t.Errorf("%d KB free: the failed build changed the manifest", room>>10)
		}
		s.completes(filler)
	}
	if failures < 10 {
		t.Errorf("only %d sizes of the disk were too small", failures)
	}
}

// Folders need files of the disk too, and some are made while publishing: the
// tree may then stand between the two states, as after a kill, and the next
// build completes it.
func TestADiskOutOfFilesIsRepaired(t *testing.T) {
	failures := 0
	for room := uint64(0); room < 60; room++ {
		base := disk(t, "size=2m,nr_inodes=200")
		s := site{t, filepath.Join(base, "public"), t.TempDir()}
		s.apply(small(), Options{})
		_, left := free(t, base)
		filler := filepath.Join(base, "filler")
		if err := os.Mkdir(filler, 0o755); err != nil {
			t.Fatal(err)
		}
		for i := range left - 1 - room {
			if err := os.WriteFile(filepath.Join(filler, fmt.Sprint(i)), nil, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if !s.fullDisk() {
			break
		}
		failures++
		files, _ := s.tree()
		for path, text := range files {
			if text != small()[path] && text != large()[path] {
				t.Errorf("%d files free: %s is of neither build", room, path)
			}
		}
		s.completes(filler)
	}
	if failures < 10 {
		t.Errorf("only %d disks had too few files", failures)
	}
}

// The manifest's disk may be another one.
func TestAFullCacheFolderLeavesTheOldTree(t *testing.T) {
	state := disk(t, "size=64k")
	s := site{t, filepath.Join(t.TempDir(), "public"), state}
	s.apply(small(), Options{})
	manifest := s.manifest()
	left, _ := free(t, state)
	filler := filepath.Join(state, "filler")
	if err := os.WriteFile(filler, make([]byte, left), 0o644); err != nil {
		t.Fatal(err)
	}
	if !s.fullDisk() {
		t.Fatal("the manifest was written to a full disk")
	}
	s.holds(small())
	if !bytes.Equal(s.manifest(), manifest) {
		t.Error("the failed build changed the manifest")
	}
	s.completes(filler)
}

func TestAReadOnlyDiskLeavesTheOldTree(t *testing.T) {
	base := disk(t, "size=2m")
	s := site{t, filepath.Join(base, "public"), t.TempDir()}
	s.apply(small(), Options{})
	manifest := s.manifest()
	if err := syscall.Mount("", base, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Skipf("no read-only disk: %v", err)
	}
	_, _, err := s.try(pagesOf(large()), Options{})
	var p diag.Problem
	if !errors.As(err, &p) || p.Code != diag.Unwritable || !strings.Contains(p.Message, "read-only") {
		t.Errorf("a read-only disk is reported as: %v", err)
	}
	s.holds(small())
	if !bytes.Equal(s.manifest(), manifest) {
		t.Error("the failed build changed the manifest")
	}
}

// completes makes room again and expects the next build to leave just its tree.
func (s site) completes(filler string) {
	s.Helper()
	if err := os.RemoveAll(filler); err != nil {
		s.Fatal(err)
	}
	_, problems := s.apply(large(), Options{})
	if len(problems) > 0 {
		s.Error(problems)
	}
	s.holds(large())
}

func (s site) manifest() []byte {
	s.Helper()
	name, err := recordPath(s.dir, s.state)
	if err != nil {
		s.Fatal(err)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		s.Fatal(err)
	}
	return data
}
