package preview

import (
	"fmt"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fsnotify/fsnotify"
)

// overhearing is a watcher whose events come from the test, under a clock that
// moves only when all wait.
func overhearing(t *testing.T, during func(write func(name string), told func() int)) {
	synctest.Test(t, func(t *testing.T) {
		events := make(chan fsnotify.Event)
		w := &watcher{
			fs: &fsnotify.Watcher{Events: events, Errors: make(chan error)}, source: "/site",
			changed: make(chan struct{}, 1), errors: make(chan error, 1), names: map[string]bool{},
		}
		go w.run()
		var count atomic.Int64
		done := make(chan struct{})
		go func() {
			for {
				select {
				case <-w.changed:
					w.take()
					count.Add(1)
				case <-done:
					return
				}
			}
		}()
		during(
			func(name string) {
				events <- fsnotify.Event{Name: "/site/content/articles/" + name, Op: fsnotify.Write}
			},
			func() int { synctest.Wait(); return int(count.Load()) },
		)
		close(done)
		close(events)
	})
}

func TestASaveIsToldOnceItIsQuiet(t *testing.T) {
	overhearing(t, func(write func(string), told func() int) {
		write("a.md")
		write("a.md") // as editors write in pieces
		time.Sleep(quiet - time.Millisecond)
		if n := told(); n != 0 {
			t.Errorf("told %d times before it was quiet", n)
		}
		time.Sleep(time.Millisecond)
		if n := told(); n != 1 {
			t.Errorf("told %d times of one save", n)
		}
		time.Sleep(time.Second)
		write("b.md")
		time.Sleep(quiet)
		if n := told(); n != 2 {
			t.Errorf("told %d times of two saves", n)
		}
	})
}

func TestADropInBulkIsToldOnce(t *testing.T) {
	overhearing(t, func(write func(string), told func() int) {
		for i := range 500 {
			if i%100 == 99 {
				time.Sleep(settling - time.Millisecond) // as copying pauses
			}
			write(fmt.Sprintf("b%03d.md", i))
		}
		if n := told(); n != 0 {
			t.Errorf("told %d times while files came", n)
		}
		time.Sleep(settling)
		if n := told(); n != 1 {
			t.Errorf("told %d times of one drop", n)
		}
	})
}

func TestAnEndlessStreamIsToldNowAndThen(t *testing.T) {
	overhearing(t, func(write func(string), told func() int) {
		for i := range 1000 { // ten seconds
			write(fmt.Sprintf("s%d.md", i))
			time.Sleep(10 * time.Millisecond)
		}
		if n := told(); n < 4 || n > 5 {
			t.Errorf("told %d times in ten seconds, with a patience of %v", n, patience)
		}
	})
}
