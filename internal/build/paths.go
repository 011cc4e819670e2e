package build

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"warraq/internal/diag"
	"warraq/internal/source"
)

// named turns paths of the command line into sources. A path inside the content
// folder gets its name there, any other keeps the name as given; a folder
// stands for the sources in it.
func named(root string, paths []string) ([]source.File, []diag.Problem) {
	var files []source.File
	var problems []diag.Problem
	for _, path := range paths {
		err := filepath.WalkDir(path, func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() {
				return nil
			}
			shown := nameOf(root, name)
			kind, known := source.KindOf(shown)
			switch {
			case !known && name != path:
				return nil
			case !known:
				kind = source.Text // asked for by name: show what it holds
			}
			files = append(files, source.File{Path: shown, Kind: kind})
			return nil
		})
		if err != nil {
			var detail *fs.PathError
			if errors.As(err, &detail) {
				err = detail.Err
			}
			problems = append(problems, diag.Problem{
				Code: diag.Unreadable, Severity: diag.Error, Position: diag.Position{Path: filepath.ToSlash(path)},
				Message: "cannot read: " + err.Error(), Remedy: "check the name and the permissions",
			})
		}
	}
	slices.SortFunc(files, func(a, b source.File) int { return strings.Compare(a.Path, b.Path) })
	files = slices.CompactFunc(files, func(a, b source.File) bool { return a.Path == b.Path })
	return files, problems
}

func nameOf(root, name string) string {
	content, err1 := filepath.Abs(filepath.Join(root, "content"))
	full, err2 := filepath.Abs(name)
	if errors.Join(err1, err2) == nil {
		if rel, err := filepath.Rel(content, full); err == nil && filepath.IsLocal(rel) {
			return filepath.ToSlash(rel)
		}
	}
	return filepath.ToSlash(name)
}

// anywhere reads names of the content folder there and any other from the
// system, which an fs.FS proper could not: "../x" is no valid path of one.
type anywhere struct{ content fs.FS }

func (a anywhere) Open(name string) (fs.File, error) {
	if fs.ValidPath(name) {
		if f, err := a.content.Open(name); err == nil {
			return f, nil
		}
	}
	return os.Open(filepath.FromSlash(name))
}

// underIfThere is under for problems of sources of which some lie outside the
// content folder: those keep the name that the command line gave them.
func underIfThere(root string, problems []diag.Problem) []diag.Problem {
	for i := range problems {
		p := &problems[i]
		if !filepath.IsLocal(filepath.FromSlash(p.Path)) {
			continue
		}
		if _, err := os.Stat(filepath.Join(root, "content", filepath.FromSlash(p.Path))); err == nil {
			p.Path = "content/" + p.Path
		}
	}
	return problems
}
