package output

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"strings"
)

// The manifest says which files of the destination are ours and from which
// keys they were made. It is a flat file, read and written as a whole: a record
// a file, sorted by path, paths without the prefix they share with the one
// before. At a million pages that is 40 MB and a fraction of a second, less
// than the look at each file that has to follow; a database would add its own
// pages, locks and recovery to save neither.

const manifestMagic = "warraq manifest 2\n"

// entry is one file as the last build left it.
type entry struct {
	path  string
	key   Key
	size  int64
	mtime int64
}

var errManifest = errors.New("damaged or of another version")

// readManifest returns the entries in path order; none, without an error,
// when there is no manifest.
func readManifest(name string) ([]entry, error) {
	data, err := os.ReadFile(name)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return parseManifest(data)
}

func parseManifest(data []byte) ([]entry, error) {
	body, ok := bytes.CutPrefix(data, []byte(manifestMagic))
	if !ok || len(body) < 12 {
		return nil, errManifest
	}
	body, tail := body[:len(body)-4], body[len(body)-4:]
	if crc32.Checksum(body, crc32.MakeTable(crc32.Castagnoli)) != binary.LittleEndian.Uint32(tail) {
		return nil, errManifest
	}
	count, body := binary.LittleEndian.Uint64(body), body[8:]
	if count > uint64(len(body)) {
		return nil, errManifest
	}
	entries := make([]entry, 0, count)
	// All paths live in one string: a million small ones would cost twice.
	var paths strings.Builder
	ends := make([]int, 0, count)
	var last []byte
	for len(body) > 0 {
		shared, n := binary.Uvarint(body)
		if n <= 0 || shared > uint64(len(last)) {
			return nil, errManifest
		}
		body = body[n:]
		rest, n := binary.Uvarint(body)
		if n <= 0 || rest > uint64(len(body)-n) {
			return nil, errManifest
		}
		body = body[n:]
		last = append(last[:shared], body[:rest]...)
		body = body[rest:]
		paths.Write(last)
		ends = append(ends, paths.Len())
		var e entry
		if len(body) < len(e.key) {
			return nil, errManifest
		}
		body = body[copy(e.key[:], body):]
		size, n := binary.Uvarint(body)
		if n <= 0 || len(body)-n < 8 {
			return nil, errManifest
		}
		e.size, e.mtime = int64(size), int64(binary.LittleEndian.Uint64(body[n:]))
		body = body[n+8:]
		entries = append(entries, e)
	}
	if uint64(len(entries)) != count {
		return nil, errManifest
	}
	all, start := paths.String(), 0
	for i, end := range ends {
		entries[i].path = all[start:end]
		if i > 0 && entries[i].path <= entries[i-1].path {
			return nil, errManifest
		}
		start = end
	}
	return entries, nil
}

// writeManifest writes entries, which are sorted by path, and makes them durable.
func writeManifest(name string, entries []entry) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(name)
		}
	}()
	sum := crc32.New(crc32.MakeTable(crc32.Castagnoli))
	out := bufio.NewWriterSize(f, 1<<16)
	if _, err := out.WriteString(manifestMagic); err != nil {
		return err
	}
	w := io.MultiWriter(out, sum)
	record := binary.LittleEndian.AppendUint64(nil, uint64(len(entries)))
	last := ""
	for _, e := range entries {
		shared := sharedPrefix(last, e.path)
		record = binary.AppendUvarint(record, uint64(shared))
		record = binary.AppendUvarint(record, uint64(len(e.path)-shared))
		record = append(record, e.path[shared:]...)
		record = append(record, e.key[:]...)
		record = binary.AppendUvarint(record, uint64(e.size))
		record = binary.LittleEndian.AppendUint64(record, uint64(e.mtime))
		last = e.path
		if len(record) >= 1<<15 {
			if _, err := w.Write(record); err != nil {
				return err
			}
			record = record[:0]
		}
	}
	if _, err := w.Write(record); err != nil {
		return err
	}
	if _, err := out.Write(binary.LittleEndian.AppendUint32(nil, sum.Sum32())); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return fmt.Errorf("sync %s: %w", name, err)
	}
	return f.Close()
}

func sharedPrefix(a, b string) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}
