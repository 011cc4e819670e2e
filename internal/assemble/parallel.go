package assemble

import (
	"runtime"
	"sync"
	"sync/atomic"

	"warraq/internal/civil"
)

const chunk = 2048

// inChunks runs work over [0, n) on a bounded pool. Work writes only to its own
// indices, so that the result does not depend on the number of workers.
func inChunks(n int, work func(from, to int)) {
	workers := min(runtime.GOMAXPROCS(0), (n+chunk-1)/chunk)
	if workers <= 1 {
		work(0, n)
		return
	}
	var next atomic.Int64
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for {
				from := int(next.Add(chunk)) - chunk
				if from >= n {
					return
				}
				work(from, min(n, from+chunk))
			}
		})
	}
	wg.Wait()
}

// dayNumber counts days; only differences mean anything. A date without a day
// or month counts as its first day.
func dayNumber(d civil.Date) int32 {
	y, m := int32(d.Y), int32(max(d.M, 1))
	if m <= 2 {
		y, m = y-1, m+12
	}
	return 365*y + y/4 - y/100 + y/400 + (153*(m-3)+2)/5 + int32(max(d.D, 1))
}
