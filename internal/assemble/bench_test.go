package assemble

import (
	"fmt"
	"runtime"
	"syscall"
	"testing"
	"time"

	"warraq/internal/civil"
	"warraq/internal/config"
)

// cpu is the time that this process has used on all cores, collector included:
// unlike the clock it says the same on a busy machine.
func cpu() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

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
			used := cpu()
			for b.Loop() {
				Assemble(in)
			}
			b.ReportMetric(float64((cpu()-used).Nanoseconds())/float64(b.N)/float64(n), "cpu-ns/article")
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
			used := cpu()
			for b.Loop() {
				var r reporter
				entries := admit(&in, &r)
				foldCopies(&in, entries, &r)
			}
			b.ReportMetric(float64((cpu()-used).Nanoseconds())/float64(b.N)/float64(n), "cpu-ns/article")
		})
	}
}
