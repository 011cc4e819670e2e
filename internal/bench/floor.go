package main

import (
	"bufio"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

// floor is the least any generator must do: read every source file, write
// every output file. Its arguments are the content folder, a list of paths and
// sizes as listTree writes it, and the folder to write to.
func floor(args []string) error {
	if len(args) != 3 {
		return fmt.Errorf("floor CONTENT LIST DESTINATION")
	}
	var sources []string
	err := filepath.WalkDir(args[0], func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			sources = append(sources, name)
		}
		return err
	})
	if err != nil {
		return err
	}
	list, err := os.ReadFile(args[1])
	if err != nil {
		return err
	}
	type file struct {
		path string
		size int
	}
	var files []file
	largest := 0
	for line := range strings.Lines(string(list)) {
		size, path, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		n, err := strconv.Atoi(size)
		if err != nil {
			return err
		}
		files = append(files, file{path, n})
		largest = max(largest, n)
	}
	bytes := []byte(strings.Repeat("x", largest))
	if err := each(len(sources), func(i int) error {
		_, err := os.ReadFile(sources[i])
		return err
	}); err != nil {
		return err
	}
	return each(len(files), func(i int) error {
		name := filepath.Join(args[2], files[i].path)
		err := os.WriteFile(name, bytes[:files[i].size], 0o644)
		if os.IsNotExist(err) {
			if err = os.MkdirAll(filepath.Dir(name), 0o755); err == nil {
				err = os.WriteFile(name, bytes[:files[i].size], 0o644)
			}
		}
		return err
	})
}

func each(n int, do func(int) error) error {
	var next atomic.Int64
	var workers sync.WaitGroup
	var failed atomic.Pointer[error]
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n || failed.Load() != nil {
					return
				}
				if err := do(i); err != nil {
					failed.Store(&err)
				}
			}
		})
	}
	workers.Wait()
	if err := failed.Load(); err != nil {
		return *err
	}
	return nil
}

// listTree writes "SIZE PATH" lines of a tree and returns files and bytes.
func listTree(dir, name string) (files int, bytes int64, err error) {
	f, err := os.Create(name)
	if err != nil {
		return 0, 0, err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		files++
		bytes += info.Size()
		_, err = fmt.Fprintf(w, "%d %s\n", info.Size(), rel)
		return err
	})
	if err != nil {
		return files, bytes, err
	}
	return files, bytes, w.Flush()
}
