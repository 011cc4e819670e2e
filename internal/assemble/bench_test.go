package assemble

import (
	"fmt"
	"runtime"
	"testing"

	"warraq/internal/bench/cputime"
	"warraq/internal/civil"
	"warraq/internal/config"
)

func site() *config.Site {
	return &config.Site{Archive: config.Archive{RelatedMax: 6, DateThreshold: 0.6}}
}

func BenchmarkAssemble(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			drafts, ed := corpus(n)
			in := Input{Drafts: drafts, Editorial: ed, Site: site(), Build: civil.Date{Y: 2026, M: 1, D: 1}}
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			a, _ := Assemble(in)
			runtime.GC()
			runtime.ReadMemStats(&after)
			held := float64(after.HeapAlloc-before.HeapAlloc) / float64(n)
			runtime.KeepAlive(a)
			a = nil
			b.ResetTimer()
			used := cputime.Used()
			for b.Loop() {
				Assemble(in)
			}
			b.ReportMetric(float64((cputime.Used()-used).Nanoseconds())/float64(b.N)/float64(n), "cpu-ns/article")
			b.ReportMetric(held, "held-B/article")
			runtime.KeepAlive(drafts)
		})
	}
}

func BenchmarkCopies(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			drafts, ed := corpus(n)
			in := Input{Drafts: drafts, Editorial: ed, Site: site()}
			used := cputime.Used()
			for b.Loop() {
				var r reporter
				entries := admit(&in, &r)
				foldCopies(&in, entries, &r)
			}
			b.ReportMetric(float64((cputime.Used()-used).Nanoseconds())/float64(b.N)/float64(n), "cpu-ns/article")
		})
	}
}
