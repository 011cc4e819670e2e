// Package digest hashes what something depends on: a page's key, a draft's, an
// article's. A Builder collects texts, numbers and hashes, each with its length
// or in a form that ends by itself, so that different parts never collect to
// equal bytes: ("ab", "c") and ("a", "bc") differ. A list is written as its
// length and its items.
//
// The sum is the first 16 bytes of SHA-256: sources are hostile, and a text made
// to collide with another would keep that other's page.
//
// Sums decide what is made anew, never an address: the ids of articles have
// hashes of their own, which may not change.
package digest

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
)

// Sum is the result.
type Sum = [16]byte

// Builder collects parts. Its zero value is ready; Reset makes it ready again
// and keeps its memory, because an archive needs millions of sums. It is not
// safe for concurrent use.
type Builder struct {
	buf []byte
}

// Reset forgets all parts and begins with the kind of thing that is hashed. Put
// a version into the name ("feed/rss 2") and raise it when its meaning changes.
func (b *Builder) Reset(kind string) *Builder {
	b.buf = b.buf[:0]
	return b.String(kind)
}

// String adds a text.
func (b *Builder) String(s string) *Builder {
	b.buf = binary.AppendUvarint(b.buf, uint64(len(s)))
	b.buf = append(b.buf, s...)
	return b
}

// Strings adds a list of texts.
func (b *Builder) Strings(list []string) *Builder {
	b.Int(int64(len(list)))
	for _, s := range list {
		b.String(s)
	}
	return b
}

// Bytes adds bytes, such as another sum.
func (b *Builder) Bytes(p []byte) *Builder {
	b.buf = binary.AppendUvarint(b.buf, uint64(len(p)))
	b.buf = append(b.buf, p...)
	return b
}

// Int adds a number.
func (b *Builder) Int(n int64) *Builder {
	b.buf = binary.AppendVarint(b.buf, n)
	return b
}

// Float adds a number by its bits: 0.5 and 0.50000001 differ.
func (b *Builder) Float(f float32) *Builder { return b.Int(int64(math.Float32bits(f))) }

// Bool adds a truth value.
func (b *Builder) Bool(v bool) *Builder {
	if v {
		return b.Int(1)
	}
	return b.Int(0)
}

// Sum gives the hash of all parts since Reset.
func (b *Builder) Sum() Sum {
	sum := sha256.Sum256(b.buf)
	return Sum(sum[:16])
}
