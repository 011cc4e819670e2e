package search

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"sort"
	"strings"
	"sync"
)

// Index reads a built index. It is safe for concurrent use. Files are read
// when a query needs them and kept.
type Index struct {
	fsys  fs.FS
	entry entry
	keys  []string // first key of each shard

	mu     sync.Mutex
	files  map[string][]byte
	shards map[int]*shard
	bytes  int
	read   Reads
}

// Reads counts what queries cost: files and their bytes as served.
type Reads struct {
	Files, Bytes int
	Records      int // of the bytes, those of result records
}

// Reads tells what was read since the index was opened.
func (ix *Index) Reads() Reads {
	ix.mu.Lock()
	defer ix.mu.Unlock()
	return ix.read
}

// keepMax bounds the bytes that an Index keeps.
const keepMax = 256 << 20

// Open opens the index of the site built in dir.
func Open(dir string) (*Index, error) { return OpenFS(os.DirFS(dir)) }

// OpenFS opens the index of the site in fsys.
func OpenFS(fsys fs.FS) (*Index, error) {
	ix := &Index{fsys: fsys, files: map[string][]byte{}, shards: map[int]*shard{}}
	raw, err := ix.file(entryPath)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no search index here: build the site with search on: %w", err)
	}
	if err != nil {
		return nil, err
	}
	var version struct {
		Version int `json:"version"`
	}
	if err := json.Unmarshal(raw, &version); err != nil {
		return nil, fmt.Errorf("%s: %w: %w", entryPath, errDamaged, err)
	}
	if version.Version != Version {
		return nil, fmt.Errorf("%s: format version %d, this program reads %d: build the site again", entryPath, version.Version, Version)
	}
	if err := json.Unmarshal(raw, &ix.entry); err != nil {
		return nil, fmt.Errorf("%s: %w: %w", entryPath, errDamaged, err)
	}
	ix.keys = strings.Split(ix.entry.Keys, " ")
	if ix.entry.Shards == "" {
		ix.keys = nil
	}
	if len(ix.entry.Shards) != 12*len(ix.keys) {
		return nil, fmt.Errorf("%s: %w", entryPath, errDamaged)
	}
	return ix, nil
}

// named reads a content-addressed file.
func (ix *Index) named(n string) ([]byte, error) {
	if len(n) != 12 {
		return nil, errDamaged
	}
	return ix.file(filePath(n, ""))
}

