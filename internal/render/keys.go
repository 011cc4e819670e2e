package render

import (
	"sync"

	"warraq/internal/civil"
	"warraq/internal/output"
)

// keyer gathers what a page depends on: an output.KeyBuilder with the parts
// that pages are made of, taken from a pool because a plan makes one a page.
type keyer struct{ output.KeyBuilder }

var keyers = sync.Pool{New: func() any { return new(keyer) }}

// newKeyer starts a key with the key of what a page is made with; sum ends it.
func newKeyer(base output.Key) *keyer {
	k := keyers.Get().(*keyer)
	k.Reset("render")
	k.Bytes(base[:])
	return k
}

func (k *keyer) str(parts ...string) *keyer {
	for _, s := range parts {
		k.String(s)
	}
	return k
}

func (k *keyer) num(numbers ...int) *keyer {
	for _, n := range numbers {
		k.Int(int64(n))
	}
	return k
}

func (k *keyer) flag(b bool) *keyer {
	if b {
		return k.num(1)
	}
	return k.num(0)
}

func (k *keyer) date(d civil.Date) *keyer { return k.num(int(d.Y), int(d.M), int(d.D)) }

func (k *keyer) hash(h [16]byte) *keyer {
	k.Bytes(h[:])
	return k
}

// sum gives the key and returns the keyer to its pool.
func (k *keyer) sum() output.Key {
	key := k.Sum()
	keyers.Put(k)
	return key
}

func hashBytes(b []byte) output.Key {
	k := newKeyer(output.Key{})
	k.Bytes(b)
	return k.sum()
}
