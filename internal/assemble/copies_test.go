package assemble

import (
	"fmt"
	"iter"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"warraq/internal/archive"
)

// prose makes n sentences that occur nowhere else.
func prose(rng *rand.Rand, n int) []string {
	letters := []rune("ابتثجحخدذرزسشصضطظعغفقكلمنهوي")
	var out []string
	for range n {
		var words []string
		for range 14 {
			var w []rune
			for range 3 + rng.IntN(4) {
				w = append(w, letters[rng.IntN(len(letters))])
			}
			words = append(words, string(w))
		}
		out = append(out, strings.Join(words, " ")+".")
	}
	return out
}

// Texts of known overlap are told apart at both thresholds, whether they are
// long or short and whether one lies inside a longer one.
func TestCopiesOfKnownOverlap(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	var s shelfOf
	type pair struct {
		a, b, want string
	}
	var pairs []pair
	for i := range 240 {
		size := 4 + rng.IntN(20) // sentences of the first text
		text := prose(rng, size)
		share := []float64{0, 0.2, 0.35, 0.62, 0.7, 0.9, 1}[i%7]
		kept := int(share*float64(size) + 0.5)
		got := float64(kept) / float64(size)
		own := size - kept
		if i%2 == 0 {
			own += size // the second text is longer: the shared part lies inside it
		}
		other := append(append(prose(rng, own/2), text[:kept]...), prose(rng, own-own/2)...)
		if len(other) < size {
			other = append(other, prose(rng, size-len(other))...)
		}
		p := pair{fmt.Sprintf("clippings/%03d-a.txt", i), fmt.Sprintf("clippings/%03d-b.txt", i), "apart"}
		switch {
		case got > 0.84:
			p.want = "one page"
		case got > 0.76, got > 0.46 && got < 0.54:
			continue // on the threshold, where the last words of a paragraph decide
		case got > 0.5:
			p.want = "linked"
		}
		s.add(p.a, archive.Main, "خبر "+p.a, text...).on("2025-02-03")
		s.add(p.b, archive.Main, "خبر "+p.b, other...).on("2025-02-03")
		pairs = append(pairs, p)
	}
	a, _ := s.assemble(t, nil)
	page := map[string]int{}
	for i := range a.Articles {
		page[a.Articles[i].ID] = i
		for _, v := range a.Articles[i].Versions {
			page[v.ID] = i
		}
	}
	for _, r := range a.Redirects {
		page[strings.TrimSuffix(strings.TrimPrefix(r.From, "/articles/"), "/")] = page[strings.TrimSuffix(strings.TrimPrefix(r.To, "/articles/"), "/")]
	}
	wrong := 0
	for _, p := range pairs {
		got := "apart"
		if page[p.a] == page[p.b] {
			got = "one page"
		}
		for _, r := range a.Articles[page[p.a]].Relations {
			if r.Kind == archive.SharedWire && int(r.Article) == page[p.b] {
				got = "linked"
			}
		}
		if got != p.want {
			wrong++
			t.Logf("%s and %s: %s, want %s", p.a, p.b, got, p.want)
		}
	}
	if wrong > len(pairs)/100 {
		t.Errorf("%d of %d pairs are wrong", wrong, len(pairs))
	}
}

// A story that hundreds printed with small changes is one page: its shingles
// are too frequent to pair every two of them.
func TestAStoryPrintedByHundreds(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	story := prose(rng, 12)
	var s shelfOf
	for i := range 300 {
		text := append([]string{}, story...)
		text[rng.IntN(len(text))] = prose(rng, 1)[0]
		s.add(fmt.Sprintf("clippings/%03d.txt", i), archive.Main, fmt.Sprintf("خبر %d", i), text...).on("2025-02-03")
	}
	a, _ := s.assemble(t, nil)
	if len(a.Articles) > 3 {
		t.Errorf("%d pages for one story", len(a.Articles))
	}
}

// Most candidates are dismissed by a look at their outlines. None may be whose
// containment, or whose doubt about it, matters.
func TestOnlyHopelessPairsAreDismissed(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	phrases := make([]uint32, 400) // turns of phrase that all texts draw on
	for i := range phrases {
		phrases[i] = rng.Uint32()
	}
	const texts = 300
	drafts := make([]archive.Draft, texts)
	for i := range drafts {
		d := &drafts[i]
		n := 12 + rng.IntN(40)
		if rng.IntN(2) == 0 {
			n = 100 + rng.IntN(1200)
		}
		all := map[uint32]bool{}
		if i > 0 {
			o := drafts[rng.IntN(i)].Sketch
			for _, v := range o[:rng.IntN(len(o)+1)] {
				all[v] = true
			}
		}
		for len(all) < n {
			if v := rng.Uint32(); rng.IntN(5) > 0 {
				all[v] = true
			} else {
				all[phrases[rng.IntN(len(phrases))]] = true
			}
		}
		// As match keeps them: the smallest, and of the others a regular sample.
		hashes := slices.Sorted(maps.Keys(all))
		for at, v := range hashes {
			if at < 32 || v%4 == 0 {
				d.Sketch = append(d.Sketch, v)
			}
		}
		d.Shingles = int32(len(hashes))
		d.ExactHash[0], d.ExactHash[1] = byte(i), byte(i>>8)
	}
	entries := make([]entry, texts)
	pairs, all := newPairing(texts), 0
	for i := range entries {
		entries[i] = entry{draft: &drafts[i], leader: int32(i)}
		for j := range i {
			part := &pairs.parts[i%len(pairs.parts)]
			*part = append(*part, uint64(j)<<32|uint64(i))
			all++
		}
	}
	dismissed, mattered := 0, 0
	estimates := map[[2]int32]float32{}
	for _, e := range estimate(entries, pairs) {
		estimates[[2]int32{e.a, e.b}] = e.containment
	}
	for a, b := range pairsOf(texts) {
		x, y := &drafts[a], &drafts[b]
		got, c := estimates[[2]int32{a, b}], containment(x, y)
		matters := c >= sharedWire || inDoubt(c, min(len(x.Sketch), len(y.Sketch)))
		switch {
		case matters && got != c:
			t.Errorf("a pair of containment %.3f is estimated %.3f", c, got)
		case matters:
			mattered++
		case got == 0:
			dismissed++
		}
	}
	if dismissed < all/5 || mattered < 100 {
		t.Errorf("%d of %d dismissed, %d matter", dismissed, all, mattered)
	}
}

// pairsOf gives the pairs of n entries, the smaller first.
func pairsOf(n int32) iter.Seq2[int32, int32] {
	return func(yield func(a, b int32) bool) {
		for b := range n {
			for a := range b {
				if !yield(a, b) {
					return
				}
			}
		}
	}
}
