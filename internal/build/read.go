package build

import (
	"context"
	"io/fs"
	"sync"
	"sync/atomic"

	"warraq/internal/archive"
	"warraq/internal/diag"
	"warraq/internal/extract"
	"warraq/internal/source"
)

// reader reads and extracts sources on a bounded pool. A worker holds one
// document at a time and keeps only its drafts, so memory does not grow with
// the text of the archive.
type reader struct {
	fsys      fs.FS
	options   source.Options
	extractor *extract.Extractor
	jobs      int
	progress  func(stage string, done, total int)
	keep      func(source.Document, extract.Result)

	extracted int // files read
	dropped   int // spans in no article
}

// harvest is what one file gave.
type harvest struct {
	drafts   []archive.Draft
	problems []diag.Problem
	kept     []document
	dropped  int
}

type document struct {
	source.Document
	extract.Result
}

// all gives the drafts of all files, in the order of the files.
func (r *reader) all(ctx context.Context, files []source.File) ([]archive.Draft, []diag.Problem) {
	harvests := make([]harvest, len(files))
	var next, done atomic.Int64
	var workers sync.WaitGroup
	for range max(1, r.jobs) {
		workers.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(files) {
					return
				}
				harvests[i] = r.file(files[i])
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
		r.dropped += h.dropped
		for _, d := range h.kept {
			r.keep(d.Document, d.Result)
		}
		*h = harvest{}
	}
	r.extracted = len(files)
	return drafts, problems
}

func (r *reader) file(f source.File) harvest {
	var h harvest
	failed := source.Each(r.fsys, f, r.options, func(doc source.Document) bool {
		result := r.extractor.Extract(doc)
		h.drafts = append(h.drafts, result.Drafts...)
		h.problems = append(h.problems, result.Problems...)
		h.dropped += len(result.Dropped)
		if r.keep != nil {
			h.kept = append(h.kept, document{doc, result})
		}
		return true
	})
	h.problems = append(h.problems, failed...)
	return h
}
