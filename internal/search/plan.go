package search

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"warraq/internal/archive"
	"warraq/internal/config"
	"warraq/internal/diag"
	"warraq/internal/output"
)

// Plan gives the pages of the search index and its script. It inverts the
// blocks and merges the buckets that the cache folder does not hold yet, and
// removes what no longer belongs there; the pages read from that folder when
// they are written, so it must outlive them.
func Plan(site *config.Site, a *archive.Archive, bodies archive.Bodies, cacheDir string) ([]output.Page, []diag.Problem) {
	pages, err := plan(a, bodies, cacheDir)
	if err != nil {
		var p diag.Problem
		if errors.As(err, &p) {
			return nil, []diag.Problem{p}
		}
		return nil, []diag.Problem{{
			Code: diag.SearchIndex, Severity: diag.Error, Position: diag.Position{Path: cacheDir},
			Message: fmt.Sprintf("the search index cannot be built: %v", err),
			Remedy:  "delete the cache folder and build again; if it is full, make room",
		}}
	}
	return pages, nil
}

func plan(a *archive.Archive, bodies archive.Bodies, cacheDir string) ([]output.Page, error) {
	c, err := openCache(cacheDir)
	if err != nil {
		return nil, err
	}
	blocks := blocksOf(a)
	opened, err := invertAll(a, bodies, blocks, c)
	if err != nil {
		return nil, err
	}
	defer func() {
		for _, in := range opened {
			in.close()
		}
	}()
	merged, err := mergeAll(blocks, opened, c)
	if err != nil {
		return nil, err
	}
	if err := c.sweep(); err != nil {
		return nil, err
	}

	e := entry{Version: Version, Docs: len(a.Articles)}
	var pages []output.Page
	var shards []shardRef
	written := map[name]bool{} // equal files of two buckets are one page
	for _, m := range merged {
		shards = append(shards, m.shards...)
		for _, f := range m.files {
			if !written[f.name] {
				written[f.name] = true
				pages = append(pages, m.page(f))
			}
		}
	}
	e.setShards(shards)
	for i := range blocks {
		b := &blocks[i]
		shift := recordShift(b, recordsPer(len(a.Articles)))
		e.Blocks = append(e.Blocks, entryBlock{b.Label, b.Base, b.Span, b.count(), recordName(b, shift).String(), shift})
		pages = append(pages, recordPages(a, b, shift)...)
	}
	for _, g := range columnGroups(blocks) {
		p, id := columnPage(a, blocks[g.first:g.first+g.blocks])
		e.Columns = append(e.Columns, entryColumn{g.blocks, id})
		pages = append(pages, p)
	}
	raw, err := json.Marshal(namesOf(a))
	if err != nil {
		return nil, err
	}
	e.Names = nameOf(raw).String()
	pages = append(pages, dataPage(filePath(e.Names, ""), raw))
	if raw, err = json.Marshal(e); err != nil {
		return nil, err
	}
	last := dataPage(entryPath, raw)
	last.Stage = output.Home // after all that it names
	script, err := scriptPages()
	return append(append(pages, last), script...), err
}

// dataPage is a small file whose bytes are known.
func dataPage(path string, raw []byte) output.Page {
	var key output.KeyBuilder
	return output.Page{
		Path: path, Key: key.Reset("search/data 1").Bytes(raw).Sum(), Stage: output.Asset, Origin: "search index",
		Write: func(w io.Writer) error { return deflate(w, raw, textLevel) },
	}
}

// page is one file of a merged bucket.
func (m *merged) page(f fileRef) output.Page {
	var key output.KeyBuilder
	return output.Page{
		Path: filePath(f.name.String(), ""), Key: key.Reset("search/file 1").Bytes(f.name[:]).Sum(),
		Stage: output.Asset, Origin: "search index",
		Write: func(w io.Writer) error {
			b, err := readRange(m.path, f.offset, int64(f.length))
			if err != nil {
				return err
			}
			_, err = w.Write(b)
			return err
		},
	}
}

// columnPage is the column file of some blocks.
func columnPage(a *archive.Archive, blocks []block) (output.Page, string) {
	var key output.KeyBuilder
	key.Reset("search/columns 1")
	for i := range blocks {
		key.Bytes(blocks[i].Key[:])
	}
	sum := key.Sum()
	id := name(sum[:6]).String()
	return output.Page{
		Path: filePath(id, ""), Key: sum, Stage: output.Asset, Origin: "search index",
		Write: func(w io.Writer) error {
			raw, err := columns(a, blocks)
			if err != nil {
				return err
			}
			return deflate(w, raw, textLevel)
		},
	}, id
}

// invertAll opens the inverted blocks, making those that are missing.
func invertAll(a *archive.Archive, bodies archive.Bodies, blocks []block, c *cache) ([]*inverted, error) {
	opened := make([]*inverted, len(blocks))
	analysers := sync.Pool{New: func() any { return newAnalyser() }}
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i := range blocks {
		path := c.path("block", blocks[i].Key)
		g.Go(func() (err error) {
			if opened[i], err = openInverted(path); err == nil {
				return nil
			}
			an := analysers.Get().(*analyser)
			defer analysers.Put(an)
			if err := an.invert(a, bodies, &blocks[i], path); err != nil {
				return err
			}
			opened[i], err = openInverted(path)
			return err
		})
	}
	return opened, g.Wait()
}

// mergeAll opens the merged buckets, making those that are missing.
func mergeAll(blocks []block, opened []*inverted, c *cache) ([]*merged, error) {
	buckets := bucketsOf(blocks, opened)
	out := make([]*merged, len(buckets))
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i := range buckets {
		path := c.path("bucket", buckets[i].id())
		g.Go(func() error {
			old, err := openMerged(path)
			if err != nil {
				old = nil
			} else if old.key == buckets[i].key {
				out[i] = old
				return nil
			}
			if err := buckets[i].merge(blocks, opened, old, path); err != nil {
				return err
			}
			out[i], err = openMerged(path)
			return err
		})
	}
	return out, g.Wait()
}

// cache is the folder of inverted blocks and merged buckets.
type cache struct {
	dir  string
	used map[string]bool
}

func openCache(dir string) (*cache, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	return &cache{dir: dir, used: map[string]bool{}}, nil
}

func (c *cache) path(kind string, key output.Key) string {
	base := cacheName(kind, key)
	c.used[base] = true
	return filepath.Join(c.dir, base)
}

// sweep removes what was not asked for.
func (c *cache) sweep() error {
	files, err := os.ReadDir(c.dir)
	if err != nil {
		return err
	}
	for _, f := range files {
		ours := strings.HasPrefix(f.Name(), "block-") || strings.HasPrefix(f.Name(), "bucket-")
		if ours && !c.used[f.Name()] {
			if err := os.Remove(filepath.Join(c.dir, f.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}