func (ix *Index) file(path string) ([]byte, error) {
	ix.mu.Lock()
	defer ix.mu.Unlock()
	if raw, ok := ix.files[path]; ok {
		return raw, nil
	}
	packed, err := fs.ReadFile(ix.fsys, path)
	if err != nil {
		return nil, err
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	raw, err := io.ReadAll(z)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if ix.bytes += len(raw); ix.bytes > keepMax {
		ix.files, ix.shards, ix.bytes = map[string][]byte{}, map[int]*shard{}, len(raw)
	}
	ix.files[path] = raw
	ix.read.Files++
	ix.read.Bytes += len(packed)
	if strings.Contains(path, "-") {
		ix.read.Records += len(packed)
	}
	return raw, nil
}

// shard is a decoded lexicon shard.
type shard struct {
	packs, places []string
	terms         []lexeme
}

// lexeme is one term of the lexicon.
type lexeme struct {
	text   string
	docs   int
	inline []byte // its postings, when they stand here
	before int    // documents of the inline terms before it: its place in the inline positions
	chunks []chunkRef
	shard  *shard
}

// chunkRef says where a run of postings is.
type chunkRef struct {
	docs               int
	last               uint32
	pack, offset, size int
	placePack          int
	placeOffset        int
	placeSize          int
}

// shardOf gives the number of the shard that holds a key.
func (ix *Index) shardOf(key string) int {
	i, found := slices.BinarySearch(ix.keys, key)
	if found {
		return i
	}
	return max(0, i-1)
}

// shardsUnder gives the shards that may hold keys beginning with prefix, at most limit.
func (ix *Index) shardsUnder(prefix string, limit int) (from, to int) {
	from = ix.shardOf(prefix)
	to = from + 1
	for to < len(ix.keys) && to-from < limit && strings.HasPrefix(ix.keys[to], prefix) {
		to++
	}
	return from, to
}

// shard reads the i-th shard.
func (ix *Index) shard(i int) (*shard, error) {
	if i >= len(ix.keys) {
		return &shard{}, nil
	}
	ix.mu.Lock()
	s := ix.shards[i]
	ix.mu.Unlock()
	if s != nil {
		return s, nil
	}
	raw, err := ix.named(ix.entry.Shards[12*i : 12*i+12])
	if err != nil {
		return nil, err
	}
	if s, err = decodeShard(raw); err != nil {
		return nil, err
	}
	ix.mu.Lock()
	ix.shards[i] = s
	ix.mu.Unlock()
	return s, nil
}

func decodeShard(raw []byte) (*shard, error) {
	r := reader{b: raw}
	s := &shard{}
	for range r.uint() {
		if s.packs = append(s.packs, r.name().String()); r.err != nil {
			return nil, r.err
		}
	}
	for range r.uint() {
		if s.places = append(s.places, r.name().String()); r.err != nil {
			return nil, r.err
		}
	}
	n := int(r.uint())
	last := ""
	inlineDocs := 0
	pack, offset, placePack, placeOffset := -1, 0, 0, 0
	for range n {
		shared := int(r.uint())
		if shared > len(last) {
			return nil, errDamaged
		}
		t := lexeme{text: last[:shared] + r.string(), docs: int(r.uint()), shard: s}
		last = t.text
		chunks := int(r.uint())
		if r.err != nil {
			return nil, r.err
		}
		if chunks == 0 {
			start := r.b
			for range t.docs {
				if r.uint(); r.err != nil {
					return nil, r.err
				}
			}
			r.bytes((t.docs + 1) / 2)
			t.inline = start[:len(start)-len(r.b)]
			t.before = inlineDocs
			inlineDocs += t.docs
		}
		lastDoc := uint32(0)
		for range chunks {
			c := chunkRef{docs: int(r.uint())}
			lastDoc += r.uint()
			c.last = lastDoc
			size := int(r.uint())
			if c.size = size >> 1; size&1 == 1 {
				pack, offset = pack+1, 0
			}
			c.pack, c.offset = pack, offset
			offset += c.size
			size = int(r.uint())
			if c.placeSize = size >> 1; size&1 == 1 {
				placePack, placeOffset = placePack+1, 0
			}
			c.placePack, c.placeOffset = placePack, placeOffset
			placeOffset += c.placeSize
			if r.err != nil || c.pack >= len(s.packs) || c.placePack >= len(s.places) || c.pack < 0 {
				return nil, errDamaged
			}
			t.chunks = append(t.chunks, c)
		}
		s.terms = append(s.terms, t)
	}
	return s, r.done()
}

// posting is one document of a term.
type posting struct {
	doc    uint32
	impact int
}

// postings appends the term's postings from document least on.
func (ix *Index) postings(dst []posting, t *lexeme, least uint32) ([]posting, error) {
	if t.inline != nil || len(t.chunks) == 0 {
		return appendPostings(dst, t.inline, t.docs, least)
	}
	for _, c := range t.chunks {
		if c.last >= least {
			raw, err := ix.part(t.shard.packs[c.pack], c.offset, c.size)
			if err != nil {
				return nil, err
			}
			if dst, err = appendPostings(dst, raw, c.docs, least); err != nil {
				return nil, err
			}
		}
	}
	return dst, nil
}

func (ix *Index) part(n string, offset, size int) ([]byte, error) {
	raw, err := ix.named(n)
	if err != nil {
		return nil, err
	}
	if offset+size > len(raw) {
		return nil, errDamaged
	}
	return raw[offset : offset+size], nil
}

func appendPostings(dst []posting, raw []byte, docs int, least uint32) ([]posting, error) {
	r := reader{b: raw}
	ids := make([]uint32, 0, min(docs, len(raw)))
	doc := uint32(0)
	for range docs {
		doc += r.uint()
		if r.err != nil {
			return nil, r.err
		}
		ids = append(ids, doc)
	}
	impacts := r.bytes((docs + 1) / 2)
	if err := r.done(); err != nil {
		return nil, err
	}
	for i, doc := range ids {
		if doc >= least {
			dst = append(dst, posting{doc, int(impacts[i/2] >> (i % 2 * 4) & 15)})
		}
	}
	return dst, nil
}

// blockOf gives the block of a document number.
func (ix *Index) blockOf(doc uint32) int {
	i := sort.Search(len(ix.entry.Blocks), func(i int) bool { return ix.entry.Blocks[i].Base > doc })
	return max(0, i-1)
}

// record reads what is shown of a document.
func (ix *Index) record(doc uint32) (record, error) {
	if len(ix.entry.Blocks) == 0 {
		return record{}, errDamaged
	}
	b := ix.entry.Blocks[ix.blockOf(doc)]
	if len(b.Records) != 12 || b.Shift < 0 || b.Shift > 31 {
		return record{}, errDamaged
	}
	slot := doc - b.Base
	raw, err := ix.file(filePath(b.Records, fmt.Sprintf("-%d", slot>>b.Shift)))
	if err != nil {
		return record{}, err
	}
	var records map[uint32]record
	if err := json.Unmarshal(raw, &records); err != nil {
		return record{}, fmt.Errorf("%w: %w", errDamaged, err)
	}
	r, ok := records[slot&(1<<b.Shift-1)]
	if !ok {
		return record{}, errDamaged
	}
	return r, nil
}
