// Command bench measures the program against what a user would pick instead.
//
// It generates corpora that Hugo can read too, builds them with ours, with Hugo
// (from the module in go.mod, with templates that make the same pages), with
// Pagefind over Hugo's output, and with the floor: a program that reads every
// source, writes files of the same paths and sizes, and does nothing else. It
// prints one table and writes it as Markdown with a plot.
//
//	go run ./internal/bench                      # 1k, 10k, 100k
//	go run ./internal/bench -sizes 1000 -runs 1
//	go run ./internal/bench -million              # 10k, 100k, 1,000,000, ours alone
//	go run ./internal/bench search -site DIR     # what queries cost
//	go run ./internal/bench profile              # where a cold build's time goes
//	go run ./internal/bench -corpus DIR -sizes 10000   # only generate
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "floor" {
		exit(floor(os.Args[2:]))
	}
	if len(os.Args) > 1 && os.Args[1] == "serve" {
		exit(serve(os.Args[2:]))
	}
	if len(os.Args) > 1 && os.Args[1] == "search" {
		exit(searchQueries(os.Args[2:]))
	}
	if len(os.Args) > 1 && os.Args[1] == "profile" {
		exit(profileBuild(os.Args[2:]))
	}
	sizes := flag.String("sizes", "1000,10000,100000", "articles of each corpus")
	runs := flag.Int("runs", 3, "runs of each measurement; the median counts")
	only := flag.String("only", "ours,hugo,pagefind,floor,parts", "what to measure; parts are stages by themselves")
	work := flag.String("work", "", "folder for corpora and outputs (default a temporary one, removed at the end)")
	out := flag.String("out", "", "write the table as Markdown to this file, and a plot beside it")
	kinds := flag.String("kinds", "pages,everything", "of our engine and the floor: without and with the search index")
	keep := flag.String("rows", "", "add the rows to this JSON file, and make the table of all of its rows")
	million := flag.Bool("million", false, "everything with our engine alone, once: 10k and 100k to compare with, then 1,000,000")
	corpusOnly := flag.String("corpus", "", "only generate the corpus of the first size in this folder")
	seed := flag.Uint64("seed", 1, "seed of the corpora")
	flag.Parse()
	var ns []int
	for _, s := range strings.Split(*sizes, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(s))
		if err != nil || n < 1 {
			exit(fmt.Errorf("-sizes: %q is not a number of articles", s))
		}
		ns = append(ns, n)
	}
	if *corpusOnly != "" {
		exit(newCorpus(ns[0], *seed).write(*corpusOnly, runtime.NumCPU()))
	}
	if *million {
		exit(measureMillion(1_000_000, *work, *out, *keep, *seed))
	}
	exit(measureAll(ns, *runs, strings.Split(*only+","+*kinds, ","), *work, *out, *keep, *seed))
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
	os.Exit(0)
}
