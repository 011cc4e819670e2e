package search

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"slices"
	"sync"

	"warraq/internal/archive"
	"warraq/internal/output"
)

// An inverted block is a file of the cache:
//
//	cells: count, then for each: name, length, 8 bytes of hash
//	for each cell its terms in order of (key, text):
//	  text, number of documents, length of postings, postings,
//	  length of positions, positions
//
// A cell holds the terms whose key begins with the same two letters. The hash
// tells which buckets need merging when a block was inverted anew.

// cellName gives the cell of a key: its first two runes.
func cellName(key string) string { return key[:runeOffset(key, 2)] }

// cell is one range of an inverted block.
type cell struct {
	name   string
	offset int64
	length int
	hash   [8]byte
}

// inverted is an open inverted block.
type inverted struct {
	path  string
	cells []cell
	once  sync.Once
	file  *os.File // opened by the first read, see close
	err   error
}

// read fills dst from a place of the file, which stays open: each merged bucket reads a
// little of every block.
func (in *inverted) read(dst []byte, offset int64) error {
	in.once.Do(func() { in.file, in.err = os.Open(in.path) })
	if in.err != nil {
		return in.err
	}
	if _, err := in.file.ReadAt(dst, offset); err != nil {
		return fmt.Errorf("%s: %w", in.path, err)
	}
	return nil
}

func (in *inverted) close() {
	if in.file != nil {
		in.file.Close()
	}
}

// impact is the weight of a term in a document, 1 to 15: a title counts four
// times a body, a tag twice; long texts less (BM25 without the part that
// depends on other documents, which would change with every addition). The
// arithmetic is of integers, so that it is the same on every machine.
func impact(title, tags, body, length uint32) byte {
	tf := 4*title + 2*min(tags, 1) + min(body, 255)
	k := 2 + min(length, 4000)/200 // saturates later in long texts
	return byte(1 + 14*tf/(tf+k))
}

// invert writes the inverted block of b to path.
func (an *analyser) invert(a *archive.Archive, bodies archive.Bodies, b *block, path string) error {
	an.reset()
	n := b.count()
	var all []occurrence
	bodyStart, lengths := make([]uint32, n), make([]uint32, n)
	for rank := range n {
		article := &a.Articles[b.docs[rank].article]
		body, err := bodies.Body(article.Body)
		if err != nil {
			return err
		}
		all, bodyStart[rank], lengths[rank] = an.document(all, uint32(rank), a, article, body)
	}
	all = byTerm(all, len(an.terms))

	// The terms that occur, in lexicon order, each with its run of all.
	type run struct {
		term       *term
		start, end int
	}
	var runs []run
	for i := 0; i < len(all); {
		j := i + 1
		for j < len(all) && all[j].term == all[i].term {
			j++
		}
		runs = append(runs, run{&an.terms[all[i].term], i, j})
		i = j
	}
	slices.SortFunc(runs, func(x, y run) int {
		return cmp.Or(cmp.Compare(x.term.key, y.term.key), cmp.Compare(x.term.text, y.term.text))
	})

	var data, post, nibbles, positions []byte
	var cells []cell
	for _, r := range runs {
		if c := cellName(r.term.key); len(cells) == 0 || cells[len(cells)-1].name != c {
			closeCell(cells, data)
			cells = append(cells, cell{name: c, offset: int64(len(data))})
		}
		post, nibbles, positions = post[:0], nibbles[:0], positions[:0]
		docs, last := 0, uint32(0)
		for i := r.start; i < r.end; {
			rank := all[i].rank
			var title, tags, body uint32
			j := i
			for ; j < r.end && all[j].rank == rank; j++ {
				switch {
				case all[j].pos == noPos:
					tags++
				case all[j].pos < bodyStart[rank]:
					title++
				default:
					body++
				}
			}
			slot := b.docs[rank].slot
			post = appendUint(post, slot-last)
			last = slot
			nibbles = append(nibbles, impact(title, tags, body, lengths[rank]))
			positions = appendPositions(positions, all[i:j])
			docs++
			i = j
		}
		data = appendString(data, r.term.text)
		data = appendUint(data, docs)
		data = appendUint(data, len(post)+len(nibbles))
		data = append(append(data, post...), nibbles...)
		data = appendUint(data, len(positions))
		data = append(data, positions...)
	}
	closeCell(cells, data)

	head := appendUint([]byte(nil), len(cells))
	for _, c := range cells {
		head = appendString(head, c.name)
		head = appendUint(head, c.length)
		head = append(head, c.hash[:]...)
	}
	file := binary.LittleEndian.AppendUint32(nil, uint32(len(head)))
	return writeCache(path, append(file, head...), data)
}

// positionsMax bounds the places kept of one term in one document.
const positionsMax = 63

// appendPositions writes the places of one term in one document: their number,
// then their differences.
func appendPositions(dst []byte, occ []occurrence) []byte {
	n := 0
	for n < len(occ) && occ[n].pos != noPos && n < positionsMax {
		n++
	}
	dst = appendUint(dst, n)
	last := uint32(0)
	for _, o := range occ[:n] {
		dst = appendUint(dst, o.pos-last)
		last = o.pos
	}
	return dst
}

func closeCell(cells []cell, data []byte) {
	if len(cells) == 0 {
		return
	}
	c := &cells[len(cells)-1]
	c.length = len(data) - int(c.offset)
	sum := sha256.Sum256(data[c.offset:])
	copy(c.hash[:], sum[:])
}

// byTerm sorts occurrences by term, keeping the order of documents and places:
// one counting sort instead of a comparison sort of millions.
func byTerm(all []occurrence, terms int) []occurrence {
	next := make([]uint32, terms+1)
	for _, o := range all {
		next[o.term+1]++
	}
	for i := 1; i <= terms; i++ {
		next[i] += next[i-1]
	}
	out := make([]occurrence, len(all))
	for _, o := range all {
		out[next[o.term]] = o
		next[o.term]++
	}
	return out
}

// openInverted reads the directory of an inverted block.
func openInverted(path string) (*inverted, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var size [4]byte
	if _, err := io.ReadFull(f, size[:]); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	n := int64(binary.LittleEndian.Uint32(size[:]))
	if n > info.Size() {
		return nil, fmt.Errorf("%s: %w", path, errDamaged)
	}
	head := make([]byte, n)
	if _, err := io.ReadFull(f, head); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	r := reader{b: head}
	count := int(r.uint())
	if count > len(head) {
		r.fail()
		count = 0
	}
	in := &inverted{path: path, cells: make([]cell, count)}
	offset := 4 + n
	for i := range in.cells {
		c := &in.cells[i]
		c.name, c.length, c.offset = r.string(), int(r.uint()), offset
		copy(c.hash[:], r.bytes(8))
		offset += int64(c.length)
	}
	if err := r.done(); err != nil || offset != info.Size() {
		return nil, fmt.Errorf("%s: %w", path, errDamaged)
	}
	return in, nil
}

// writeCache writes a cache file so that it is there whole or not at all.
func writeCache(path string, parts ...[]byte) error {
	f, err := os.Create(path + ".tmp")
	if err != nil {
		return err
	}
	for _, p := range parts {
		if _, err := f.Write(p); err != nil {
			f.Close()
			return err
		}
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(path+".tmp", path)
}

// cacheName gives the file name of a cached value.
func cacheName(kind string, key output.Key) string { return fmt.Sprintf("%s-%x", kind, key[:12]) }
