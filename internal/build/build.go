// Package build calls the stages in order: configuration, sources, extraction,
// assembling, planning of pages, output. It has no logic of its own beyond
// that order, the pool that reads sources, the memory that lets a build of
// unchanged input end early, and the rule that nothing is written when the
// content has an error.
package build

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"warraq/internal/archive"
	"warraq/internal/civil"
	"warraq/internal/config"
	"warraq/internal/diag"
	"warraq/internal/output"
)

// Options of a build.
type Options struct {
	Source      string // the site's folder
	Destination string // "" means public below Source
	CacheDir    string // "" means .warraq below Source
	NoCache     bool   // believe neither cached drafts nor page keys
	Clean       bool   // delete files of the destination that are not ours
	Drafts      bool   // with articles marked draft
	Future      bool   // with articles dated after the build day
	Expired     bool   // with articles past their expiry
	Strict      bool   // a warning keeps the build from writing
	BaseURL     string // replaces that of hugo.toml when not empty
	Now         time.Time
	Jobs        int // 0 means one a processor
	Version     string
	// Progress, when not nil, is told how far a stage is; total 0 means unknown.
	// It is called from several goroutines.
	Progress func(stage string, done, total int)

	keepDrafts bool                       // Site.drafts is wanted
	published  func(*Site, []output.Page) // told what was published
}

func (o *Options) settle() {
	if o.Source == "" {
		o.Source = "."
	}
	if o.Destination == "" {
		o.Destination = filepath.Join(o.Source, "public")
	}
	if o.CacheDir == "" {
		o.CacheDir = filepath.Join(o.Source, ".warraq")
	}
	if o.Jobs <= 0 {
		o.Jobs = runtime.GOMAXPROCS(0)
	}
	if o.Progress == nil {
		o.Progress = func(string, int, int) {}
	}
}

// Run builds a site. All problems are returned, sorted. Where one of them is an
// error, or a warning under Strict, nothing was written and Report.Done is
// false. The error is one of the machine, not of the content.
func Run(ctx context.Context, o Options) (*Report, []diag.Problem, error) {
	o.settle()
	r := &Report{Version: o.Version, Destination: o.Destination, Jobs: o.Jobs}
	w := &watch{report: r, last: time.Now(), begun: time.Now()}
	defer w.stop()
	var problems diag.List
	finish := func(err error) (*Report, []diag.Problem, error) {
		sorted := problems.Sorted()
		r.count(sorted)
		return r, sorted, err
	}

	if p, ok := overlap(o); !ok {
		problems.Add(p)
		return finish(nil)
	}
	l, found := look(ctx, o, nil, nil, w)
	problems.Add(found...)
	if l == nil {
		return finish(ctx.Err())
	}
	r.BuildDay = buildDay(o, l.config).String()
	input, sure := l.input()
	if sure && !o.NoCache && o.published == nil && ctx.Err() == nil {
		if last, result, found := l.repeat(ctx, input, problems.Sorted()); last != nil {
			problems.Add(last.Problems...)
			problems.Add(found...)
			problems.Add(l.done()...)
			r.Content, r.Pages, r.Done = last.Content, PageCounts(*result), true
			r.Content.Extracted = int(l.read.extracted.Load())
			w.lap("write")
			return finish(nil)
		}
	}

	s, said := l.assemble(ctx, w)
	problems.Add(said...)
	if s == nil || ctx.Err() != nil {
		return finish(ctx.Err())
	}
	r.Content = countContent(s)

	tree, err := output.Open(o.Destination, o.CacheDir)
	if err != nil {
		return finish(asProblem(err, &problems))
	}
	defer tree.Close()

	o.Progress("planning", 0, 0)
	pages, found := plan(s, o)
	found = append(found, underIfThere(o.Source, output.Sort(pages))...)
	said = append(said, found...)
	problems.Add(found...)
	w.lap("plan")
	if blocked(problems.Sorted(), o.Strict) {
		return finish(nil)
	}

	result, found, err := tree.Apply(ctx, pages, output.Options{
		Clean: o.Clean, Force: o.NoCache, Jobs: o.Jobs,
		Progress: func(done, total int) { o.Progress("writing", done, total) },
	})
	problems.Add(found...)
	r.Pages = PageCounts(result)
	w.lap("write")
	if err != nil {
		return finish(asProblem(err, &problems))
	}
	r.Done = !slices.ContainsFunc(found, func(p diag.Problem) bool { return p.Severity == diag.Error })
	if r.Done && sure {
		problems.Add(l.remember(tree, input, s, said)...)
	}
	if r.Done && o.published != nil {
		o.published(s, pages)
	}
	return finish(nil)
}

