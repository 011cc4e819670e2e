package assemble

import (
	"slices"
)

// Limits of the search for copies: they keep it linear whatever the corpus.
const (
	sampleMask   = 7  // of a sketch, the hashes with these bits zero are looked up …
	sampleLeast  = 8  // … and, where those are few, the smallest,
	sampleFew    = 16 // so that short texts meet
	fullGroup    = 8  // up to so many texts with one shingle are all paired,
	groupCentres = 3  // of more each is paired with the first few and the one before
	pairsEach    = 48 // pairs that one text may propose
)

// candidates finds pairs of leaders that may share text, through an inverted
// index of their sampled shingles.
//
// Nearly all shingles of an archive occur once. A filter finds those that do
// not, and only they are sorted: a sorted index of all would take ten times the
// memory and, at a million articles, most of the time of assembling.
func candidates(entries []entry) [][2]int32 {
	total := 0
	for i := range entries {
		if entries[i].leader == int32(i) {
			total += len(entries[i].draft.Sketch)/2 + 1
		}
	}
	if total == 0 {
		return nil
	}
	seen := newFilter(total)
	var sample []uint32
	for i := range entries {
		if entries[i].leader == int32(i) {
			sample = sampled(sample[:0], entries[i].draft.Sketch)
			for _, h := range sample {
				seen.add(h)
			}
		}
	}
	var postings []uint64 // shingle, entry
	for i := range entries {
		if entries[i].leader == int32(i) {
			sample = sampled(sample[:0], entries[i].draft.Sketch)
			for _, h := range sample {
				if seen.repeated(h) {
					postings = append(postings, uint64(h)<<32|uint64(i))
				}
			}
		}
	}
	slices.Sort(postings)
	return pairUp(postings, len(entries))
}

// pairUp proposes pairs from groups of equal shingles.
func pairUp(postings []uint64, n int) [][2]int32 {
	var pairs []uint64
	proposed := make([]uint8, n)
	propose := func(x, y uint64) {
		x, y = x&0xffffffff, y&0xffffffff
		if x != y && proposed[y] < pairsEach {
			proposed[y]++
			pairs = append(pairs, x<<32|y)
		}
	}
	for i := 0; i < len(postings); {
		j := i + 1
		for j < len(postings) && postings[j]>>32 == postings[i]>>32 {
			j++
		}
		for k := i + 1; k < j; k++ {
			if j-i <= fullGroup {
				for l := i; l < k; l++ {
					propose(postings[l], postings[k])
				}
				continue
			}
			for l := i; l < min(k, i+groupCentres); l++ {
				propose(postings[l], postings[k])
			}
			if k-1 >= i+groupCentres {
				propose(postings[k-1], postings[k])
			}
		}
		i = j
	}
	slices.Sort(pairs)
	var out [][2]int32
	for i := 0; i < len(pairs); {
		j := i + 1
		for j < len(pairs) && pairs[j] == pairs[i] {
			j++
		}
		out = append(out, [2]int32{int32(pairs[i] >> 32), int32(pairs[i] & 0xffffffff)})
		i = j
	}
	return out
}

// sampled appends the hashes of a sketch that are looked up.
func sampled(to, sketch []uint32) []uint32 {
	for _, h := range sketch {
		if h&sampleMask == 0 {
			to = append(to, h)
		}
	}
	if len(to) < sampleFew {
		for _, h := range sketch[:min(len(sketch), sampleLeast)] {
			if h&sampleMask != 0 {
				to = append(to, h)
			}
		}
	}
	return to
}

// filter remembers which hashes were added twice. It may take a hash for
// another, about one in sixteen: that costs a comparison, nothing more. A slot
// is two bits side by side, so that a hash costs one cache line.
type filter struct {
	words []uint64
	shift uint32
}

func newFilter(n int) filter {
	slots := uint32(10)
	for slots < 31 && 1<<slots < n*16 {
		slots++
	}
	return filter{make([]uint64, 1<<(slots-5)), 32 - slots}
}

func (f filter) add(h uint32) {
	at := h * 0x9e3779b1 >> f.shift
	word, bit := &f.words[at>>5], uint64(1)<<(at&31*2)
	*word |= bit | (*word&bit)<<1
}

func (f filter) repeated(h uint32) bool {
	at := h * 0x9e3779b1 >> f.shift
	return f.words[at>>5]&(2<<(at&31*2)) != 0
}
