package build

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
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
	l, problems := look(ctx, o, paths, keep, w)
	if l == nil {
		return nil, problems
	}
	s, found := l.assemble(ctx, w)
	return s, append(problems, found...)
}

// looked is a site of which everything was read that changed, before its drafts
// are assembled.
type looked struct {
	options   Options
	paths     []string // that were asked for, instead of the whole site
	config    *config.Site
	content   fs.FS
	editorial *editorial.Editorial
	matcher   *match.Matcher
	pages     []archive.StaticPage
	files     []source.File
	cache     *store.Cache
	read      *reader

	edited archive.Hash // of the editors' files and pages
	drafts archive.Hash // of all drafts
}

// look reads the configuration, the editors' files and the sources that
// changed. It is nil when the configuration has an error. The caller closes it,
// by assembling or by done.
func look(ctx context.Context, o Options, paths []string, keep func(source.Document, extract.Result), w *watch) (*looked, []diag.Problem) {
	o.Progress("reading the configuration", 0, 0)
	site, problems := configure(o, len(paths) > 0)
	if site == nil {
		return nil, problems
	}
	w.lap("configuration")

	content := openTree(filepath.Join(o.Source, "content"))
	overheard := listen(content)
	ed, found := editorial.Load(overheard)
	problems = append(problems, under(found)...)
	matcher, found := match.Compile(ed)
	problems = append(problems, under(found)...)
	pages, found := extract.Pages(overheard)
	problems = append(problems, under(found)...)
	w.lap("editorial")

	o.Progress("looking for sources", 0, 0)
	l := &looked{options: o, paths: paths, config: site, content: content, editorial: ed, matcher: matcher, pages: pages, edited: overheard.hash()}
	if len(paths) > 0 {
		l.content = anywhere{content}
		l.files, found = named(o.Source, paths)
		problems = append(problems, found...)
	} else {
		l.files, found = source.Walk(content)
		problems = append(problems, under(found)...)
	}
	w.lap("walk")

	options := source.Options{JSONL: site.Archive.JSONL}
	l.cache = store.Off()
	if keep == nil && !o.NoCache {
		l.cache, found = store.Open(o.CacheDir, draftsKey(o.Version, ed, site))
		problems = append(problems, found...)
	}
	w.lap("cache")
	l.read = &reader{
		fsys: l.content, options: options, extractor: extract.New(ed, matcher, extract.Options{Source: options}),
		cache: l.cache, jobs: o.Jobs, progress: o.Progress, keep: keep,
	}
	l.drafts = l.read.look(ctx, l.files)
	w.lap("extract")
	return l, problems
}

// done writes what was read to the cache of drafts.
func (l *looked) done() []diag.Problem {
	return l.cache.Close(func(path string) bool {
		_, ok := slices.BinarySearchFunc(l.files, path, func(f source.File, path string) int { return strings.Compare(f.Path, path) })
		return ok
	})
}

// place names the paths of problems of sources by their place in the site.
func (l *looked) place(problems []diag.Problem) []diag.Problem {
	if len(l.paths) > 0 {
		return underIfThere(l.options.Source, problems)
	}
	return under(problems)
}

// assemble makes the site. It is nil when ctx ends first.
func (l *looked) assemble(ctx context.Context, w *watch) (*Site, []diag.Problem) {
	o := l.options
	drafts, found := l.read.drafts(ctx, l.files)
	problems := append(l.place(found), l.done()...)
	w.lap("extract")
	if ctx.Err() != nil {
		return nil, problems
	}

	s := &Site{
		Config: l.config, Content: l.content, Bodies: extract.NewBodies(l.content, l.read.extractor),
		extractor: l.read.extractor, reading: l.read.options,
		Files: len(l.files), Extracted: int(l.read.extracted.Load()), Drafts: len(drafts), Dropped: l.read.dropped,
	}
	if o.keepDrafts {
		for _, d := range drafts {
			s.drafts = append(s.drafts, *d) // assembling empties them
		}
	}
	o.Progress("assembling", 0, 0)
	s.Archive, found = assemble.Assemble(assemble.Input{
		Drafts: drafts, Consume: true, Editorial: l.editorial, Matcher: l.matcher, Site: l.config,
		Build: buildDay(o, l.config), Pages: l.pages, Bodies: s.Bodies,
	})
	if len(l.paths) > 0 {
		// Facts and decisions speak of the whole archive, of which this is a part.
		found = slices.DeleteFunc(found, func(p diag.Problem) bool {
			return p.Code == diag.FactCite || p.Code == diag.DecisionUnknown
		})
	}
	problems = append(problems, l.place(found)...)
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
	if info, err := os.Stat(filepath.Join(o.Source, "content")); !withoutSite && (err != nil || !info.IsDir()) {
		problems = append(problems, diag.Problem{
			Code: diag.ContentMissing, Severity: diag.Warning, Position: diag.Position{Path: "content"},
			Message: "there is no content folder: the archive has no articles", Remedy: "put it beside hugo.toml, or name the site's folder with --source",
		})
	}
	site.BuildDrafts = site.BuildDrafts || o.Drafts
	site.BuildFuture = site.BuildFuture || o.Future
	site.BuildExpired = site.BuildExpired || o.Expired
	return site, problems
}
