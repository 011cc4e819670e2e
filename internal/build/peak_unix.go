//go:build linux || darwin

package build

import (
	"runtime"
	"syscall"
)

// peakMemory returns the most memory, in bytes, that the process had in RAM so
// far, as the system counted it.
func peakMemory() uint64 {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	if runtime.GOOS == "linux" {
		return uint64(u.Maxrss) * 1024 // Linux counts in kilobytes, Darwin in bytes
	}
	return uint64(u.Maxrss)
}
