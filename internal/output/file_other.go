//go:build !unix

package output

import "os"

func writeFile(name string, data []byte) (mtime int64, err error) {
	if err := os.WriteFile(name, data, 0o644); err != nil {
		return 0, err
	}
	info, err := os.Lstat(name)
	if err != nil {
		return 0, err
	}
	return info.ModTime().UnixNano(), nil
}

func statFile(name string) (size, mtime int64, ok bool) {
	info, err := os.Lstat(name)
	if err != nil || !info.Mode().IsRegular() {
		return 0, 0, false
	}
	return info.Size(), info.ModTime().UnixNano(), true
}

// lock does nothing: Windows keeps two writers apart by refusing the second.
func lock(string) (release func(), err error) { return func() {}, nil }

func syncTree(string) error { return nil }

func syncFolder(string) error { return nil }
