// Package render turns the archive into HTML pages through templates.
//
// Each page type has one template and one typed view struct, documented beside
// it (HomePage, ArticlePage, ThemePage …); there is no untyped page data. A
// site may override any template, style sheet or interface text by a file of
// the same name in its own templates folder.
//
// What is constant in a build is folded into the templates when they are
// loaded (interface texts, base path) or into ready HTML once a plan (head,
// masthead, footer), because a page is written a million times. Views are made
// inside Page.Write, so that a plan holds a path, a key and a closure a page.
//
// A page's key hashes everything that its bytes depend on: the files of its
// template, the settings, the frame, and of the archive exactly what the page
// shows. An added article so changes only its own pages and those of its tags,
// themes, source, neighbours and dates.
//
// All text of the archive is hostile: it reaches a page through html/template's
// escaping or through isolate, which escapes and keeps directions apart.
package render

import (
	"fmt"
	"html/template"
	"io"
	"io/fs"

	"warraq/internal/archive"
	"warraq/internal/config"
	"warraq/internal/diag"
	"warraq/internal/output"
)

// Options are the folders a Renderer reads besides what is embedded.
type Options struct {
	Templates fs.FS // the site's templates folder, nil for none
	Static    fs.FS // the site's static folder, nil for none
	Content   fs.FS // the content folder, for the images of page bundles; nil for none
	Version   string
}

// Renderer holds loaded templates. It is immutable and serves any number of
// plans.
type Renderer struct {
	site    *config.Site
	content fs.FS
	static  overlay
	faces   faces
	texts   *texts
	style   style
	sets    map[kind]*set
	version string
}

// kind is a page type: one template and one view struct.
type kind string

// The page types; each is the name of its template without ".html".
const (
	kindHome      kind = "home"
	kindArticle   kind = "article"
	kindVersions  kind = "versions"
	kindArticles  kind = "articles"
	kindThemes    kind = "themes"
	kindTheme     kind = "theme"
	kindTags      kind = "tags"
	kindTag       kind = "tag"
	kindSources   kind = "sources"
	kindSource    kind = "source"
	kindTimeline  kind = "timeline"
	kindPeriod    kind = "period"
	kindChronicle kind = "chronicle"
	kindPage      kind = "page"
	kindTombstone kind = "tombstone"
	kindRedirect  kind = "redirect"
	kindNotFound  kind = "404"
	kindSearch    kind = "search"
)

// New loads the templates and texts, the site's own above the embedded ones,
// and checks every template against its view. All problems are reported
// together; with any, the Renderer is nil.
func New(site *config.Site, opts Options) (*Renderer, []diag.Problem) {
	r := &Renderer{
		site:    site,
		content: opts.Content,
		static:  overlay{upper: opts.Static, lower: embeddedStatic},
		version: opts.Version,
	}
	files := overlay{upper: opts.Templates, lower: embeddedTemplates}
	var problems []diag.Problem
	r.texts, problems = loadTexts(files)
	if len(problems) > 0 {
		return nil, problems
	}
	r.style = newStyle(site, r.texts)
	var err error
	if r.faces, err = newFaces(r.static); err != nil {
		return nil, []diag.Problem{templateProblem("../static/fonts", 0, err.Error())}
	}
	r.sets, problems = loadTemplates(files, site, r.texts, r.faces)
	if len(problems) > 0 {
		return nil, problems
	}
	return r, nil
}

// Plan lists every HTML page of the archive, with the static files and images
// they need. The order of the pages is fixed by the archive.
func (r *Renderer) Plan(a *archive.Archive, b archive.Bodies) ([]output.Page, []diag.Problem) {
	p, problems := newPlan(r, a, b)
	if len(problems) > 0 {
		return nil, problems
	}
	p.assets()
	p.articles()
	p.themes()
	p.tags()
	p.sources()
	p.timeline()
	p.others()
	p.home()
	return p.pages, p.problems
}

// view is what every page's view struct embeds a Frame to be.
type view interface{ frame() *Frame }

func (f *Frame) frame() *Frame { return f }

// execute runs a page's template into w.
func (p *plan) execute(w io.Writer, k kind, view view) error {
	f := view.frame()
	f.Policy = policyTag(k, p.r.sets[k].cssHash, p.r.searchLoader(), f.JSONLD, f.images)
	set := p.r.sets[k]
	if set.fast != nil {
		return set.fast.execute(w, view)
	}
	if err := set.page.Execute(w, view); err != nil {
		return fmt.Errorf("templates/%s.html: %w", k, err)
	}
	return nil
}

// html marks text that this package made and escaped itself as safe.
func html(s string) template.HTML { return template.HTML(s) }
