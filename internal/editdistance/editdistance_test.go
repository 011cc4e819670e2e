package editdistance

import (
	"testing"
)

func TestWithin(t *testing.T) {
	for _, c := range []struct {
		a, b  string
		limit int
		want  int
	}{
		{"", "", 0, 0},
		{"كتاب", "كتاب", 3, 0},
		{"كتاب", "كتب", 3, 1},    // dropped
		{"كتب", "كتاب", 3, 1},    // added
		{"روسيا", "روسيه", 3, 1}, // replaced
		{"دمشق", "دشمق", 3, 1},   // exchanged
		{"kitten", "sitting", 3, 3},
		{"ca", "abc", 3, 3},     // 2 if an exchanged letter could be touched again
		{"موسكو", "دمشق", 2, 3}, // beyond the limit
		{"", "دمشق", 3, 4},
		{"ab", "ba", 0, 1},
		{"ab", "ba", 1, 1},
	} {
		if got := Within([]rune(c.a), []rune(c.b), c.limit); got != c.want {
			t.Errorf("Within(%q, %q, %d) = %d, want %d", c.a, c.b, c.limit, got, c.want)
		}
	}
}

// plain is the definition, without limit, rows or an early end.
func plain(a, b []rune) int {
	switch {
	case len(a) == 0:
		return len(b)
	case len(b) == 0:
		return len(a)
	}
	n, m := len(a), len(b)
	cost := 1
	if a[n-1] == b[m-1] {
		cost = 0
	}
	d := min(plain(a[:n-1], b)+1, plain(a, b[:m-1])+1, plain(a[:n-1], b[:m-1])+cost)
	if n > 1 && m > 1 && a[n-1] == b[m-2] && a[n-2] == b[m-1] {
		d = min(d, plain(a[:n-2], b[:m-2])+1)
	}
	return d
}

func TestWithinIsTheDefinition(t *testing.T) {
	// Every pair of words of up to four letters out of three.
	words := [][]rune{{}}
	for from, length := 0, 1; length <= 4; length++ {
		to := len(words)
		for _, w := range words[from:to] {
			for _, l := range "ابج" {
				words = append(words, append(append([]rune{}, w...), l))
			}
		}
		from = to
	}
	for _, a := range words {
		for _, b := range words {
			whole := plain(a, b)
			for limit := range 4 {
				if got, want := Within(a, b, limit), min(whole, limit+1); got != want {
					t.Fatalf("Within(%q, %q, %d) = %d, want %d", string(a), string(b), limit, got, want)
				}
			}
		}
	}
}
