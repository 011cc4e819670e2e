package assemble

import (
	"slices"
)

// Limits of the search for copies: they keep it linear whatever the corpus.
const (
	sampleMask   = 7  // of a sketch, the hashes with these bits zero are looked up …
	sampleLeast  = 8  // … and the smallest few, so that short texts take part
	fullGroup    = 8  // up to so many texts with one shingle are all paired,
	groupCentres = 3  // of more each is paired with the first few and the one before
	pairsEach    = 48 // pairs that one text may propose
)

// candidates finds pairs of leaders that may share text, through an inverted
// index of their sampled shingles.
//
// Nearly all shingles of an archive occur once. Two bitmaps find those that do
// not: the first marks hashes seen, the second those seen again; only the
// latter are sorted. A sorted index of all would cost eight times the memory
// and, at a million articles, most of the time of assembling.
func candidates(entries []entry) [][2]int32 {
	total := 0
	sampled := func(sketch []uint32, visit func(h uint32)) {
		for i, h := range sketch {
			if h&sampleMask == 0 || i < sampleLeast {
				visit(h)
			}
		}
	}
	for i := range entries {
		if entries[i].leader == int32(i) {
			total += len(entries[i].draft.Sketch)/2 + sampleLeast
		}
	}
	if total == 0 {
		return nil
	}
	once, twice := newBitmap(total), newBitmap(total)
	for i := range entries {
		if entries[i].leader == int32(i) {
			sampled(entries[i].draft.Sketch, func(h uint32) {
				if once.set(h) {
					twice.set(h)
				}
			})
		}
	}
	var postings []uint64 // shingle, entry
	for i := range entries {
		if entries[i].leader == int32(i) {
			sampled(entries[i].draft.Sketch, func(h uint32) {
				if twice.has(h) {
					postings = append(postings, uint64(h)<<32|uint64(i))
				}
			})
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

// bitmap is a set of hashes that may take others for members: a filter.
type bitmap struct {
	words []uint64
	shift uint32
}

// newBitmap has room for n hashes at about one false member in thirty.
func newBitmap(n int) bitmap {
	bits := uint32(10)
	for bits < 32 && 1<<bits < n*32 {
		bits++
	}
	return bitmap{make([]uint64, 1<<(bits-6)), 32 - bits}
}

// set adds h and says whether it was there.
func (b bitmap) set(h uint32) bool {
	at := h * 0x9e3779b1 >> b.shift
	word, bit := &b.words[at>>6], uint64(1)<<(at&63)
	was := *word&bit != 0
	*word |= bit
	return was
}

func (b bitmap) has(h uint32) bool {
	at := h * 0x9e3779b1 >> b.shift
	return b.words[at>>6]&(1<<(at&63)) != 0
}
