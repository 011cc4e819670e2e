package output

import (
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

func modified(st *syscall.Stat_t) int64 { return st.Mtim.Nano() }

// syncTree makes everything written so far durable with one call, where a sync
// a file would cost a disk flush each.
func syncTree(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	return unix.Syncfs(int(f.Fd()))
}
