package cli

import (
	"runtime/debug"
	"runtime/metrics"
	"sync"
)

// memoryTuner trades a little processor time for memory. What lives during a
// build is the metadata of the archive, and what is rendered dies at once; with
// Go's own setting the heap would be twice the metadata. Half as much again is
// enough for a large archive, while for a small one collecting so often would
// cost a tenth of the time: there the heap may grow by a fixed amount. The
// limit is soft: it makes the collector work harder where a million articles
// come near the 4 GiB that a small machine has. GOGC and GOMEMLIMIT override.
type memoryTuner struct {
	mu      sync.Mutex
	stage   string
	steps   int
	percent int
	on      bool
}

func (p *program) newMemoryTuner() *memoryTuner {
	if p.Env("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(3584 << 20)
	}
	t := &memoryTuner{on: p.Env("GOGC") == ""}
	t.step("start")
	return t
}

// looksEvery is the number of steps between two looks at the heap, which grows
// while sources are read: a step is some dozens of files.
const looksEvery = 64

// step sets the collector by what lives now: when a stage begins, and every
// while within it.
func (t *memoryTuner) step(stage string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.steps++
	if !t.on || stage == t.stage && t.steps%looksEvery != 0 {
		return
	}
	t.stage = stage
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	live := uint64(0)
	if sample[0].Value.Kind() == metrics.KindUint64 {
		live = sample[0].Value.Uint64()
	}
	// Setting it stops all workers for a moment.
	if percent := collectAt(live); percent != t.percent {
		t.percent = percent
		debug.SetGCPercent(percent)
	}
}

// collectAt is the growth, in percent of what lives, at which the collector
// runs again. It goes by tens, so that it settles.
func collectAt(live uint64) int {
	const growth, least, most = 64 << 20, 50, 200
	return int(min(max(growth*10/max(live, 1)*10, least), most))
}
