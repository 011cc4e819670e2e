package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"warraq/internal/search"
)

// against are the sizes that the million is compared with: memory and processor
// time of an article should stay what they are.
var against = []int{10_000, 100_000}

// The disk that an article takes: its share of all pages in whole blocks, a
// folder for each of them and the caches; and its source.
const (
	pagesEach  = 57 << 10
	sourceEach = 8 << 10
)

// measureMillion builds everything at growing sizes with our engine alone, once
// each. The smaller trees are removed before the largest only if it needs their
// room: after a great removal ext4 makes files slowly.
func measureMillion(n int, work, out, keep string, seed uint64) error {
	work, remove, err := workFolder(work)
	if err != nil {
		return err
	}
	defer remove()
	each := int64(pagesEach)
	if !newCorpus(n, seed).complete(siteFolder(work, n)) { // it may be a link to another disk
		each += sourceEach
	}
	if err := enoughSpace(work, n, each); err != nil {
		return err
	}
	t, err := prepare(work, map[string]bool{"ours": true})
	if err != nil {
		return err
	}
	var rows []row
	var done []string
	for _, size := range append(against, n) {
		if size == n && enoughSpace(work, n, each) != nil {
			for _, dir := range done {
				if err := os.RemoveAll(dir); err != nil {
					return err
				}
			}
		}
		found, err := measureSize(size, 1, map[string]bool{"ours": true, "everything": true}, work, t, seed)
		rows = append(rows, found...)
		if err != nil {
			return err
		}
		if err := inspectTree(found[0].tree); err != nil {
			return err
		}
		disk, err := diskUse(siteFolder(work, size), outFolder(work, size))
		if err != nil {
			return err
		}
		say("           %.1f GB of disk in all, %.1f KB an article", float64(disk)/1e9, float64(disk)/1e3/float64(size))
		done = append(done, outFolder(work, size), siteFolder(work, size))
	}
	growth(rows)
	return publishRows(rows, 1, out, keep)
}

// growth says what an article costs at each size.
func growth(rows []row) {
	var first row
	for _, r := range rows {
		if r.What != "warraq, everything, cold" {
			continue
		}
		if first.Articles == 0 {
			first = r
		}
		each := func(of row) (cpu, memory float64) {
			return of.CPU * 1e6 / float64(of.Articles), float64(of.Peak) / float64(of.Articles)
		}
		cpu, memory := each(r)
		cpu0, memory0 := each(first)
		say("%9d  %.0f µs CPU an article (× %.2f), %.1f kB of memory an article (× %.2f)", r.Articles, cpu, cpu/cpu0, memory/1e3, memory/memory0)
	}
}

// inspectTree says what a tree is made of, and what its search costs a reader.
func inspectTree(public string) error {
	bytes, files := map[string]int64{}, map[string]int{}
	largest, where := int64(0), ""
	err := filepath.WalkDir(public, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(public, path)
		if err != nil {
			return err
		}
		part, _, below := strings.Cut(filepath.ToSlash(rel), "/")
		if !below {
			part = "(top)"
		}
		bytes[part] += info.Size()
		files[part]++
		if info.Size() > largest {
			largest, where = info.Size(), rel
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, part := range []string{"articles", "tags", "themes", "sources", "timeline", "search", "data", "(top)"} {
		say("           %-9s %9d files  %9.1f MB", part, files[part], float64(bytes[part])/1e6)
	}
	say("           largest file: %s, %.1f KB", where, float64(largest)/1e3)
	for _, query := range []string{"الكرملين", "لاجئون موسكو", "عودة اللاجئين من لبنان", "«وقف إطلاق النار»"} {
		ix, err := search.Open(public)
		if err != nil {
			return err
		}
		begun := time.Now()
		result, err := ix.Query(query, search.Options{Limit: 10})
		if err != nil {
			return err
		}
		r := ix.Reads()
		say("           first query %s: %d found, %d files, %.1f KB, %d ms", query, result.Total, r.Files, float64(r.Bytes)/1e3, time.Since(begun).Milliseconds())
	}
	return nil
}

// diskUse is the room that folders and all in them take on their disk.
func diskUse(dirs ...string) (total int64, err error) {
	for _, dir := range dirs {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			info, err := d.Info()
			if err != nil {
				return err
			}
			total += sizeOnDisk(info)
			return nil
		})
		if err != nil {
			return 0, err
		}
	}
	return total, nil
}

// enoughSpace refuses to begin what would fill the disk.
func enoughSpace(dir string, n int, each int64) error {
	free, err := freeSpace(dir)
	if err != nil {
		return err
	}
	if need := int64(n) * each; free < need {
		return fmt.Errorf("%d articles need some %.0f GB of disk in %s, and %.0f GB are free: make room, or name a folder on another disk with -work",
			n, float64(need)/1e9, dir, float64(free)/1e9)
	}
	return nil
}

// heartbeat says every while how far a long run is, until stop is called.
func heartbeat(pid int, begun time.Time) (stop func()) {
	done := make(chan struct{})
	go func() {
		beat := time.NewTicker(30 * time.Second)
		defer beat.Stop()
		for {
			select {
			case <-done:
				return
			case <-beat.C:
				say("           … %3.0f s, %s", time.Since(begun).Seconds(), resident(pid))
			}
		}
	}()
	return func() { close(done) }
}

// resident is what the system says of a process' memory.
func resident(pid int) string {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return "running"
	}
	var parts []string
	for line := range strings.Lines(string(data)) {
		if name, value, ok := strings.Cut(line, ":"); ok {
			switch name {
			case "VmRSS":
				parts = append(parts, strings.TrimSpace(value)+" resident")
			case "VmHWM":
				parts = append(parts, strings.TrimSpace(value)+" at most")
			}
		}
	}
	return strings.Join(parts, ", ")
}
