// Package sitetest tests whole sites: a tree of content goes in, the built
// site and what the program said come out.
//
// Each testdata/*.txtar is a script (see the testscript package) that ships its
// site's files and runs the real program. Besides the standard commands there
// are:
//
//	select FILE SELECTOR TEXT…   an element of FILE matches SELECTOR and holds TEXT
//	! select FILE SELECTOR       no element matches
//	count FILE SELECTOR N        exactly N elements match
//	crawl DIR [BASEPATH]         every page of DIR is sound by package audit
//	same DIR DIR                 two trees hold equal bytes
//	exits CODE PROGRAM ARGS…     the exact exit code
//	grepall DIR TEXT             some file below DIR holds TEXT
package sitetest

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
)

// Trees compares two folders and returns the first few differences.
func Trees(a, b string) ([]string, error) {
	read := func(dir string) (map[string]string, error) {
		files := map[string]string{}
		return files, filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			raw, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			rel, err := filepath.Rel(dir, name)
			files[filepath.ToSlash(rel)] = string(raw)
			return err
		})
	}
	left, err := read(a)
	if err != nil {
		return nil, err
	}
	right, err := read(b)
	if err != nil {
		return nil, err
	}
	var diffs []string
	for name, bytes := range left {
		other, ok := right[name]
		switch {
		case !ok:
			diffs = append(diffs, name+": only in "+a)
		case other != bytes:
			diffs = append(diffs, name+": differs")
		}
	}
	for name := range right {
		if _, ok := left[name]; !ok {
			diffs = append(diffs, name+": only in "+b)
		}
	}
	sort.Strings(diffs)
	if len(diffs) > 20 {
		diffs = append(diffs[:20], fmt.Sprintf("and %d more", len(diffs)-20))
	}
	return diffs, nil
}
