// Package store keeps the drafts of unchanged sources from build to build.
//
// The cache is disposable: deleting it changes how long a build takes, never a
// byte of its output. A cache that is damaged, of another program version or
// of other editors' rules is discarded, never trusted.
//
// It is one flat file: a header that names what all records depend on, then
// batches of records, each batch with a checksum. A build appends the records
// of the sources it read; the last record of a path counts. A batch that a kill
// cut off fails its checksum and is dropped with what follows. When most of the
// file is dead records it is written anew.
//
// docs/architecture.md says why it is no database.
package store

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"sync"
	"unsafe"

	"warraq/internal/archive"
	"warraq/internal/diag"
)

// Stamp is what a file system says of a source: equal stamps promise equal
// bytes. The zero Stamp promises nothing.
type Stamp [4]int64

// Record is what one source file gave.
type Record struct {
	Stamp    Stamp
	Hash     archive.Hash // of the source's bytes
	Drafts   []archive.Draft
	Problems []diag.Problem
	Dropped  int32 // spans that are in no article
}

const (
	fileName  = "drafts.cache"
	magic     = "warraq drafts 1\n"
	batchSize = 1 << 20
	maxBatch  = 1 << 30
)

// Cache is an open cache, used through its Workers.
type Cache struct {
	name   string
	key    [32]byte
	codec  codec
	slabs  int
	in     *os.File         // the file as the last build left it
	index  map[string]place // of its records, by path
	unlock func()
	off    bool // read nothing, write nothing

	mu      sync.Mutex
	out     *os.File // nil until the first Put
	fresh   bool     // out is a new file that replaces the old
	pending []byte
	spoiled error // first failed write: the cache goes no further
	valid   int64 // length of the file's sound part
	puts    int
}

// Open reads the cache in dir, whose records must depend on key and on their
// source alone. It always gives a usable cache: when another build holds the
// folder or it cannot be written, one that keeps nothing. Problems are warnings.
func Open(dir string, key archive.Hash) (*Cache, []diag.Problem) {
	var compile compiler
	c := &Cache{name: filepath.Join(dir, fileName), codec: compile.compile(reflect.TypeFor[Record]()), slabs: compile.slabs}
	c.key = sha256.Sum256([]byte(runtime.GOARCH + compile.layout.String() + string(key[:])))
	warn := func(err error, remedy string) []diag.Problem {
		return []diag.Problem{{
			Code: diag.CacheUnusable, Severity: diag.Warning, Position: diag.Position{Path: c.name},
			Message: "the cache cannot be used: " + err.Error(), Remedy: remedy,
		}}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		c.off = true
		return c, warn(err, "the build is complete but slow; choose another --cache-dir")
	}
	unlock, err := lock(dir)
	if err != nil {
		c.off = true
		return c, nil // another build uses it; ours does without
	}
	c.unlock = unlock
	c.in, err = os.Open(c.name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return c, nil
	case err != nil:
		return c, warn(err, "delete it")
	}
	sound, size, err := c.load()
	switch {
	case errors.Is(err, errForeign):
		return c, warn(err, "nothing to do; it is replaced")
	case err != nil:
		return c, warn(err, "delete it")
	case sound < size && sound > 0:
		return c, warn(errors.New("its end is damaged"), "nothing to do; those sources are read again")
	}
	return c, nil
}

// Off gives a cache that keeps nothing.
func Off() *Cache {
	var compile compiler
	c := &Cache{off: true, codec: compile.compile(reflect.TypeFor[Record]())}
	c.slabs = compile.slabs
	return c
}

// place is where a record is encoded in the file. The records themselves stay
// there: with a million articles they are 1.6 GB, and each is needed once.
type place struct {
	offset int64
	size   int32
}

var errForeign = errors.New("it is damaged or was not written by this program")

