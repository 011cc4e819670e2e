package match

import (
	"crypto/sha256"
	"slices"

	"warraq/internal/arabic"
	"warraq/internal/archive"
)

// A sketch samples the word 3-shingles of a body for finding copies. It keeps
// every shingle whose hash is a multiple of sampleRate, so that two texts keep
// the same ones of what they share, and the bottomSize smallest hashes besides,
// so that a short text has enough to compare.
const (
	sampleRate = 4
	bottomSize = 32
)

// sampler collects distinct shingles.
type sampler struct {
	seen  []uint32 // open addressing, a power of two; 0 is empty
	all   []uint32 // distinct, in order of appearance
	stack []uint32
}

// shingles collects the distinct shingle hashes of the body's tokens.
func (sm *sampler) shingles(tokens []token) {
	size := 64
	for size < 2*len(tokens) {
		size *= 2
	}
	sm.seen = cleared(sm.seen, size)
	sm.all = sm.all[:0]
	if len(tokens) > 0 && len(tokens) < 3 {
		h := uint64(0)
		for i := range tokens {
			h = mix(h + tokens[i].hash)
		}
		sm.add(h)
		return
	}
	for i := 2; i < len(tokens); i++ {
		sm.add(shingle(tokens[i-2].hash, tokens[i-1].hash, tokens[i].hash))
	}
}

func shingle(a, b, c uint64) uint64 {
	return mix(a*0x9E3779B97F4A7C15 + (b<<21 | b>>43) + c*0xC2B2AE3D27D4EB4F)
}

func (sm *sampler) add(h uint64) {
	v := max(1, uint32(h>>32)) // 0 marks an empty cell
	mask := uint32(len(sm.seen) - 1)
	for i := v & mask; ; i = (i + 1) & mask {
		switch sm.seen[i] {
		case v:
			return
		case 0:
			sm.seen[i] = v
			sm.all = append(sm.all, v)
			return
		}
	}
}

// sketch gives the sorted sample of what shingles collected.
func (sm *sampler) sketch() []uint32 {
	if len(sm.all) == 0 {
		return nil
	}
	if len(sm.all) <= bottomSize {
		out := slices.Clone(sm.all)
		slices.Sort(out)
		return out
	}
	bottom := sm.bottom()
	limit := bottom[len(bottom)-1]
	picked := append(sm.stack[:0], bottom...)
	for _, v := range sm.all {
		if v%sampleRate == 0 && v > limit {
			picked = append(picked, v)
		}
	}
	sm.stack = picked
	out := slices.Clone(picked)
	slices.Sort(out)
	return out
}

// bottom gives the bottomSize smallest hashes, sorted.
func (sm *sampler) bottom() []uint32 {
	var least [bottomSize]uint32
	n := 0
	for _, v := range sm.all {
		if n == bottomSize && v >= least[n-1] {
			continue
		}
		if n < bottomSize {
			n++
		}
		i := n - 1
		for i > 0 && least[i-1] > v {
			least[i] = least[i-1]
			i--
		}
		least[i] = v
	}
	return append(sm.stack[:0], least[:n]...)
}

// Containment estimates which share of the shorter text's shingles the longer
// one has, from two sketches and the numbers of distinct shingles.
//
// Where both have enough of the regular sample, that is compared. Else the
// shorter's smallest hashes are looked up in the longer's sketch, which is
// complete below its own bottom; above it only multiples of sampleRate are.
func Containment(a []uint32, aShingles int32, b []uint32, bShingles int32) float32 {
	if shorter(b, bShingles, a, aShingles) {
		a, b, aShingles, bShingles = b, a, bShingles, aShingles
	}
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	complete := horizon(b, bShingles)
	compared, shared := 0, 0
	for _, v := range a {
		if v%sampleRate != 0 && v > complete {
			continue // b would not have kept it
		}
		compared++
		if compared == hopeless && shared*8 < compared {
			break // far below any threshold that matters, as most candidates are
		}
		for len(b) > 0 && b[0] < v { // both are sorted: one walk through them
			b = b[1:]
		}
		if len(b) > 0 && b[0] == v {
			shared++
		}
	}
	if compared == 0 {
		return 0
	}
	return float32(shared) / float32(compared)
}

// hopeless is after how many shingles a comparison with hardly a hit ends.
const hopeless = 32

// horizon is the hash up to which a sketch holds every shingle of its text.
func horizon(sketch []uint32, shingles int32) uint32 {
	if int(shingles) <= bottomSize {
		return ^uint32(0)
	}
	return sketch[min(bottomSize, len(sketch))-1]
}

// Shingles gives all distinct shingle hashes of a body, sorted: what Sketch
// samples, for comparing two bodies exactly.
func Shingles(paragraphs []string) []uint32 {
	var tokens []token
	var folded []byte
	for _, text := range paragraphs {
		for start, end := range arabic.Words(text) {
			if folded = arabic.AppendFold(folded[:0], text[start:end]); len(folded) > 0 {
				tokens = append(tokens, token{hash: wordHash(folded)})
			}
		}
	}
	var sm sampler
	sm.shingles(tokens)
	slices.Sort(sm.all)
	return sm.all
}

// exactHash hashes folded letters without the spaces between them, so that
// words glued or parted by a scraper make no difference. The zero Hash stands
// for a body without letters, which is nobody's copy.
func exactHash(folded []byte) archive.Hash {
	if len(folded) == 0 {
		return archive.Hash{}
	}
	sum := sha256.Sum256(folded)
	return archive.Hash(sum[:16])
}
