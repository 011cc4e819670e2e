package match

import (
	"math/bits"
	"slices"
)

// Outline is a sketch prepared for being held against many others, most of
// which share little with it: a bitmap tells so in a fraction of the time that
// walking through both takes.
type Outline struct {
	bits     [outlineBits / 64]uint64 // at a place for each hash
	sketch   []uint32
	shingles int32
	horizon  uint32
}

// outlineBits is for sketches of about a hundred hashes, of ordinary articles:
// a tenth of the places are then taken. Longer ones fill more of them and are
// walked through the more often, with the same result.
const outlineBits = 1024

// NewOutline prepares a sketch of a text with so many distinct shingles.
func NewOutline(sketch []uint32, shingles int32) Outline {
	o := Outline{sketch: sketch, shingles: shingles}
	for _, v := range sketch {
		at := v * 0x9E3779B1 >> 22
		o.bits[at/64] |= 1 << (at % 64)
	}
	if len(sketch) > 0 {
		o.horizon = horizon(sketch, shingles)
	}
	return o
}

// Len is how many hashes the sketch has.
func (x *Outline) Len() int { return len(x.sketch) }

// Below reports whether the Containment of the two sketches is certainly less
// than least. Every place of the shorter that the other has not is a hash at
// least that the other has not; only hashes that Containment does not compare
// are no evidence.
func (x *Outline) Below(y *Outline, least float32) bool {
	a, b := x, y
	if shorter(b.sketch, b.shingles, a.sketch, a.shingles) {
		a, b = b, a
	}
	missing := 0
	for i := range a.bits {
		missing += bits.OnesCount64(a.bits[i] &^ b.bits[i])
	}
	if float32(missing) <= (1-least)*float32(len(a.sketch)) {
		return false // whatever is not compared
	}
	passed := 0
	for _, v := range a.sketch[:min(bottomSize, len(a.sketch))] { // further on all are regular samples
		if v%sampleRate != 0 && v > b.horizon {
			passed++
		}
	}
	return float32(missing-passed) > (1-least)*float32(len(a.sketch)-passed)
}

// shorter orders the texts of two sketches by length, and those of one length
// in some fixed way.
func shorter(a []uint32, aShingles int32, b []uint32, bShingles int32) bool {
	return aShingles < bShingles || aShingles == bShingles && slices.Compare(a, b) < 0
}