// load indexes the file's sound part and gives its length, 0 when the file
// belongs to another key, beside the length of the file.
func (c *Cache) load() (sound, size int64, err error) {
	info, err := c.in.Stat()
	if err != nil {
		return 0, 0, err
	}
	size = info.Size()
	in := bufio.NewReaderSize(c.in, 1<<18)
	head := make([]byte, len(magic)+len(c.key))
	if n, err := io.ReadFull(in, head); n < len(magic) || string(head[:len(magic)]) != magic {
		return 0, size, errForeign
	} else if err != nil || string(head[len(magic):]) != string(c.key[:]) {
		return 0, size, nil
	}
	c.index = make(map[string]place, size/1500)
	table := crc32.MakeTable(crc32.Castagnoli)
	var frame [8]byte
	var batch []byte
	for at := int64(len(head)); ; at += int64(len(frame) + len(batch)) {
		c.valid = at
		if _, err := io.ReadFull(in, frame[:]); err != nil {
			return at, size, nil
		}
		n, sum := binary.LittleEndian.Uint32(frame[:]), binary.LittleEndian.Uint32(frame[4:])
		if n > maxBatch || int64(n) > size-at-int64(len(frame)) {
			return at, size, nil
		}
		batch = slices.Grow(batch[:0], int(n))[:n]
		if _, err := io.ReadFull(in, batch); err != nil || crc32.Checksum(batch, table) != sum {
			return at, size, nil
		}
		if !c.add(batch, at+int64(len(frame))) {
			return at, size, nil
		}
	}
}

// add indexes the records of a batch that begins at offset.
func (c *Cache) add(batch []byte, offset int64) bool {
	text := unsafe.String(unsafe.SliceData(batch), len(batch)) // not kept
	var paths []byte                                           // of all records: one allocation
	type found struct{ path, offset, size int }
	var records []found
	for d := (decoder{in: text}); d.in != ""; {
		record := d.text(d.count())
		r := decoder{in: record}
		path := r.text(r.count())
		if d.bad || r.bad {
			return false
		}
		paths = append(paths, path...)
		records = append(records, found{len(path), len(text) - len(d.in) - len(r.in), len(r.in)})
	}
	names := string(paths)
	for _, r := range records {
		c.index[names[:r.path]] = place{offset + int64(r.offset), int32(r.size)}
		names = names[r.path:]
	}
	return true
}

// encoded reads the record of a path from the file into buf.
func (c *Cache) encoded(path string, buf []byte) ([]byte, bool) {
	at, ok := c.index[path]
	if !ok {
		return buf, false
	}
	buf = slices.Grow(buf[:0], int(at.size))[:at.size]
	_, err := c.in.ReadAt(buf, at.offset)
	return buf, err == nil
}

// Worker reads and keeps records for one goroutine; what it gives lives in
// memory of its own, compactly, and independently of what it was given.
type Worker struct {
	cache  *Cache
	memory *memory
	buf    []byte
}

// Worker gives a goroutine its worker.
func (c *Cache) Worker() *Worker { return &Worker{cache: c, memory: newMemory(c.slabs)} }

// Known gives the stamp of a path's record and a hash of all the rest of it,
// without decoding: equal hashes promise equal drafts and problems.
func (w *Worker) Known(path string) (stamp Stamp, hash archive.Hash, ok bool) {
	if w.buf, ok = w.cache.encoded(path, w.buf); !ok || len(w.buf) < stampSize {
		return Stamp{}, archive.Hash{}, false
	}
	copy(unsafe.Slice((*byte)(unsafe.Pointer(&stamp)), stampSize), w.buf)
	return stamp, hashOf(w.buf), true
}

// stampSize is the length of a record's stamp, which is encoded first and as it
// lies in memory.
const stampSize = int(unsafe.Sizeof(Stamp{}))

// hashOf hashes an encoded record but for its stamp.
func hashOf(encoded []byte) archive.Hash {
	sum := sha256.Sum256(encoded[stampSize:])
	return archive.Hash(sum[:16])
}

// Get gives the record of a path.
func (w *Worker) Get(path string) (Record, bool) {
	var ok bool
	if w.buf, ok = w.cache.encoded(path, w.buf); !ok {
		return Record{}, false
	}
	return w.decode(unsafe.String(unsafe.SliceData(w.buf), len(w.buf)))
}

func (w *Worker) decode(encoded string) (Record, bool) {
	var record Record
	d := decoder{in: encoded, memory: w.memory}
	w.cache.codec.decode(&d, unsafe.Pointer(&record))
	if d.bad || d.in != "" {
		return Record{}, false
	}
	return record, true
}

// Put keeps the record of a path and gives a copy that shares no memory with
// it: a draft's strings are parts of its source's text, which must not stay.
// The hash is the one that Known will give.
func (w *Worker) Put(path string, record *Record) (Record, archive.Hash) {
	w.buf = append(binary.AppendUvarint(w.buf[:0], uint64(len(path))), path...)
	head := len(w.buf)
	w.buf = w.cache.codec.encode(w.buf, unsafe.Pointer(record))
	w.cache.put(w.buf)
	compact, ok := w.decode(unsafe.String(&w.buf[head], len(w.buf)-head))
	if !ok {
		panic("store: a record does not decode") // the codec is broken, see its tests
	}
	return compact, hashOf(w.buf[head:])
}

