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
//
// It works in two passes: look reads what changed and says, by a hash, what all
// drafts are; drafts gives them. A build that finds the hash of the last one
// does without the second pass, and without all that follows from drafts.
type reader struct {
	fsys      fs.FS
	options   source.Options
	extractor *extract.Extractor
	cache     *store.Cache
	jobs      int
	progress  func(stage string, done, total int)
	keep      func(source.Document, extract.Result) // then nothing comes from the cache

	begun     time.Time
	harvests  []harvest    // of the files in their order
	extracted atomic.Int64 // files extracted
	dropped   int          // spans in no article
}

// harvest is what one file gave.
type harvest struct {
	hash     archive.Hash // of drafts, problems and dropped as the cache keeps them
	cached   bool         // they are in the cache and nowhere else yet
	drafts   []archive.Draft
	problems []diag.Problem
	kept     []Inspected
	dropped  int32
}

// look reads and extracts the files that are new or changed, and hashes what
// the drafts and problems of all files depend on.
func (r *reader) look(ctx context.Context, files []source.File) archive.Hash {
	r.begun = time.Now()
	r.harvests = make([]harvest, len(files))
	var done atomic.Int64
	r.each(ctx, func(w *sourceWorker, i int) {
		r.harvests[i] = w.file(files[i])
		if n := done.Add(1); n%64 == 0 || int(n) == len(files) {
			r.progress("reading sources", int(n), len(files))
		}
	})
	return r.hash(files)
}

func (r *reader) hash(files []source.File) archive.Hash {
	all := sha256.New()
	for i := range files {
		all.Write(binary.AppendUvarint(nil, uint64(len(files[i].Path))))
		all.Write([]byte(files[i].Path))
		all.Write(r.harvests[i].hash[:])
	}
	return archive.Hash(all.Sum(nil)[:16])
}

// drafts gives the drafts of all files that were looked at, in their order. It
// may be called once.
func (r *reader) drafts(ctx context.Context, files []source.File) ([]*archive.Draft, []diag.Problem) {
	r.each(ctx, func(w *sourceWorker, i int) {
		if r.harvests[i].cached {
			r.harvests[i] = w.recall(files[i])
		}
	})
	total := 0
	for i := range r.harvests {
		total += len(r.harvests[i].drafts)
	}
	// They stay where they were decoded: a copy of them all would be the peak of
	// a large build's memory.
	drafts := make([]*archive.Draft, 0, total)
	var problems []diag.Problem
	for i := range r.harvests {
		h := &r.harvests[i]
		drafts = archive.AppendPointers(drafts, h.drafts)
		problems = append(problems, h.problems...)
		r.dropped += int(h.dropped)
		for _, d := range h.kept {
			r.keep(d.Document, d.Result)
		}
		*h = harvest{}
	}
	r.harvests = nil
	return drafts, problems
}

// each calls do for every file on the pool.
func (r *reader) each(ctx context.Context, do func(w *sourceWorker, i int)) {
	var next atomic.Int64
	var workers sync.WaitGroup
	for range max(1, r.jobs) {
		workers.Go(func() {
			w := sourceWorker{reader: r, cached: r.cache.Worker()}
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(r.harvests) {
					return
				}
				do(&w, i)
			}
		})
	}
	workers.Wait()
}

type sourceWorker struct {
	*reader
	cached *store.Worker
}

// file finds a file unchanged, or reads it.
func (w *sourceWorker) file(f source.File) harvest {
	stamp := w.stamp(f)
	last, hash, found := w.cached.Known(f.Path)
	if found && last == stamp && stamp != (store.Stamp{}) {
		return harvest{hash: hash, cached: true}
	}
	if found && (f.Kind == source.Markdown || f.Kind == source.Text || f.Kind == source.HTML) {
		// The file was touched, copied or checked out again; its bytes decide.
		docs, problems := source.Read(w.fsys, f, w.options)
		known, ok := w.cached.Get(f.Path)
		if ok && len(docs) == 1 && len(problems) == 0 && docs[0].Hash == [16]byte(known.Hash) {
			known.Stamp = stamp
			return w.put(f, &known)
		}
	}
	return w.extract(f, stamp)
}

// recall takes from the cache what file found there.
func (w *sourceWorker) recall(f source.File) harvest {
	known, ok := w.cached.Get(f.Path)
	if !ok {
		return w.extract(f, w.stamp(f)) // it does not decode, whatever its checksum says
	}
	return harvest{drafts: known.Drafts, problems: known.Problems, dropped: known.Dropped}
}

func (w *sourceWorker) extract(f source.File, stamp store.Stamp) harvest {
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
	if slices.ContainsFunc(h.problems, diag.Problem.IsFailure) {
		return h
	}
	record.Drafts, record.Problems, record.Dropped = h.drafts, h.problems, h.dropped
	kept := h.kept
	h = w.put(f, &record)
	h.kept = kept
	return h
}

// put keeps a record in the cache.
func (w *sourceWorker) put(f source.File, record *store.Record) harvest {
	known, hash := w.cached.Put(f.Path, record)
	return harvest{hash: hash, drafts: known.Drafts, problems: known.Problems, dropped: known.Dropped}
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
