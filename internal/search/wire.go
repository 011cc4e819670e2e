package search

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"sync"
)

// Version of the format (docs/search.md). A reader refuses another.
const Version = 3

// Paths below the destination.
const (
	entryPath  = "search/index.bin"
	loaderPath = "search/search.js"
	filesDir   = "search/i/" // content-addressed: may be cached for ever
)

// name is the content address of a file: the first 6 bytes of its SHA-256.
type name [6]byte

func nameOf(raw []byte) name {
	sum := sha256.Sum256(raw)
	return name(sum[:6])
}

func (n name) String() string { return hex.EncodeToString(n[:]) }

// filePath gives the path of a content-addressed file. Names are spread over
// 256 folders; the ending is none that a server compresses or decodes.
func filePath(name, suffix string) string {
	return filesDir + name[:2] + "/" + name[2:] + suffix + ".bin"
}

// Levels of compression. Positions are small numbers without repeats: coding
// them by frequency alone is smaller and three times faster than looking for
// repeats; postings gain little from looking far.
const (
	textLevel     = 6
	postingsLevel = 2
	placesLevel   = gzip.HuffmanOnly
)

// deflate compresses a file as it is served. A fixed level of one library
// version is deterministic; the address is made of the raw bytes, so that a
// compressor that packs better does not rename the files.
func deflate(w io.Writer, raw []byte, level int) error {
	pool := &writers[level-gzip.HuffmanOnly]
	z, ok := pool.Get().(*gzip.Writer)
	if !ok {
		var err error
		if z, err = gzip.NewWriterLevel(nil, level); err != nil {
			return err
		}
	}
	defer pool.Put(z)
	z.Reset(w)
	if _, err := z.Write(raw); err != nil {
		return err
	}
	return z.Close()
}

// writers are the compressors not in use, by level: making one costs more than
// compressing a file of the index.
var writers [gzip.BestCompression - gzip.HuffmanOnly + 1]sync.Pool

// appendDeflated appends the compressed bytes.
func appendDeflated(dst, raw []byte, level int) ([]byte, error) {
	buf := bytes.NewBuffer(dst)
	if err := deflate(buf, raw, level); err != nil {
		return dst, err
	}
	return buf.Bytes(), nil
}

// errDamaged is what a reader says of bytes that do not follow the format.
var errDamaged = errors.New("damaged search index")

// reader decodes the numbers and strings of index files. The first mistake is
// kept in err and everything after it is zero.
type reader struct {
	b   []byte
	err error
}

func (r *reader) fail() {
	r.err = errDamaged
	r.b = nil
}

func (r *reader) uint() uint32 {
	v, n := binary.Uvarint(r.b)
	if n <= 0 || v > 1<<32-1 {
		r.fail()
		return 0
	}
	r.b = r.b[n:]
	return uint32(v)
}

func (r *reader) bytes(n int) []byte {
	if n < 0 || n > len(r.b) {
		r.fail()
		return nil
	}
	b := r.b[:n:n]
	r.b = r.b[n:]
	return b
}

func (r *reader) string() string { return string(r.bytes(int(r.uint()))) }

func (r *reader) name() (n name) {
	copy(n[:], r.bytes(len(n)))
	return n
}

func (r *reader) done() error {
	if r.err == nil && len(r.b) > 0 {
		return fmt.Errorf("%w: %d bytes too many", errDamaged, len(r.b))
	}
	return r.err
}

func appendUint[T int | int32 | uint32](dst []byte, v T) []byte {
	return binary.AppendUvarint(dst, uint64(v))
}

func appendString(dst []byte, s string) []byte {
	return append(appendUint(dst, len(s)), s...)
}