func (c *Cache) put(body []byte) {
	if c.off {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.puts++
	c.pending = append(binary.AppendUvarint(c.pending, uint64(len(body))), body...)
	if len(c.pending) >= batchSize {
		c.flush()
	}
}

// flush writes the pending records as a batch.
func (c *Cache) flush() {
	if len(c.pending) == 0 || c.spoiled != nil {
		c.pending = c.pending[:0]
		return
	}
	if c.out == nil {
		if c.spoiled = c.begin(); c.spoiled != nil {
			return
		}
	}
	head := binary.LittleEndian.AppendUint32(nil, uint32(len(c.pending)))
	head = binary.LittleEndian.AppendUint32(head, crc32.Checksum(c.pending, crc32.MakeTable(crc32.Castagnoli)))
	_, err1 := c.out.Write(head)
	_, err2 := c.out.Write(c.pending)
	c.spoiled = errors.Join(err1, err2)
	c.pending = c.pending[:0]
}

// begin opens the file to append to, or a new one when there is none.
func (c *Cache) begin() error {
	if c.valid > 0 && !c.fresh {
		f, err := os.OpenFile(c.name, os.O_WRONLY, 0o644)
		if err != nil {
			return err
		}
		if err := f.Truncate(c.valid); err != nil {
			f.Close()
			return err
		}
		if _, err := f.Seek(0, io.SeekEnd); err != nil {
			f.Close()
			return err
		}
		c.out = f
		return nil
	}
	f, err := os.Create(c.name + ".new")
	if err != nil {
		return err
	}
	c.out, c.fresh = f, true
	_, err = f.Write(append([]byte(magic), c.key[:]...))
	return err
}

// Close writes what is pending and gives the folder free. live tells which
// paths are still sources: when most records are of other paths, or replaced,
// the file is written anew. Problems are warnings: a cache that cannot be
// written costs the next build time, nothing else.
func (c *Cache) Close(live func(path string) bool) []diag.Problem {
	if c.unlock != nil {
		defer c.unlock()
	}
	if c.off {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	defer func() { c.index = nil }()
	c.flush()
	err := c.spoiled
	if c.in != nil {
		c.in.Close() // only read from; and some systems rename no file onto an open one
	}
	if c.out != nil {
		err = errors.Join(err, c.out.Close())
		if c.fresh && err == nil {
			err = os.Rename(c.name+".new", c.name)
		}
		if c.fresh && err != nil {
			os.Remove(c.name + ".new")
		}
	}
	if err == nil && !c.fresh && live != nil {
		err = c.compact(live)
	}
	if err == nil {
		return nil
	}
	return []diag.Problem{{
		Code: diag.CacheUnusable, Severity: diag.Warning, Position: diag.Position{Path: c.name},
		Message: fmt.Sprintf("the cache could not be written: %v", err),
		Remedy:  "the build is complete; the next one will be slower. Check the disk, or choose another --cache-dir",
	}}
}

// compact writes the file anew when dead records are more than half of it.
func (c *Cache) compact(live func(path string) bool) error {
	dead := c.puts
	for path := range c.index {
		if !live(path) {
			dead++
		}
	}
	if dead <= len(c.index)/2+1000 {
		return nil
	}
	var err error
	if c.in, err = os.Open(c.name); err != nil {
		return err
	}
	defer c.in.Close()
	if sound, _, err := c.load(); err != nil || sound == 0 {
		return errors.Join(err, errors.New("it changed while the build ran"))
	}
	c.out, c.fresh = nil, true
	defer os.Remove(c.name + ".new") // unless it took its place
	var encoded []byte
	for path := range c.index {
		if !live(path) {
			continue
		}
		var ok bool
		if encoded, ok = c.encoded(path, encoded); !ok {
			return errors.New("it cannot be read again")
		}
		size := len(binary.AppendUvarint(nil, uint64(len(path)))) + len(path) + len(encoded)
		c.pending = binary.AppendUvarint(c.pending, uint64(size))
		c.pending = append(binary.AppendUvarint(c.pending, uint64(len(path))), path...)
		if c.pending = append(c.pending, encoded...); len(c.pending) >= batchSize {
			c.flush()
		}
	}
	c.flush()
	if c.out == nil {
		return c.spoiled
	}
	if err := errors.Join(c.spoiled, c.out.Close(), c.in.Close()); err != nil {
		return err
	}
	return os.Rename(c.name+".new", c.name)
}
