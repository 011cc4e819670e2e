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
	mu    sync.Mutex
	stage string
	on    bool
}

func (p *program) newMemoryTuner() *memoryTuner {
	if p.Env("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(3584 << 20)
	}
	t := &memoryTuner{on: p.Env("GOGC") == ""}
	t.entered("start")
	return t
}

// entered sets the collector for a stage by what lives when it begins.
func (t *memoryTuner) entered(stage string) {
	const growth = 64 << 20
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.on || stage == t.stage {
		return
	}
	t.stage = stage
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	live := uint64(4 << 20)
	if sample[0].Value.Kind() == metrics.KindUint64 {
		live = max(live, sample[0].Value.Uint64())
	}
	debug.SetGCPercent(int(min(max(growth*100/live, 50), 200)))
}
