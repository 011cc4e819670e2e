package store

import (
	"encoding/binary"
	"fmt"
	"math"
	"reflect"
	"strings"
	"unsafe"
)

// A codec writes and reads values of one type. It is compiled from the type by
// reflection once, and then works through pointers: a codec written by hand
// would be as fast, but would forget a field that is added to Draft tomorrow,
// and gob, which would not, takes three times as long. The layout that compiling walks is
// part of the cache's name, so a changed type empties the cache by itself.
//
// What is decoded lives as long as the archive, so it is laid out compactly:
// strings are copied into chunks, short ones once for all their occurrences,
// and slices of values come from slabs. Slices of the input would be quicker
// and keep twice the bytes alive, most of them numbers that were decoded.
type codec struct {
	encode func(to []byte, p unsafe.Pointer) []byte
	decode func(d *decoder, p unsafe.Pointer)
}

// decoder reads one input. A read beyond its end sets bad and gives zeros.
type decoder struct {
	in     string
	bad    bool
	memory *memory
}

// memory is where a worker's decoded values live.
type memory struct {
	slabs []slab
	chunk []byte
	known map[string]string
	last  string
}

func newMemory(slabs int) *memory {
	return &memory{slabs: make([]slab, slabs), known: map[string]string{}}
}

// keep copies a string of the input.
func (m *memory) keep(s string) string {
	const short, most, chunk = 48, 1 << 16, 1 << 16
	switch {
	case s == "":
		return ""
	case s == m.last: // a path, said in several places of one record
		return m.last
	case len(s) <= short:
		if k, ok := m.known[s]; ok {
			return k
		}
	}
	if len(s) > cap(m.chunk)-len(m.chunk) {
		if len(s) > chunk/4 {
			return strings.Clone(s)
		}
		m.chunk = make([]byte, 0, chunk)
	}
	at := len(m.chunk)
	m.chunk = append(m.chunk, s...)
	kept := unsafe.String(&m.chunk[at], len(s)) // never written again
	if len(s) <= short && len(m.known) < most {
		m.known[kept] = kept
	}
	m.last = kept
	return kept
}

// slab is what is left of a large allocation of one type.
type slab struct {
	next unsafe.Pointer
	left int
}

// compiler makes codecs and describes the layouts it met.
type compiler struct {
	layout strings.Builder
	slabs  int
}

func (c *compiler) compile(t reflect.Type) codec {
	switch t.Kind() {
	case reflect.Struct:
		return c.compileStruct(t)
	case reflect.Slice:
		return c.compileSlice(t)
	case reflect.Pointer:
		return c.compilePointer(t)
	case reflect.Array:
		if k := t.Elem().Kind(); k == reflect.Uint8 || k == reflect.Int64 {
			fmt.Fprintf(&c.layout, "[%d]%s", t.Len(), k)
			return raw(t.Size())
		}
	}
	c.layout.WriteString(t.Kind().String())
	switch t.Kind() {
	case reflect.String:
		return codec{
			func(to []byte, p unsafe.Pointer) []byte {
				s := *(*string)(p)
				return append(binary.AppendUvarint(to, uint64(len(s))), s...)
			},
			func(d *decoder, p unsafe.Pointer) { *(*string)(p) = d.memory.keep(d.text(d.count())) },
		}
	case reflect.Bool, reflect.Uint8:
		return codec{
			func(to []byte, p unsafe.Pointer) []byte { return append(to, *(*byte)(p)) },
			func(d *decoder, p unsafe.Pointer) {
				if s := d.text(1); s != "" {
					*(*byte)(p) = s[0]
				}
			},
		}
	case reflect.Int8:
		return signed[int8]()
	case reflect.Int16:
		return signed[int16]()
	case reflect.Int32:
		return signed[int32]()
	case reflect.Int64:
		return signed[int64]()
	case reflect.Int:
		return signed[int]()
	case reflect.Uint32:
		return codec{
			func(to []byte, p unsafe.Pointer) []byte { return binary.AppendUvarint(to, uint64(*(*uint32)(p))) },
			func(d *decoder, p unsafe.Pointer) { *(*uint32)(p) = uint32(d.uvarint()) },
		}
	case reflect.Float32:
		return codec{
			func(to []byte, p unsafe.Pointer) []byte {
				return binary.LittleEndian.AppendUint32(to, math.Float32bits(*(*float32)(p)))
			},
			func(d *decoder, p unsafe.Pointer) {
				if s := d.text(4); s != "" {
					*(*float32)(p) = math.Float32frombits(uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24)
				}
			},
		}
	}
	// A programmer's error that the first test run shows: Draft got a field of
	// a kind that has no codec yet.
	panic("store: no codec for " + t.String())
}

func signed[T ~int8 | ~int16 | ~int32 | ~int64 | ~int]() codec {
	return codec{
		func(to []byte, p unsafe.Pointer) []byte { return binary.AppendVarint(to, int64(*(*T)(p))) },
		func(d *decoder, p unsafe.Pointer) {
			u := d.uvarint()
			v := int64(u >> 1)
			if u&1 != 0 {
				v = ^v
			}
			*(*T)(p) = T(v)
		},
	}
}

