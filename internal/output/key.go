package output

import (
	"crypto/sha256"
	"encoding/binary"
)

// KeyBuilder collects what a page's bytes depend on and hashes it to a Key.
// Every part is length-prefixed, so that ("ab","c") and ("a","bc") differ. Reset
// it and use it again: a plan makes a key for every page of the site, and the
// buffer is then allocated once.
type KeyBuilder struct {
	buf []byte
}

// Reset starts a key for the named kind of page. Put a version into the name
// ("feed/rss 2") and raise it when the code that writes the page changes.
func (k *KeyBuilder) Reset(kind string) *KeyBuilder {
	k.buf = k.buf[:0]
	return k.String(kind)
}

// String adds a text.
func (k *KeyBuilder) String(s string) *KeyBuilder {
	k.buf = binary.AppendUvarint(k.buf, uint64(len(s)))
	k.buf = append(k.buf, s...)
	return k
}

// Bytes adds bytes, such as another key or a content hash.
func (k *KeyBuilder) Bytes(b []byte) *KeyBuilder {
	k.buf = binary.AppendUvarint(k.buf, uint64(len(b)))
	k.buf = append(k.buf, b...)
	return k
}

// Int adds a number.
func (k *KeyBuilder) Int(n int64) *KeyBuilder {
	k.buf = binary.AppendVarint(k.buf, n)
	return k
}

// Sum gives the key of all parts since Reset.
func (k *KeyBuilder) Sum() Key {
	sum := sha256.Sum256(k.buf)
	return Key(sum[:16])
}
