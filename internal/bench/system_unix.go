//go:build linux || darwin

package main

import (
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"syscall"
)

// flushDisks waits until everything written so far is on the disks.
func flushDisks() { syscall.Sync() }

// peakMemory is the most memory, in bytes, that a program which has ended had in RAM.
func peakMemory(of *os.ProcessState) int64 {
	u, ok := of.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "linux" {
		return u.Maxrss * 1024 // Linux counts in kilobytes, Darwin in bytes
	}
	return u.Maxrss
}

// sizeOnDisk is the room that a file or folder takes, in whole blocks.
func sizeOnDisk(info fs.FileInfo) int64 {
	s, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return info.Size()
	}
	return s.Blocks * 512
}

// freeSpace is the room for us on the disk of a folder.
func freeSpace(dir string) (int64, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return 0, fmt.Errorf("free space of %s: %w", dir, err)
	}
	return int64(s.Bavail) * int64(s.Bsize), nil
}