func raw(size uintptr) codec {
	return codec{
		func(to []byte, p unsafe.Pointer) []byte { return append(to, unsafe.Slice((*byte)(p), size)...) },
		func(d *decoder, p unsafe.Pointer) { copy(unsafe.Slice((*byte)(p), size), d.text(int(size))) },
	}
}

func (c *compiler) compileStruct(t reflect.Type) codec {
	type field struct {
		offset uintptr
		codec
	}
	var fields []field
	c.layout.WriteString("{")
	for i := range t.NumField() {
		f := t.Field(i)
		c.layout.WriteString(f.Name + " ")
		fields = append(fields, field{f.Offset, c.compile(f.Type)})
		c.layout.WriteString(";")
	}
	c.layout.WriteString("}")
	return codec{
		func(to []byte, p unsafe.Pointer) []byte {
			for i := range fields {
				to = fields[i].encode(to, unsafe.Add(p, fields[i].offset))
			}
			return to
		},
		func(d *decoder, p unsafe.Pointer) {
			for i := range fields {
				fields[i].decode(d, unsafe.Add(p, fields[i].offset))
			}
		},
	}
}

// header is the memory of a slice.
type header struct {
	data     unsafe.Pointer
	len, cap int
}

// compileSlice keeps nil and empty apart: drafts mean different things by them.
func (c *compiler) compileSlice(t reflect.Type) codec {
	c.layout.WriteString("[]")
	elem := t.Elem()
	size := elem.Size()
	one := c.compile(elem)
	at := c.slabs
	c.slabs++
	flat := elem.Kind() == reflect.Uint32 // sketches: hashes, which varints would make longer
	encode := func(to []byte, p unsafe.Pointer) []byte {
		s := (*header)(p)
		if s.data == nil {
			return append(to, 0)
		}
		to = binary.AppendUvarint(to, uint64(s.len)+1)
		for i := range s.len {
			e := unsafe.Add(s.data, uintptr(i)*size)
			if flat {
				to = binary.LittleEndian.AppendUint32(to, *(*uint32)(e))
			} else {
				to = one.encode(to, e)
			}
		}
		return to
	}
	decode := func(d *decoder, p unsafe.Pointer) {
		n := d.count()
		if n == 0 {
			return
		}
		n--
		if n > len(d.in) { // an element takes a byte at least
			d.bad = true
			return
		}
		s := (*header)(p)
		s.data, s.len, s.cap = d.memory.room(at, elem, n), n, n
		if flat {
			in := d.text(4 * n)
			for i := 0; i+4 <= len(in); i += 4 {
				*(*uint32)(unsafe.Add(s.data, i)) = uint32(in[i]) | uint32(in[i+1])<<8 | uint32(in[i+2])<<16 | uint32(in[i+3])<<24
			}
			return
		}
		for i := 0; i < n && !d.bad; i++ {
			one.decode(d, unsafe.Add(s.data, uintptr(i)*size))
		}
	}
	return codec{encode, decode}
}

func (c *compiler) compilePointer(t reflect.Type) codec {
	c.layout.WriteString("*")
	elem := t.Elem()
	one := c.compile(elem)
	return codec{
		func(to []byte, p unsafe.Pointer) []byte {
			if q := *(*unsafe.Pointer)(p); q != nil {
				return one.encode(append(to, 1), q)
			}
			return append(to, 0)
		},
		func(d *decoder, p unsafe.Pointer) {
			if d.text(1) == "\x01" {
				q := reflect.New(elem).UnsafePointer()
				one.decode(d, q)
				*(*unsafe.Pointer)(p) = q
			}
		},
	}
}

// text takes the next n bytes.
func (d *decoder) text(n int) string {
	if n > len(d.in) {
		d.bad, d.in = true, ""
		return ""
	}
	s := d.in[:n]
	d.in = d.in[n:]
	return s
}

func (d *decoder) uvarint() uint64 {
	var v uint64
	for i := 0; i < len(d.in) && i < binary.MaxVarintLen64; i++ {
		b := d.in[i]
		v |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			d.in = d.in[i+1:]
			return v
		}
	}
	d.bad, d.in = true, ""
	return 0
}

// count reads a length, which never exceeds the input by much.
func (d *decoder) count() int {
	n := d.uvarint()
	if n > uint64(len(d.in))+1 {
		d.bad, d.in = true, ""
		return 0
	}
	return int(n)
}

// room gives memory for n values of type t, zeroed.
func (m *memory) room(at int, t reflect.Type, n int) unsafe.Pointer {
	const bytes = 32 << 10
	if n == 0 {
		return unsafe.Pointer(unsafe.SliceData([]byte{})) // not nil: an empty slice
	}
	s := &m.slabs[at]
	if s.left < n {
		whole := bytes / int(max(t.Size(), 1))
		if n*4 > whole {
			return reflect.MakeSlice(reflect.SliceOf(t), n, n).UnsafePointer()
		}
		*s = slab{reflect.MakeSlice(reflect.SliceOf(t), whole, whole).UnsafePointer(), whole}
	}
	p := s.next
	s.left -= n
	if s.left > 0 {
		s.next = unsafe.Add(s.next, uintptr(n)*t.Size())
	} else {
		s.next = nil
	}
	return p
}
