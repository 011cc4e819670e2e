package render

import (
	"errors"
	"io/fs"
	"slices"
	"strings"

	"warraq/static"
	"warraq/templates"
)

var (
	embeddedTemplates fs.FS = templates.FS
	embeddedStatic    fs.FS = static.FS
)

// overlay is a folder of the site above the embedded folder of the same name:
// a file of the upper one hides the lower one's.
type overlay struct {
	upper, lower fs.FS
}

// read returns a file and whether it is the site's own.
func (o overlay) read(name string) (data []byte, own bool, err error) {
	if o.upper != nil {
		data, err = fs.ReadFile(o.upper, name)
		if !errors.Is(err, fs.ErrNotExist) {
			return data, true, err
		}
	}
	data, err = fs.ReadFile(o.lower, name)
	return data, false, err
}

// list returns the names of all files of both folders, sorted. Hidden files and
// Go files are no part of a site: the project's own folders hold an embed.go.
func (o overlay) list() ([]string, error) {
	var names []string
	for _, fsys := range []fs.FS{o.upper, o.lower} {
		if fsys == nil {
			continue
		}
		err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
			switch {
			case errors.Is(err, fs.ErrNotExist) && name == ".":
				return fs.SkipAll
			case err != nil:
				return err
			case name != "." && strings.HasPrefix(d.Name(), "."):
				if d.IsDir() {
					return fs.SkipDir
				}
			case !d.IsDir() && !strings.HasSuffix(name, ".go"):
				names = append(names, name)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}
