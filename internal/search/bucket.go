package search

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"io"
	"math/bits"
	"os"
	"slices"

	"warraq/internal/output"
)

// Sizes in bytes before compression.
const (
	bucketSize = 128 << 10 // inverted bytes that make a bucket
	shardSize  = 20 << 10  // lexicon
	packSize   = 12 << 10  // postings
	placesSize = 12 << 10  // positions
	inlineMax  = 40        // postings that stand in the lexicon itself
)

// bucket is a range of cells of all blocks, merged as one.
type bucket struct {
	cells []string // names, in order
	key   output.Key
	refs  []cellRef
}

// id names the bucket through its versions.
func (b *bucket) id() output.Key {
	var key output.KeyBuilder
	return key.Reset("search/bucket").String(b.cells[0]).Sum()
}

// cellRef is a cell of one block, in lexicon order of cells, then block order.
type cellRef struct {
	block int
	cell
}

// bucketsOf divides the cells of all blocks. Where a bucket begins follows
// from the names of its cells and from their sizes only coarsely: were the
// cuts made wherever a size is reached, a word more in one cell would move all
// later cuts and rewrite half the index.
func bucketsOf(blocks []block, opened []*inverted) []bucket {
	sizes := map[string]int{}
	total := 0
	for _, in := range opened {
		for i := range in.cells {
			sizes[in.cells[i].name] += in.cells[i].length
			total += in.cells[i].length
		}
	}
	names := make([]string, 0, len(sizes))
	for n := range sizes {
		names = append(names, n)
	}
	slices.Sort(names)
	every := uint32(1) // cells in a bucket, on average: a power of two
	if total > 0 {
		every = 1 << (bits.Len(uint(len(names)*bucketSize/total+1)) - 1)
	}
	var buckets []bucket
	at := make(map[string]int, len(names))
	for i, n := range names {
		large := sizes[n] > bucketSize/2 || i > 0 && sizes[names[i-1]] > bucketSize/2
		if i == 0 || large || cutAt(n, every) {
			buckets = append(buckets, bucket{})
		}
		b := &buckets[len(buckets)-1]
		b.cells = append(b.cells, n)
		at[n] = len(buckets) - 1
	}
	for k, in := range opened {
		for _, c := range in.cells {
			b := &buckets[at[c.name]]
			b.refs = append(b.refs, cellRef{k, c})
		}
	}
	var key output.KeyBuilder
	for i := range buckets {
		b := &buckets[i]
		analysis := fingerprint() // the order of terms
		key.Reset("search/bucket 2").Bytes(analysis[:])
		for _, r := range b.refs {
			key.String(r.name).Int(int64(blocks[r.block].Base)).Bytes(r.hash[:])
		}
		b.key = key.Sum()
	}
	return buckets
}

// cutAt reports whether a text is one of every n at which files may be cut.
// Cuts that follow from the content come back to the same places behind an
// insertion; cuts at a fixed size would all move.
func cutAt(text string, every uint32) bool {
	h := fnv.New32a()
	io.WriteString(h, text)
	return h.Sum32()>>8%every == 0
}

// merged is the result of a bucket: its files, in a file of the cache.
type merged struct {
	path   string
	key    output.Key
	shards []shardRef
	files  []fileRef
}

// shardRef is one lexicon shard: the first key it holds, and its file.
type shardRef struct {
	first string
	name  name
}

// fileRef is a compressed file inside the cache file of its bucket.
type fileRef struct {
	name   name
	offset int64
	length int
}

// piece is one term's postings in one block, as inverted: ranges of the bucket's
// data. It holds no pointers, because there are a million of them at a time.
type piece struct {
	term, base, docs      uint32
	postings, postingsEnd uint32 // rank differences, then impacts, a byte each
	places, placesEnd     uint32
}

type mergedTerm struct {
	term
	docs   int
	count  int // pieces
	pieces []piece
}

