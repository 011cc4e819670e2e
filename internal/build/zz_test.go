package build

import (
	"context"
	"os"
	"runtime"
	"runtime/pprof"
	"testing"
	"time"
)

func TestZZ(t *testing.T) {
	dir := os.Getenv("ZZ")
	if dir == "" {
		t.Skip()
	}
	o := Options{Source: dir}
	o.settle()
	w := &watch{report: &Report{}, last: time.Now()}
	heap := func(name string) {
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		t.Log(name, m.HeapAlloc>>20, "MB")
		f, _ := os.Create("/tmp/engine-heap-" + name)
		pprof.Lookup("heap").WriteTo(f, 0)
		f.Close()
	}
	heap("start")
	s, _ := load(context.Background(), o, nil, nil, w)
	heap("loaded")
	pages, _ := plan(s, o)
	heap("planned")
	t.Log(len(pages), w.report.Stages)
	runtime.KeepAlive(s)
	runtime.KeepAlive(pages)
}
