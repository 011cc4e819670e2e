package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
)

// rivalRuns is how often Hugo and Pagefind run on 100,000 articles: they take
// minutes, and are far from any limit that a median would decide.
const rivalRuns = 1

// sample is one run of one program.
type sample struct {
	Wall, CPU float64 // seconds
	Peak      int64   // bytes of memory
}

// row is one line of the table.
type row struct {
	Articles int
	What     string
	sample
	Files int
	Bytes int64
	Note  string
	tree  string // of a cold build

	Value float64 `json:",omitempty"` // of a part, in Unit
	Unit  string  `json:",omitempty"`
}

func say(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }

// timed runs a command with nothing else to write on the machine.
func timed(name string, args ...string) (sample, error) {
	flushDisks()
	c := exec.Command(name, args...)
	var problem strings.Builder
	c.Stderr = &problem
	begun := time.Now()
	if err := c.Start(); err != nil {
		return sample{}, err
	}
	stop := heartbeat(c.Process.Pid, begun)
	err := c.Wait()
	s := sample{Wall: time.Since(begun).Seconds()}
	stop()
	if err != nil {
		return s, fmt.Errorf("%s: %w\n%s", filepath.Base(name), err, problem.String())
	}
	s.CPU = (c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Seconds()
	s.Peak = peakMemory(c.ProcessState)
	return s, nil
}

// median runs a measurement several times; args prepares each run.
func median(runs int, name string, args func(i int) ([]string, error)) (sample, error) {
	var all []sample
	for i := range runs {
		a, err := args(i)
		if err != nil {
			return sample{}, err
		}
		s, err := timed(name, a...)
		if err != nil {
			return s, err
		}
		all = append(all, s)
	}
	slices.SortFunc(all, func(a, b sample) int { return cmp.Compare(a.Wall, b.Wall) })
	return all[len(all)/2], nil
}

func measureAll(sizes []int, runs int, only []string, work, out, keep string, seed uint64) error {
	what := map[string]bool{}
	for _, w := range only {
		what[w] = true
	}
	work, remove, err := workFolder(work)
	if err != nil {
		return err
	}
	defer remove()
	t, err := prepare(work, what)
	if err != nil {
		return err
	}
	var rows []row
	for _, n := range sizes {
		found, err := measureSize(n, runs, what, work, t, seed)
		rows = append(rows, found...)
		if err != nil {
			return err
		}
		if keep != "" {
			if rows, err = merge(keep, rows); err != nil {
				return err
			}
		}
	}
	if what["parts"] {
		found, err := measureParts(runs)
		if err != nil {
			return err
		}
		rows = append(rows, found...)
	}
	return publishRows(rows, runs, out, keep)
}

// workFolder gives the folder to work in, a temporary one for "".
func workFolder(work string) (dir string, remove func(), err error) {
	if work != "" {
		return work, func() {}, os.MkdirAll(work, 0o755)
	}
	dir, err = os.MkdirTemp("", "warraq-bench")
	return dir, func() { os.RemoveAll(dir) }, err
}

func siteFolder(work string, n int) string { return filepath.Join(work, fmt.Sprintf("site-%d", n)) }
func outFolder(work string, n int) string  { return filepath.Join(work, fmt.Sprintf("out-%d", n)) }

// publishRows prints the table, of all rows of the file keep where it is named,
// and writes it as Markdown where out is.
func publishRows(rows []row, runs int, out, keep string) error {
	if keep != "" {
		var err error
		if rows, err = merge(keep, rows); err != nil {
			return err
		}
	}
	text := table(rows, runs)
	fmt.Print(text)
	if out == "" {
		return nil
	}
	// What people wrote below the mark about an earlier table stays.
	const mark = "\n<!-- Below this line: by hand. -->\n"
	if old, err := os.ReadFile(out); err == nil {
		if _, kept, ok := strings.Cut(string(old), mark); ok {
			text += mark + kept
		}
	}
	if err := os.WriteFile(out, []byte(text), 0o644); err != nil {
		return err
	}
	return os.WriteFile(strings.TrimSuffix(out, filepath.Ext(out))+".svg", []byte(plot(rows)), 0o644)
}

// merge adds rows to those of a file, in which a row of the same name is
// replaced, so that a long measurement can go in parts.
func merge(name string, rows []row) ([]row, error) {
	var all []row
	if data, err := os.ReadFile(name); err == nil {
		if err := json.Unmarshal(data, &all); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	for _, r := range rows {
		at := slices.IndexFunc(all, func(o row) bool { return o.Articles == r.Articles && o.What == r.What })
		if at < 0 {
			all = append(all, r)
		} else {
			all[at] = r
		}
	}
	slices.SortStableFunc(all, func(a, b row) int { return cmp.Compare(a.Articles, b.Articles) })
	data, err := json.MarshalIndent(all, "", " ")
	if err != nil {
		return nil, err
	}
	return all, os.WriteFile(name, data, 0o644)
}

func measureSize(n, runs int, what map[string]bool, work string, t tools, seed uint64) ([]row, error) {
	c := newCorpus(n, seed)
	site := siteFolder(work, n)
	say("%d articles: generating", n)
	begun := time.Now()
	if err := c.write(site, runtime.NumCPU()); err != nil {
		return nil, err
	}
	if took := time.Since(begun); took > time.Second {
		say("%d articles: generated in %.0f s", n, took.Seconds())
	}
	report, list := filepath.Join(work, "report.json"), filepath.Join(work, "list.txt")
	// Every cold run writes to a new folder: removing a tree of a hundred
	// thousand files would still keep the disk busy when the next run begins.
	made := 0
	fresh := func() string {
		for {
			made++
			dir := filepath.Join(outFolder(work, n), strconv.Itoa(made))
			if _, err := os.Stat(dir); err != nil {
				return dir // of no earlier measurement in the same work folder
			}
		}
	}
	var rows []row
	add := func(name string, s sample, dir, note string) error {
		files, bytes := 0, int64(0)
		if dir != "" {
			var err error
			if files, bytes, err = listTree(dir, list); err != nil {
				return err
			}
		}
		rows = append(rows, row{Articles: n, What: name, sample: s, Files: files, Bytes: bytes, Note: note, tree: dir})
		say("%9d  %-34s %8.2f s  %8.2f s CPU  %7.0f MB  %s", n, name, s.Wall, s.CPU, float64(s.Peak)/1e6, note)
		return nil
	}
	home := ""
	for _, search := range []bool{false, true} {
		kind := "pages"
		if search {
			kind = "everything"
		}
		if !what["ours"] || !what[kind] {
			continue
		}
		if err := os.WriteFile(filepath.Join(site, "hugo.toml"), []byte(c.hugoTOML(search)), 0o644); err != nil {
			return rows, err
		}
		var at string
		again := func() []string {
			return []string{"build", "--source", site, "--destination", filepath.Join(at, "public"), "--cache-dir", filepath.Join(at, "cache"), "--report", report}
		}
		s, err := median(runs, t.ours, func(int) ([]string, error) {
			at = fresh()
			return again(), nil
		})
		if err != nil {
			return rows, err
		}
		public := filepath.Join(at, "public")
		home = filepath.Join(public, "index.html")
		if err := add("warraq, "+kind+", cold", s, public, stages(report)); err != nil {
			return rows, err
		}
		if s, err = median(runs, t.ours, func(int) ([]string, error) { return again(), nil }); err != nil {
			return rows, err
		}
		if err := add("warraq, "+kind+", unchanged", s, "", stages(report)); err != nil {
			return rows, err
		}
		s, err = median(runs, t.ours, func(i int) ([]string, error) { return again(), c.article(site, n+i) })
		for i := range runs {
			if err := os.Remove(filepath.Join(site, c.path(n+i))); err != nil {
				return rows, err
			}
		}
		if err != nil {
			return rows, err
		}
		if err := add("warraq, "+kind+", one added", s, "", stages(report)+", "+written(report)); err != nil {
			return rows, err
		}
		if what["floor"] {
			s, err := median(runs, t.floor, func(int) ([]string, error) {
				return []string{"floor", filepath.Join(site, "content"), list, fresh()}, nil
			})
			if err != nil {
				return rows, err
			}
			if err := add("floor, "+kind, s, "", ""); err != nil {
				return rows, err
			}
		}
	}
	if !what["hugo"] && !what["pagefind"] {
		return rows, nil
	}
	few := runs
	if n >= 100_000 {
		few = min(runs, rivalRuns)
	}
	var public string
	for _, related := range []bool{true, false} {
		if related && n >= 100_000 {
			continue // Hugo's related articles take time with the square of the archive
		}
		if err := writeLayouts(site, home, related); err != nil {
			return rows, err
		}
		s, err := median(few, t.hugo, func(int) ([]string, error) {
			public = fresh()
			return []string{"--source", site, "--destination", public, "--config", rivalConfig, "--quiet", "--noBuildLock"}, nil
		})
		if err != nil {
			return rows, err
		}
		name := "Hugo v0.165.0, pages"
		if !related {
			name = "Hugo v0.165.0, pages without related articles"
		}
		if err := add(name, s, public, ""); err != nil {
			return rows, err
		}
	}
	if what["pagefind"] {
		s, err := median(few, t.pagefind, func(int) ([]string, error) { return []string{"--site", public, "--quiet"}, nil })
		if err != nil {
			return rows, err
		}
		if err := add("Pagefind "+pagefindVersion+" on Hugo's pages", s, "", ""); err != nil {
			return rows, err
		}
	}
	return rows, nil
}

type reportFile struct {
	Stages []struct {
		Stage   string
		Seconds float64
	}
	Pages struct {
		New, Changed, Kept int
		Bytes              int64
	}
}

func readReport(name string) reportFile {
	var r reportFile
	if data, err := os.ReadFile(name); err == nil {
		// A report of another form only loses a note in the table.
		_ = json.Unmarshal(data, &r)
	}
	return r
}

func stages(name string) string {
	var parts []string
	for _, s := range readReport(name).Stages {
		if s.Seconds >= 0.005 {
			parts = append(parts, fmt.Sprintf("%s %.2f", s.Stage, s.Seconds))
		}
	}
	return strings.Join(parts, ", ")
}

func written(name string) string {
	p := readReport(name).Pages
	return fmt.Sprintf("%d files of %.1f MB written", p.New+p.Changed, float64(p.Bytes)/1e6)
}