// merge reads the bucket's cells and writes its shards and packs to path. Most
// files of the bucket's last version come out equal; they are not compressed
// again.
func (b *bucket) merge(blocks []block, opened []*inverted, old *merged, path string) error {
	terms, data, err := b.terms(blocks, opened)
	if err != nil {
		return err
	}
	out := &bucketWriter{data: data, seen: map[name]bool{}, old: map[name][]byte{}}
	if old != nil {
		if err := out.remember(old); err != nil {
			return err
		}
	}
	for len(terms) > 0 {
		n := out.shard(terms)
		terms = terms[n:]
	}
	if out.err != nil {
		return out.err
	}
	head := appendUint(append([]byte(nil), b.key[:]...), len(out.shards))
	for _, s := range out.shards {
		head = append(appendString(head, s.first), s.name[:]...)
	}
	head = appendUint(head, len(out.files))
	for _, f := range out.files {
		head = appendUint(append(head, f.name[:]...), f.length)
	}
	return writeCache(path, appendUint(nil, len(head)), head, out.blob)
}

// terms gathers the bucket's terms in lexicon order, their pieces in block order.
func (b *bucket) terms(blocks []block, opened []*inverted) (_ []mergedTerm, data []byte, _ error) {
	index := map[string]uint32{}
	var terms []mergedTerm
	var pieces []piece
	size := 0
	for _, r := range b.refs {
		size += r.length
	}
	data = make([]byte, 0, size)
	for i := 0; i < len(b.refs); {
		// The cells of one block stand side by side: one read for all.
		j := i + 1
		for j < len(b.refs) && b.refs[j].block == b.refs[i].block {
			j++
		}
		first, last := b.refs[i], b.refs[j-1]
		start := len(data)
		data = data[:start+int(last.offset-first.offset)+last.length]
		if err := opened[first.block].read(data[start:], first.offset); err != nil {
			return nil, nil, err
		}
		r := reader{b: data[start:]}
		here := func() uint32 { return uint32(len(data) - len(r.b)) }
		for len(r.b) > 0 {
			text := r.bytes(int(r.uint()))
			p := piece{base: blocks[first.block].Base, docs: r.uint()}
			n := r.uint()
			p.postings = here()
			r.bytes(int(n))
			p.postingsEnd = p.postings + n
			n = r.uint()
			p.places = here()
			r.bytes(int(n))
			p.placesEnd = p.places + n
			if r.err != nil {
				return nil, nil, fmt.Errorf("%s: %w", opened[first.block].path, r.err)
			}
			k, ok := index[string(text)]
			if !ok {
				k = uint32(len(terms))
				t := string(text)
				index[t] = k
				terms = append(terms, mergedTerm{term: term{t, keyOf(t)}})
			}
			terms[k].docs += int(p.docs)
			terms[k].count++
			p.term = k
			pieces = append(pieces, p)
		}
		i = j
	}
	// Each term's pieces side by side, in the order of blocks.
	byTerm, next := make([]piece, len(pieces)), make([]int, len(terms))
	at := 0
	for k := range terms {
		next[k] = at
		at += terms[k].count
		terms[k].pieces = byTerm[next[k]:at]
	}
	for _, p := range pieces {
		byTerm[next[p.term]] = p
		next[p.term]++
	}
	slices.SortFunc(terms, func(x, y mergedTerm) int {
		return cmp.Or(cmp.Compare(x.key, y.key), cmp.Compare(x.text, y.text))
	})
	return terms, data, nil
}

func readRange(path string, offset, length int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b := make([]byte, length)
	if _, err := f.ReadAt(b, offset); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return b, nil
}

// bucketWriter collects the files of a bucket.
type bucketWriter struct {
	data   []byte // that pieces point into
	shards []shardRef
	files  []fileRef
	blob   []byte
	seen   map[name]bool
	old    map[name][]byte // compressed files of the last version
	err    error

	posts, places packer // of the shard being written
	chunk         chunk
	packed, refs  []byte
}

