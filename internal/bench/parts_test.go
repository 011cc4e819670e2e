package main

import (
	"slices"
	"strings"
	"testing"
)

func TestMetricsAreReadFromBenchmarks(t *testing.T) {
	const out = `goos: linux
BenchmarkCopies/10000         	      61	  30453828 ns/op	      2015 cpu-ns/article
BenchmarkCopies/100000        	       3	 352406818 ns/op	      3318.5 cpu-ns/article
BenchmarkCopies/10000         	      60	  30453900 ns/op	      2016 cpu-ns/article
BenchmarkClipping 	       1	    755011 ns/op	   9.41 MB/s	  571384 B/op	     757 allocs/op
PASS
`
	for _, tt := range []struct {
		name, metric string
		want         []float64
	}{
		{"BenchmarkCopies/10000", "cpu-ns/article", []float64{2015, 2016}},
		{"BenchmarkCopies/100000", "cpu-ns/article", []float64{3318.5}},
		{"BenchmarkClipping", "MB/s", []float64{9.41}},
		{"BenchmarkClipping", "cpu-ns/article", nil},
	} {
		if got := metrics(out, tt.name, tt.metric); !slices.Equal(got, tt.want) {
			t.Errorf("%s of %s: %v", tt.metric, tt.name, got)
		}
	}
}

func TestPartsHaveATableOfTheirOwn(t *testing.T) {
	text := table([]row{
		{Articles: 10_000, What: "warraq, everything, cold", sample: sample{Wall: 5}},
		{What: "extraction, Markdown", Value: 41.5, Unit: "MB/s"},
		{Articles: 10_000, What: copiesPart, Value: 2, Unit: "µs an article"},
		{Articles: 100_000, What: copiesPart, Value: 2.5, Unit: "µs an article"},
	}, 3)
	for _, line := range []string{
		"|  | extraction, Markdown | 41.50 MB/s | ≥ 40 |\n",
		"| 100000 | finding copies, CPU | 2.50 µs an article |  |\n",
		"finding copies, CPU: 100,000 articles / 10,000 | 1.25 | ≤ 1.5 |\n",
	} {
		if !strings.Contains(text, line) {
			t.Errorf("no line %q in\n%s", line, text)
		}
	}
	if strings.Contains(text, "| 100000 | finding copies, CPU | 0.00") {
		t.Errorf("a part is among the programs:\n%s", text)
	}
}
