package cli

import "testing"

func TestCollectAt(t *testing.T) {
	for _, c := range []struct {
		live uint64
		want int
	}{{0, 200}, {4 << 20, 200}, {32 << 20, 200}, {64 << 20, 100}, {100 << 20, 60}, {128 << 20, 50}, {3 << 30, 50}} {
		if got := collectAt(c.live); got != c.want {
			t.Errorf("with %d MiB alive: %d %%, want %d %%", c.live>>20, got, c.want)
		}
	}
}
