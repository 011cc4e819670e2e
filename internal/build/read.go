package build

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"io/fs"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"warraq/internal/archive"
	"warraq/internal/diag"
	"warraq/internal/extract"
	"warraq/internal/source"
	"warraq/internal/store"
)

// reader reads and extracts sources on a bounded pool. A worker holds one
// document at a time and keeps only its drafts, so memory does not grow with
// the text of the archive. Sources that did not change come from the cache.
type reader struct {
	fsys      fs.FS
	options   source.Options
	extractor *extract.Extractor
	cache     *store.Cache
	jobs      int
	progress  func(stage string, done, total int)
	keep      func(source.Document, extract.Result) // then nothing comes from the cache

	begun     time.Time
	extracted atomic.Int64 // files extracted
	dropped   int          // spans in no article
}

// harvest is what one file gave.
type harvest struct {
	drafts   []archive.Draft
	problems []diag.Problem
	kept     []Inspected
	dropped  int32
}

// all gives the drafts of all files, in the order of the files.
func (r *reader) all(ctx context.Context, files []source.File) ([]archive.Draft, []diag.Problem) {
	r.begun = time.Now()
	harvests := make([]harvest, len(files))
	var next, done atomic.Int64
	var workers sync.WaitGroup
	for range max(1, r.jobs) {
		workers.Go(func() {
			w := sourceWorker{reader: r, cached: r.cache.Worker()}
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(files) {
					return
				}
				harvests[i] = w.file(files[i])
				if n := done.Add(1); n%64 == 0 || int(n) == len(files) {
					r.progress("reading sources", int(n), len(files))
				}
			}
		})
	}
	workers.Wait()
	total := 0
	for i := range harvests {
		total += len(harvests[i].drafts)
	}
	drafts := make([]archive.Draft, 0, total)
	var problems []diag.Problem
	for i := range harvests {
		h := &harvests[i]
		drafts = append(drafts, h.drafts...)
		problems = append(problems, h.problems...)
		r.dropped += int(h.dropped)
		for _, d := range h.kept {
			r.keep(d.Document, d.Result)
		}
		*h = harvest{}
	}
	return drafts, problems
}

type sourceWorker struct {
	*reader
	cached *store.Worker
}

func (w *sourceWorker) file(f source.File) harvest {
	stamp := w.stamp(f)
	known, found := w.cached.Get(f.Path)
	if found && known.Stamp == stamp && stamp != (store.Stamp{}) {
		return harvest{drafts: known.Drafts, problems: known.Problems, dropped: known.Dropped}
	}
	if found && (f.Kind == source.Markdown || f.Kind == source.Text || f.Kind == source.HTML) {
		// The file was touched, copied or checked out again; its bytes decide.
		docs, problems := source.Read(w.fsys, f, w.options)
		if len(docs) == 1 && len(problems) == 0 && docs[0].Hash == [16]byte(known.Hash) {
			known.Stamp = stamp
			known = w.cached.Put(f.Path, &known)
			return harvest{drafts: known.Drafts, problems: known.Problems, dropped: known.Dropped}
		}
	}
	var h harvest
	record := store.Record{Stamp: stamp}
	w.extracted.Add(1)
	failed := source.Each(w.fsys, f, w.options, func(doc source.Document) bool {
		result := w.extractor.Extract(doc)
		record.Hash = doc.Hash
		h.drafts = append(h.drafts, result.Drafts...)
		h.problems = append(h.problems, result.Problems...)
		h.dropped += int32(len(result.Dropped))
		if w.keep != nil {
			h.kept = append(h.kept, Inspected{doc, result})
		}
		return true
	})
	h.problems = append(h.problems, failed...)
	if !slices.ContainsFunc(h.problems, diag.Problem.IsFailure) {
		record.Drafts, record.Problems, record.Dropped = h.drafts, h.problems, h.dropped
		record = w.cached.Put(f.Path, &record)
		h.drafts, h.problems = record.Drafts, record.Problems
	}
	return h
}

// stamp sums up what the file system says of a source and the images of its
// bundle. It is zero, which promises nothing, for a file so young that it may
// change again within one tick of the file system's clock.
func (r *reader) stamp(f source.File) store.Stamp {
	s := f.Stamp
	const tick = int64(20 * time.Millisecond)
	young := s.MTime == 0 || r.begun.UnixNano()-s.MTime < tick
	if len(f.Resources) == 0 {
		if young {
			return store.Stamp{}
		}
		return store.Stamp{s.Size, s.MTime, s.CTime, int64(s.Inode)}
	}
	var all []byte
	add := func(s source.Stamp) {
		for _, n := range []int64{s.Size, s.MTime, s.CTime, int64(s.Inode)} {
			all = binary.LittleEndian.AppendUint64(all, uint64(n))
		}
	}
	add(s)
	for _, image := range f.Resources {
		all = append(append(all, image.Name...), 0)
		add(image.Stamp)
		young = young || r.begun.UnixNano()-image.Stamp.MTime < tick
	}
	if young {
		return store.Stamp{}
	}
	sum := sha256.Sum256(all)
	var stamp store.Stamp
	for i := range stamp {
		stamp[i] = int64(binary.LittleEndian.Uint64(sum[8*i:]))
	}
	return stamp
}
