package cli

import (
	"fmt"
	"io"
	"sync"
	"time"
)

// progress shows one line that is written over, ten times a second at most.
// The zero value shows nothing.
type progress struct {
	mu    sync.Mutex
	out   io.Writer
	last  time.Time
	shown bool
}

// newProgress gives a progress line when stderr is a terminal.
func (p *program) newProgress() *progress {
	if !terminal(p.Err) {
		return &progress{}
	}
	return &progress{out: p.Err}
}

func (g *progress) step(stage string, done, total int) {
	if g.out == nil {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	now := time.Now()
	if now.Sub(g.last) < 100*time.Millisecond {
		return
	}
	g.last, g.shown = now, true
	if total > 0 {
		fmt.Fprintf(g.out, "\r\x1b[K%s %d/%d", stage, done, total)
	} else {
		fmt.Fprintf(g.out, "\r\x1b[K%s …", stage)
	}
}

// clear removes the line before other output.
func (g *progress) clear() {
	if g.out == nil {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.shown {
		fmt.Fprint(g.out, "\r\x1b[K")
		g.shown = false
	}
}
