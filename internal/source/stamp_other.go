//go:build !linux

package source

import "io/fs"

// StampOf takes the stamp of a file: size and modification time, which is
// what every system has.
func StampOf(info fs.FileInfo) Stamp {
	return Stamp{Size: info.Size(), MTime: info.ModTime().UnixNano()}
}
