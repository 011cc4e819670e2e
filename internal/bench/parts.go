package main

import (
	"fmt"
	"os/exec"
	"slices"
	"strconv"
	"strings"
)

// part is a stage measured by itself, by a benchmark of its package on one core.
type part struct {
	Articles   int // 0: it does not depend on them
	What, Unit string
	pkg, name  string
	metric     string // as `go test -bench` names it
}

// parts are the stages with an aim of their own. Processor time is compared,
// with the collector's in it: a clock would tell of the other core too.
var parts = []part{
	{What: "extraction, Markdown", Unit: "MB/s", pkg: "./internal/extract", name: "BenchmarkMarkdown", metric: "MB/s"},
	{What: "extraction, clippings", Unit: "MB/s", pkg: "./internal/extract", name: "BenchmarkClipping", metric: "MB/s"},
	{Articles: 10_000, What: copiesPart, Unit: "µs an article", pkg: "./internal/assemble", name: "BenchmarkCopies/10000", metric: "cpu-ns/article"},
	{Articles: 100_000, What: copiesPart, Unit: "µs an article", pkg: "./internal/assemble", name: "BenchmarkCopies/100000", metric: "cpu-ns/article"},
}

const copiesPart = "finding copies, CPU"

// measureParts gives the median of several runs of each part.
func measureParts(runs int) ([]row, error) {
	var rows []row
	for _, p := range parts {
		say("%s: %s", p.pkg, p.name)
		var pattern []string
		for _, level := range strings.Split(p.name, "/") {
			pattern = append(pattern, "^"+level+"$")
		}
		out, err := exec.Command("go", "test", "-run", "^$", "-bench", strings.Join(pattern, "/"), "-cpu", "1", "-count", strconv.Itoa(runs), p.pkg).CombinedOutput()
		if err != nil {
			return rows, fmt.Errorf("%s: %w\n%s", p.name, err, out)
		}
		found := metrics(string(out), p.name, p.metric)
		if len(found) != runs {
			return rows, fmt.Errorf("%s: %d of %d runs tell %s\n%s", p.name, len(found), runs, p.metric, out)
		}
		slices.Sort(found)
		value := found[len(found)/2]
		if p.metric == "cpu-ns/article" {
			value /= 1000
		}
		rows = append(rows, row{Articles: p.Articles, What: p.What, Value: value, Unit: p.Unit})
	}
	return rows, nil
}

// metrics reads the values of one metric from what `go test -bench` printed:
// name, runs, then values each before its unit.
func metrics(out, name, metric string) []float64 {
	var found []float64
	for line := range strings.Lines(out) {
		fields := strings.Fields(line)
		if len(fields) < 2 || fields[0] != name {
			continue
		}
		for i := 2; i+1 < len(fields); i += 2 {
			if v, err := strconv.ParseFloat(fields[i], 64); err == nil && fields[i+1] == metric {
				found = append(found, v)
			}
		}
	}
	return found
}

// isPart: rows of parts have a value instead of the wall time of a program.
func (r row) isPart() bool { return r.Unit != "" }

// partsTable prints the rows of parts, "" when there are none.
func partsTable(rows []row) string {
	aims := map[string]string{"extraction, Markdown": "≥ 40", "extraction, clippings": "≥ 10"}
	var b strings.Builder
	at := map[int]float64{} // copies, by articles
	for _, r := range rows {
		if !r.isPart() {
			continue
		}
		articles := ""
		if r.Articles > 0 {
			articles = strconv.Itoa(r.Articles)
		}
		if r.What == copiesPart {
			at[r.Articles] = r.Value
		}
		fmt.Fprintf(&b, "| %s | %s | %.2f %s | %s |\n", articles, r.What, r.Value, r.Unit, aims[r.What])
	}
	if b.Len() == 0 {
		return ""
	}
	if few, many := at[10_000], at[100_000]; few > 0 && many > 0 {
		fmt.Fprintf(&b, "| | %s: 100,000 articles / 10,000 | %.2f | ≤ 1.5 |\n", copiesPart, many/few)
	}
	return "\n## Parts\n\nBenchmarks of the packages on one core.\n\n| articles | what | | aim |\n|--:|---|--:|--:|\n" + b.String()
}
