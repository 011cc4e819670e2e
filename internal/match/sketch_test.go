package match

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// prose gives n words that repeat like those of a language do.
func prose(r *rand.Rand, n int) []string {
	words := make([]string, n)
	for i := range words {
		words[i] = fmt.Sprintf("كلمة%d", int(math.Pow(r.Float64(), 3)*20000))
	}
	return words
}

func measured(m *Matcher, words []string) Findings {
	return m.Findings("", []string{strings.Join(words[:len(words)/2], " "), strings.Join(words[len(words)/2:], " ")})
}

func TestContainmentIsEstimatedFromSketches(t *testing.T) {
	m := embedded(t)
	r := rand.New(rand.NewPCG(1, 2))
	for _, tt := range []struct {
		name       string
		words      int // of the common text
		more, less int // words that only the longer, only the shorter has
		off        float64
	}{
		{"copy", 400, 0, 0, 0},
		{"copy with an addition", 300, 200, 0, 0},
		{"version", 400, 40, 40, 0.08},
		{"shared wire", 200, 300, 120, 0.1},
		{"little in common", 60, 400, 400, 0.1},
		{"strangers", 3, 300, 200, 0.03},
		{"short texts", 40, 10, 0, 0},
		{"short in long", 40, 900, 4, 0.2}, // a quarter of few: a dozen to compare
	} {
		common := prose(r, tt.words)
		long := append(slices.Clone(common), prose(r, tt.more)...)
		short := append(slices.Clone(common), prose(r, tt.less)...)
		a, b := measured(m, long), measured(m, short)
		all, part := Shingles([]string{strings.Join(long, " ")}), Shingles([]string{strings.Join(short, " ")})
		shared := 0
		for _, h := range part {
			if _, ok := slices.BinarySearch(all, h); ok {
				shared++
			}
		}
		want := float64(shared) / float64(min(len(all), len(part)))
		got := Containment(a.Sketch, a.Shingles, b.Sketch, b.Shingles)
		if again := Containment(b.Sketch, b.Shingles, a.Sketch, a.Shingles); again != got {
			t.Errorf("%s: %g one way, %g the other", tt.name, got, again)
		}
		if math.Abs(float64(got)-want) > tt.off {
			t.Errorf("%s: estimated %.2f, is %.2f", tt.name, got, want)
		}
		if int(a.Shingles) != len(all) || len(a.Sketch) > len(all)/sampleRate+len(all)/8+2*bottomSize {
			t.Errorf("%s: sketch of %d for %d shingles", tt.name, len(a.Sketch), a.Shingles)
		}
	}
}

func TestExactHashOverlooksSpacingAndSpelling(t *testing.T) {
	m := embedded(t)
	a := m.Findings("عنوان", []string{"قال الكرملين إنه لا يعلم.", "ولم يزد."}).ExactHash
	same := m.Findings("عنوان آخر", []string{"قال الكرملين، انه لا يعلم", "ولم", "يزد…"}).ExactHash
	other := m.Findings("عنوان", []string{"قال الكرملين إنه يعلم.", "ولم يزد."}).ExactHash
	if a != same || a == other {
		t.Errorf("%x %x %x", a, same, other)
	}
	if empty := m.Findings("عنوان", []string{"…"}); empty.ExactHash != [16]byte{} || empty.Words != 0 || empty.Sketch != nil {
		t.Errorf("an empty body: %+v", empty)
	}
}
