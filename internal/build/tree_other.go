//go:build !unix

package build

import (
	"io/fs"
	"os"
)

func openTree(dir string) fs.FS { return os.DirFS(dir) }