func (w *bucketWriter) remember(old *merged) error {
	if len(old.files) == 0 {
		return nil
	}
	last := old.files[len(old.files)-1]
	first := old.files[0].offset
	blob, err := readRange(old.path, first, last.offset+int64(last.length)-first)
	if err != nil {
		return err
	}
	for _, f := range old.files {
		w.old[f.name] = blob[f.offset-first : f.offset-first+int64(f.length)]
	}
	return nil
}

func (w *bucketWriter) file(raw []byte, level int) name {
	n := nameOf(raw)
	if w.err != nil || w.seen[n] {
		return n
	}
	w.seen[n] = true
	start := len(w.blob)
	if z, ok := w.old[n]; ok {
		w.blob = append(w.blob, z...)
	} else {
		w.blob, w.err = appendDeflated(w.blob, raw, level)
	}
	w.files = append(w.files, fileRef{n, int64(start), len(w.blob) - start})
	return n
}

// packer fills packs one after another.
type packer struct {
	w     *bucketWriter
	size  int
	level int
	open  []byte
	names []name // of the packs closed
	begun bool
}

// add puts a chunk into the open pack, or into a new one where it does not
// fit or where cut allows it, and reports whether it is new.
func (p *packer) add(chunk []byte, cut bool) (fresh bool) {
	if !p.begun || len(p.open) > 0 && len(p.open)+len(chunk) > p.size || cut && len(p.open) > p.size/2 {
		p.close()
		p.begun, fresh = true, true
	}
	p.open = append(p.open, chunk...)
	return fresh
}

func (p *packer) close() {
	if p.begun {
		p.names = append(p.names, p.w.file(p.open, p.level))
		p.open = p.open[:0]
		p.begun = false
	}
}

// shard writes the next lexicon shard and its packs, and returns the number of
// terms it took. Terms of one key are never parted.
func (w *bucketWriter) shard(terms []mergedTerm) int {
	var entries, inlinePlaces []byte
	w.posts = packer{w: w, size: packSize, level: postingsLevel, open: w.posts.open[:0]}
	w.places = packer{w: w, size: placesSize, level: placesLevel, open: w.places.open[:0]}
	last := ""
	n := 0
	for n < len(terms) {
		t := &terms[n]
		if n > 0 && t.key != terms[n-1].key && len(entries) > shardSize/2 && (cutAt(t.key, 32) || len(entries) > 2*shardSize) {
			break
		}
		shared := 0
		for shared < len(last) && shared < len(t.text) && last[shared] == t.text[shared] {
			shared++
		}
		entries = appendUint(entries, shared)
		entries = appendString(entries, t.text[shared:])
		entries = appendUint(entries, t.docs)
		entries, inlinePlaces = w.encode(t, entries, inlinePlaces)
		last = t.text
		n++
	}
	w.posts.close()
	w.places.close()
	head := appendNames(nil, w.posts.names)
	head = appendNames(head, append([]name{w.file(inlinePlaces, placesLevel)}, w.places.names...))
	head = appendUint(head, n)
	w.shards = append(w.shards, shardRef{terms[0].key, w.file(append(head, entries...), textLevel)})
	return n
}

func appendNames(dst []byte, names []name) []byte {
	dst = appendUint(dst, len(names))
	for _, n := range names {
		dst = append(dst, n[:]...)
	}
	return dst
}

