package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
)

// stageShares are what the profile's shares are told of, by the function that
// does it all, called from nowhere else.
var stageShares = []struct{ what, function string }{
	{"reading and extracting", `build\.\(\*reader\)\.look\.func1`},
	{"assembling", `assemble\.Assemble|assemble\.inChunks\.func1|assemble\.estimate\.func2`},
	{"planning: keys of pages", `build\.\(\*Options\)\.planPages|render\.each\.func1`},
	{"planning: search index", `search\.(invertAll|mergeAll)\.func\d+`},
	{"making pages", `render\.\(\*plan\)\.\w+\.func[\d.]+|feed\.\(\*maker\)\.\w+\.func[\d.]+`},
	{"writing files", `output\.writeFile`},
	{"looking at files", `output\.statFile`},
	{"collecting garbage", `runtime\.(gcBgMarkWorker|gcAssistAlloc|bgsweep|wbBufFlush)`},
}

// profileBuild says where the processor time of a cold build goes: the functions
// that take most by themselves, and the shares of the stages.
//
//	go run ./internal/bench profile [-program bin/warraq] [-articles 10000] [-runs 5]
//	go run ./internal/bench profile -corpus DIR
func profileBuild(args []string) error {
	flags := flag.NewFlagSet("profile", flag.ContinueOnError)
	program := flags.String("program", "bin/warraq", "the program to measure")
	corpus := flags.String("corpus", "", "the site to build (default one generated, without the search index)")
	articles := flags.Int("articles", 10000, "articles of the generated site")
	runs := flags.Int("runs", 5, "builds that the profile sums up")
	work := flags.String("work", "", "folder for outputs (default a temporary one, removed at the end)")
	if err := flags.Parse(args); err != nil {
		return err
	}
	dir, remove, err := workFolder(*work)
	if err != nil {
		return err
	}
	defer remove()
	if *corpus == "" {
		*corpus = siteFolder(dir, *articles)
		c := newCorpus(*articles, 1)
		if err := c.write(*corpus, runtime.NumCPU()); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(*corpus, "hugo.toml"), []byte(c.hugoTOML(false)), 0o644); err != nil {
			return err
		}
	}
	var profiles []string
	for i := range *runs {
		at := filepath.Join(dir, "profile-"+strconv.Itoa(i))
		profiles = append(profiles, at+".pprof")
		s, err := timed(*program, "build", "--source", *corpus, "--destination", filepath.Join(at, "public"),
			"--cache-dir", filepath.Join(at, "cache"), "--cpu-profile", at+".pprof")
		if err != nil {
			return err
		}
		say("%8.2f s  %8.2f s CPU", s.Wall, s.CPU)
		if err := os.RemoveAll(at); err != nil {
			return err
		}
	}
	text, err := profileText(profiles)
	fmt.Print(text)
	return err
}

// profileText is the Markdown of some profiles together.
func profileText(profiles []string) (string, error) {
	flat, err := pprofTop(profiles, "-flat", "-nodecount=10")
	if err != nil {
		return "", err
	}
	var b strings.Builder
	b.WriteString("| function | of the processor time, by itself |\n|---|--:|\n")
	for _, f := range flat {
		fmt.Fprintf(&b, "| `%s` | %.1f %% |\n", f.name, f.flat)
	}
	b.WriteString("\n| stage | of the processor time, with all it calls |\n|---|--:|\n")
	for _, s := range stageShares {
		// What a call within a call takes would count twice in a sum of functions,
		// so pprof is asked for the samples that any of them is in.
		share, err := pprofFocus(profiles, s.function)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&b, "| %s | %.0f %% |\n", s.what, share)
	}
	return b.String(), nil
}

type profiled struct {
	name string
	flat float64 // percent
}

// topLine is a row of pprof's -top.
var topLine = regexp.MustCompile(`^\s*\S+\s+([\d.]+)%\s+\S+\s+\S+\s+\S+%\s+(.*)$`)

func pprofTop(profiles []string, options ...string) ([]profiled, error) {
	out, err := pprof(profiles, append([]string{"-top"}, options...)...)
	if err != nil {
		return nil, err
	}
	return topRows(out), nil
}

func topRows(out string) []profiled {
	var found []profiled
	for line := range strings.Lines(out) {
		if m := topLine.FindStringSubmatch(strings.TrimRight(line, "\n")); m != nil {
			share, _ := strconv.ParseFloat(m[1], 64) // the pattern is one of a number
			found = append(found, profiled{strings.TrimSuffix(m[2], " (inline)"), share})
		}
	}
	return found
}

// focusLine is where pprof says how much of the time a focus leaves.
var focusLine = regexp.MustCompile(`accounting for \S+, ([\d.]+)% of`)

// pprofFocus gives the share of the samples in which a function takes part.
func pprofFocus(profiles []string, function string) (float64, error) {
	out, err := pprof(profiles, "-top", "-nodecount=100000", "-nodefraction=0", "-edgefraction=0", "-focus="+function)
	if err != nil {
		return 0, err
	}
	return focused(out)
}

func focused(out string) (float64, error) {
	m := focusLine.FindStringSubmatch(out)
	if m == nil {
		return 0, nil // not a sample
	}
	return strconv.ParseFloat(m[1], 64)
}

func pprof(profiles []string, options ...string) (string, error) {
	c := exec.Command("go", append(append([]string{"tool", "pprof"}, options...), profiles...)...)
	var problem strings.Builder
	c.Stderr = &problem
	out, err := c.Output()
	if err != nil {
		return "", fmt.Errorf("go tool pprof: %w\n%s", err, problem.String())
	}
	return string(out), nil
}
