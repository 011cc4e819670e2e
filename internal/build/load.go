package build

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"warraq/internal/archive"
	"warraq/internal/assemble"
	"warraq/internal/config"
	"warraq/internal/diag"
	"warraq/internal/editorial"
	"warraq/internal/extract"
	"warraq/internal/match"
	"warraq/internal/source"
	"warraq/internal/store"
)

// Site is a site read and assembled, before pages are planned.
type Site struct {
	Config  *config.Site
	Archive *archive.Archive
	Bodies  archive.Bodies
	Content fs.FS

	Files     int // source files
	Extracted int // of them read in this run
	Drafts    int
	Dropped   int // spans of clippings that are in no article

	drafts    []archive.Draft // kept for Check only
	extractor *extract.Extractor
	reading   source.Options
}

// load runs the stages up to assembling. The Site is nil when there is nothing
// to assemble, because the configuration has an error. Sources are those of the
// content folder, or paths where given. keep, when not nil, gets every
// document's extraction, in order.
func load(ctx context.Context, o Options, paths []string, keep func(source.Document, extract.Result), w *watch) (*Site, []diag.Problem) {
	o.Progress("reading the configuration", 0, 0)
	site, problems := configure(o, len(paths) > 0)
	if site == nil {
		return nil, problems
	}
	w.lap("configuration")

	content := openTree(filepath.Join(o.Source, "content"))
	ed, found := editorial.Load(content)
	problems = append(problems, under(found)...)
	matcher, found := match.Compile(ed)
	problems = append(problems, under(found)...)
	pages, found := extract.Pages(content)
	problems = append(problems, under(found)...)
	w.lap("editorial")

	o.Progress("looking for sources", 0, 0)
	var files []source.File
	place := under
	if len(paths) > 0 {
		place = func(problems []diag.Problem) []diag.Problem { return underIfThere(o.Source, problems) }
		content = anywhere{content}
		files, found = named(o.Source, paths)
		problems = append(problems, found...)
	} else {
		files, found = source.Walk(content)
		problems = append(problems, under(found)...)
	}
	w.lap("walk")

	options := source.Options{JSONL: site.Archive.JSONL}
	x := extract.New(ed, matcher, extract.Options{Source: options})
	cache := store.Off()
	if keep == nil && !o.NoCache {
		cache, found = store.Open(o.CacheDir, draftsKey(o.Version, ed, site))
		problems = append(problems, found...)
	}
	w.lap("cache")
	read := reader{fsys: content, options: options, extractor: x, cache: cache, jobs: o.Jobs, progress: o.Progress, keep: keep}
	drafts, found := read.all(ctx, files)
	problems = append(problems, place(found)...)
	problems = append(problems, cache.Close(func(path string) bool {
		_, ok := slices.BinarySearchFunc(files, path, func(f source.File, path string) int { return strings.Compare(f.Path, path) })
		return ok
	})...)
	w.lap("extract")
	if ctx.Err() != nil {
		return nil, problems
	}

	s := &Site{
		Config: site, Content: content, Bodies: extract.NewBodies(content, x),
		extractor: x, reading: options,
		Files: len(files), Extracted: int(read.extracted.Load()), Drafts: len(drafts), Dropped: read.dropped,
	}
	if o.keepDrafts {
		s.drafts = slices.Clone(drafts)
	}
	o.Progress("assembling", 0, 0)
	s.Archive, found = assemble.Assemble(assemble.Input{
		Drafts: drafts, Consume: true, Editorial: ed, Matcher: matcher, Site: site,
		Build: buildDay(o, site), Pages: pages, Bodies: s.Bodies,
	})
	if len(paths) > 0 {
		// Facts and decisions speak of the whole archive, of which this is a part.
		found = slices.DeleteFunc(found, func(p diag.Problem) bool {
			return p.Code == diag.FactCite || p.Code == diag.DecisionUnknown
		})
	}
	problems = append(problems, place(found)...)
	w.lap("assemble")
	return s, problems
}

// draftsKey hashes what drafts depend on besides their source. The program's
// version stands for all the code that reads them, the language's too.
func draftsKey(version string, ed *editorial.Editorial, site *config.Site) archive.Hash {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %d %x %q", version, extract.Version, ed.Key, site.Archive.JSONL))
	return archive.Hash(sum[:16])
}

// configure loads the configuration and applies what the command line says.
func configure(o Options, withoutSite bool) (*config.Site, []diag.Problem) {
	site, problems := config.Load(o.Source)
	if site == nil && withoutSite && slices.ContainsFunc(problems, func(p diag.Problem) bool { return p.Code == diag.ConfigNoSite }) {
		site, problems = config.Default(o.Source), nil
	}
	if site == nil {
		return nil, problems
	}
	if o.BaseURL != "" {
		if err := site.SetBaseURL(o.BaseURL); err != nil {
			return nil, append(problems, diag.Problem{
				Code: diag.ConfigValue, Severity: diag.Error, Message: "--base-url: " + err.Error(),
				Remedy: "write it like https://example.org/archive/",
			})
		}
	}
	site.BuildDrafts = site.BuildDrafts || o.Drafts
	site.BuildFuture = site.BuildFuture || o.Future
	site.BuildExpired = site.BuildExpired || o.Expired
	return site, problems
}