// encode appends the lexicon entry of a term: its postings when they are few,
// else where its chunks are. A chunk holds whole blocks, so that a change in
// one block leaves the chunks of the others as they are. Positions, ten times
// the postings of a common word, end a chunk too, so that a phrase can be looked
// for in the newest part of them.
func (w *bucketWriter) encode(t *mergedTerm, entries, inlinePlaces []byte) (_, _ []byte) {
	c := &w.chunk
	c.reset()
	chunks, last := 0, uint32(0)
	w.refs = w.refs[:0]
	flush := func() {
		cut := chunks == 0 && cutAt(t.text, 4)
		w.packed = c.postings(w.packed[:0])
		w.refs = appendUint(w.refs, c.docs)
		w.refs = appendUint(w.refs, c.last-last)
		w.refs = appendUint(w.refs, ref(len(w.packed), w.posts.add(w.packed, cut)))
		w.refs = appendUint(w.refs, ref(len(c.places), w.places.add(c.places, cut)))
		last = c.last
		chunks++
		c.reset()
	}
	for i := range t.pieces {
		if len(c.ids) > packSize*2/3 || len(c.places) > 2*placesSize {
			flush()
		}
		c.add(w.data, &t.pieces[i])
	}
	if chunks == 0 && len(c.ids)+(c.docs+1)/2 <= inlineMax {
		return c.postings(appendUint(entries, 0)), append(inlinePlaces, c.places...)
	}
	flush()
	return append(appendUint(entries, chunks), w.refs...), inlinePlaces
}

// ref is a length and whether it begins a new pack; offsets follow from them.
func ref(length int, fresh bool) int {
	if fresh {
		return length<<1 | 1
	}
	return length << 1
}

// chunk is a run of one term's postings.
type chunk struct {
	docs    int
	last    uint32 // its last document
	ids     []byte // differences; the first from 0
	impacts []byte // one each
	places  []byte
}

func (c *chunk) reset() {
	*c = chunk{ids: c.ids[:0], impacts: c.impacts[:0], places: c.places[:0]}
}

// add appends a block's postings: only the first difference depends on where
// the block stands.
func (c *chunk) add(data []byte, p *piece) {
	r := reader{b: data[p.postings:p.postingsEnd]}
	first := p.base + r.uint()
	c.ids = appendUint(c.ids, first-c.last)
	c.last = first
	rest := r.b
	for range p.docs - 1 {
		c.last += r.uint()
	}
	c.ids = append(c.ids, rest[:len(rest)-len(r.b)]...)
	c.impacts = append(c.impacts, r.b...)
	c.docs += int(p.docs)
	c.places = append(c.places, data[p.places:p.placesEnd]...)
}

// postings appends document differences and impacts, two in a byte, the
// earlier in the low half.
func (c *chunk) postings(dst []byte) []byte {
	dst = append(dst, c.ids...)
	for i := 0; i < len(c.impacts); i += 2 {
		b := c.impacts[i]
		if i+1 < len(c.impacts) {
			b |= c.impacts[i+1] << 4
		}
		dst = append(dst, b)
	}
	return dst
}

// openMerged reads the directory of a merged bucket.
func openMerged(path string) (*merged, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	start := make([]byte, min(info.Size(), 64<<10))
	if _, err := io.ReadFull(f, start); err != nil {
		return nil, err
	}
	r := reader{b: start}
	n := int(r.uint())
	offset := int64(len(start)-len(r.b)) + int64(n)
	if offset > info.Size() {
		return nil, fmt.Errorf("%s: %w", path, errDamaged)
	}
	if n > len(r.b) {
		if r.b, err = readRange(path, offset-int64(n), int64(n)); err != nil {
			return nil, err
		}
	}
	r.b = r.bytes(n)
	m := &merged{path: path}
	copy(m.key[:], r.bytes(len(m.key)))
	for range r.uint() {
		m.shards = append(m.shards, shardRef{r.string(), r.name()})
	}
	for range r.uint() {
		f := fileRef{name: r.name(), offset: offset}
		f.length = int(r.uint())
		offset += int64(f.length)
		m.files = append(m.files, f)
	}
	if err := r.done(); err != nil || offset != info.Size() {
		return nil, fmt.Errorf("%s: %w", path, errDamaged)
	}
	return m, nil
}
