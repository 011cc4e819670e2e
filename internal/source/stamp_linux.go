package source

import (
	"io/fs"
	"syscall"
)

// StampOf takes the stamp of a file.
func StampOf(info fs.FileInfo) Stamp {
	s := Stamp{Size: info.Size(), MTime: info.ModTime().UnixNano()}
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		s.CTime = st.Ctim.Nano()
		s.Inode = st.Ino
	}
	return s
}