// blocked reports whether problems keep a build from writing.
func blocked(problems []diag.Problem, strict bool) bool {
	least := diag.Error
	if strict {
		least = diag.Warning
	}
	return slices.ContainsFunc(problems, func(p diag.Problem) bool { return p.Severity >= least })
}

// asProblem adds an error that is a problem to the list and returns any other.
func asProblem(err error, to *diag.List) error {
	var p diag.Problem
	if errors.As(err, &p) {
		to.Add(p)
		return nil
	}
	return err
}

// overlap refuses a destination in which building would destroy the source.
func overlap(o Options) (diag.Problem, bool) {
	source, err1 := filepath.Abs(o.Source)
	destination, err2 := filepath.Abs(o.Destination)
	if errors.Join(err1, err2) != nil {
		return diag.Problem{}, true
	}
	inside := func(child, parent string) bool {
		rel, err := filepath.Rel(parent, child)
		return err == nil && filepath.IsLocal(rel)
	}
	bad := inside(source, destination)
	for _, own := range []string{"content", "templates", "static"} {
		bad = bad || inside(destination, filepath.Join(source, own))
	}
	if o.Clean && !bad {
		// --clean deletes whatever it does not know: not in a place that is
		// plainly something else.
		home, _ := os.UserHomeDir() // "" where there is none, which equals no folder
		_, err := os.Stat(filepath.Join(destination, ".git"))
		if err == nil || destination == home || destination == filepath.Dir(destination) {
			return diag.Problem{
				Code: diag.ConfigDestination, Severity: diag.Error, Position: diag.Position{Path: o.Destination},
				Message: "--clean would delete a home folder, a repository or a whole disk",
				Remedy:  "choose a folder of its own with --destination, or build without --clean",
			}, false
		}
	}
	if !bad {
		return diag.Problem{}, true
	}
	return diag.Problem{
		Code: diag.ConfigDestination, Severity: diag.Error, Position: diag.Position{Path: o.Destination},
		Message: "the destination contains the site's own files, or lies among them",
		Remedy:  "choose a folder of its own with --destination",
	}, false
}

// buildDay is the day that decides publishing and expiry.
func buildDay(o Options, site *config.Site) civil.Date {
	now := o.Now
	if now.IsZero() {
		now = time.Now()
	}
	return civil.FromTime(now.In(site.TimeZone))
}

// under names a path below the content folder by its place in the site.
func under(problems []diag.Problem) []diag.Problem {
	for i := range problems {
		if problems[i].Path != "" {
			problems[i].Path = "content/" + problems[i].Path
		}
	}
	return problems
}

// folder opens a folder of the site, nil when it does not exist.
func folder(root, name string) fs.FS {
	dir := filepath.Join(root, name)
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil
	}
	return os.DirFS(dir)
}

func countContent(s *Site) Content {
	a := s.Archive
	return Content{
		Sources: s.Files, Drafts: s.Drafts, Articles: len(a.Articles), Undated: a.Undated,
		Themes: len(a.Themes), Tags: len(a.Tags), Outlets: len(a.Sources), Events: len(a.Events),
		Withdrawn: len(a.Tombstones), Extracted: s.Extracted, Dropped: s.Dropped, Copies: copies(a),
	}
}

func copies(a *archive.Archive) int {
	n := 0
	for i := range a.Articles {
		n += len(a.Articles[i].Origins) - 1 + len(a.Articles[i].Versions)
	}
	return n
}
