package assemble

import (
	"math/bits"
	"slices"
)

// Limits of the search for copies: they keep it linear whatever the corpus.
const (
	sampleMask   = 7   // of a sketch, the hashes with these bits zero are looked up,
	shortText    = 128 // and of a text with fewer shingles than this
	sampleLeast  = 8   // the smallest ones besides, so that short texts meet
	fullGroup    = 8   // up to so many texts with one shingle are all paired,
	groupCentres = 3   // of more each is paired with the first few and the one before
	pairsEach    = 48  // pairs that one text may propose,
	pairsCommon  = 20  // while so many are there, none more for a shingle of a larger group
)

// pairsAtOnce is about how many entries the second ones of the pairs in one part
// are: a part is sorted, estimated and forgotten before the next, so that the
// pairs of a large archive are in memory once and not sorted copies beside them.
const pairsAtOnce = 1 << 14

// postingsAtOnce bounds the memory of the inverted index: it is made for one
// range of hashes after the other.
const postingsAtOnce = 1 << 22

// candidates finds pairs of leaders that may share text, through an inverted
// index of their sampled shingles: in parts, see pairing.
//
// Sketches are sorted, so that a range of hashes is a stretch of each. The
// postings of a range are sorted by radix, in three passes over memory, and
// equal neighbours propose pairs. (A filter that lets only repeated hashes
// through needs less memory still, but its random accesses took four times as
// long; MinHash bands miss short texts inside long ones.)
func candidates(entries []entry) *pairing {
	total := 0
	for i := range entries {
		if entries[i].leader == int32(i) {
			total += len(entries[i].draft.Sketch)/(sampleMask+1) + sampleLeast/2
		}
	}
	p := newPairing(len(entries))
	if total == 0 {
		return p
	}
	ranges := uint64(total/postingsAtOnce + 1)
	width := (1<<32 + ranges - 1) / ranges
	cursors := make([]int32, len(entries))
	postings := make([]uint64, 0, total/int(ranges)+total/16)
	var spare []uint64
	for from := uint64(0); from < 1<<32; from += width {
		postings = postings[:0]
		for i := range entries {
			if entries[i].leader == int32(i) {
				postings = appendPostings(postings, &entries[i], uint64(i), &cursors[i], from+width)
			}
		}
		spare = slices.Grow(spare[:0], len(postings))[:len(postings)]
		postings, spare = sortByBits(postings, spare, 32, 64)
		p.group(postings)
	}
	return p
}

// appendPostings appends a sketch's looked-up hashes below the bound, each above
// the number of its entry.
func appendPostings(to []uint64, e *entry, at uint64, cursor *int32, below uint64) []uint64 {
	d := e.draft
	short := d.Shingles < shortText
	i := int(*cursor)
	for ; i < len(d.Sketch); i++ {
		h := d.Sketch[i]
		if uint64(h) >= below {
			break
		}
		if h&sampleMask == 0 || short && i < sampleLeast {
			to = append(to, uint64(h)<<32|at)
		}
	}
	*cursor = int32(i)
	return to
}

// sortByBits sorts by the bits from…to, keeping the order of equal ones. It
// returns the sorted slice and the other one.
func sortByBits(x, spare []uint64, from, to int) (sorted, other []uint64) {
	const step = 11
	for shift := from; shift < to; shift += step {
		var start [1 << step]int
		for _, v := range x {
			start[v>>shift&(1<<step-1)]++
		}
		at := 0
		for i, n := range start {
			start[i] = at
			at += n
		}
		for _, v := range x {
			b := v >> shift & (1<<step - 1)
			spare[start[b]] = v
			start[b]++
		}
		x, spare = spare, x
	}
	return x, spare
}

// pairing collects the pairs that groups of equal shingles propose: first entry
// above second, the first being the smaller. They are parted by their second,
// which proposes a bounded number, so that parts are of like size.
type pairing struct {
	parts    [][]uint64
	spare    []uint64 // for sorting
	proposed []uint8  // by each entry
}

func newPairing(entries int) *pairing {
	return &pairing{parts: make([][]uint64, entries/pairsAtOnce+1), proposed: make([]uint8, entries)}
}

func (p *pairing) group(postings []uint64) {
	for i := 0; i < len(postings); {
		j := i + 1
		for j < len(postings) && postings[j]>>32 == postings[i]>>32 {
			j++
		}
		for k := i + 1; k < j; k++ {
			if j-i <= fullGroup {
				for l := i; l < k; l++ {
					p.propose(postings[l], postings[k], pairsEach)
				}
				continue
			}
			for l := i; l < min(k, i+groupCentres); l++ {
				p.propose(postings[l], postings[k], pairsCommon)
			}
			if k-1 >= i+groupCentres {
				p.propose(postings[k-1], postings[k], pairsCommon)
			}
		}
		i = j
	}
}

// propose adds a pair unless the second has proposed its share. The larger the
// archive, the more shingles are phrases that everybody uses: with one share for
// all, they would take it up and leave none for what only copies have in common.
func (p *pairing) propose(x, y uint64, share uint8) {
	x, y = x&0xffffffff, y&0xffffffff
	if x != y && p.proposed[y] < share {
		p.proposed[y]++
		part := &p.parts[y/pairsAtOnce]
		*part = append(*part, x<<32|y)
	}
}

// take gives the pairs of a part, each once, and forgets them. They come by
// their second entry: most are of the few texts that stand first in the groups of
// common phrases with all others, so that what is compared next is in the
// processor's caches, the second for being the last one's again, the first for
// being one of the few.
func (p *pairing) take(part int) []uint64 {
	pairs := p.parts[part]
	p.parts[part] = nil
	if len(pairs) > 1<<12 { // from there on radixes are faster
		width := bits.Len(uint(len(p.proposed)))
		p.spare = slices.Grow(p.spare[:0], len(pairs))[:len(pairs)]
		pairs, p.spare = sortByBits(pairs, p.spare, 32, 32+width)
		pairs, p.spare = sortByBits(pairs, p.spare, 0, width)
	} else {
		slices.Sort(pairs)
	}
	return slices.Compact(pairs)
}
