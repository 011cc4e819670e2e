package render

import (
	"bytes"
	"fmt"
	"html/template"
	"io"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	minhtml "github.com/tdewolff/minify/v2/html"

	"warraq/internal/config"
	"warraq/internal/diag"
	"warraq/internal/output"
)

// set is what one page type is made with.
type set struct {
	page     *template.Template
	fast     *compiled          // page compiled, nil where it uses what compile does not know
	slow     error              // what that is
	fixed    *template.Template // the constant part of <head>
	masthead *template.Template
	footer   *template.Template
	css      template.CSS
	cssHash  string     // of css, as CSP writes it
	key      output.Key // of every file that the pages of this type are made with
}

// pageStyles names the sheets of css/ that a page type inlines after base.css.
var pageStyles = map[kind][]string{
	kindHome:      {"list", "cards", "home"},
	kindArticle:   {"article"},
	kindVersions:  {"article"},
	kindArticles:  {"list", "cards"},
	kindThemes:    {"list", "cards", "home"},
	kindTheme:     {"list", "cards", "article", "hub", "timeline"},
	kindTags:      {"list", "tags"},
	kindTag:       {"list", "cards", "hub"},
	kindSources:   {"list", "hub"},
	kindSource:    {"list", "cards", "hub"},
	kindTimeline:  {"list", "timeline", "strip"},
	kindPeriod:    {"list", "cards"},
	kindChronicle: {"list", "timeline"},
	kindPage:      {"article"},
	kindTombstone: {"article"},
	kindRedirect:  {},
	kindNotFound:  {"list", "cards", "home", "searchform"},
	kindSearch:    {"list", "searchform", "search"},
}

// loadTemplates reads, checks, folds, minifies and parses the templates of
// every page type.
func loadTemplates(files overlay, site *config.Site, t *texts, f faces) (map[kind]*set, []diag.Problem) {
	l := &loader{files: files, site: site, texts: t, faces: f, sources: map[string]string{}, lean: map[string]string{}, known: names{}}
	all, err := files.list()
	if err != nil {
		return nil, []diag.Problem{templateProblem("", 0, err.Error())}
	}
	var shared []string
	for _, name := range all {
		if path.Ext(name) == ".html" {
			l.known.written(l.source(name))
		}
		if name == "base.html" || path.Dir(name) == "partials" && path.Ext(name) == ".html" {
			shared = append(shared, name)
		}
	}
	sets := make(map[kind]*set, len(pageStyles))
	for _, k := range slices.Sorted(maps.Keys(pageStyles)) {
		sets[k] = l.set(k, append(slices.Clone(shared), string(k)+".html"))
	}
	return sets, l.problems
}

// loader remembers the files of one load.
type loader struct {
	files    overlay
	site     *config.Site
	texts    *texts
	faces    faces
	sources  map[string]string // folded, not minified
	lean     map[string]string // and minified; most are of every page type
	known    names             // classes and ids that templates write
	problems []diag.Problem
}

func (l *loader) set(k kind, names []string) *set {
	keys := newKeyer(l.texts.key).hash(l.site.Key).str(string(k))
	plain := template.New("base.html").Funcs(l.funcs())
	lean := template.New("base.html").Funcs(l.funcs())
	before := len(l.problems)
	for _, name := range names {
		source := l.source(name)
		keys.str(name, source)
		if _, err := l.named(plain, name).Parse(source); err != nil {
			l.fail(name, err)
			continue
		}
		if _, err := l.named(lean, name).Parse(l.minified(name, source)); err != nil {
			l.fail(name, err)
		}
	}
	plain, lean = own(plain, k), own(lean, k)
	sheet := l.styles(k, plain)
	keys.str(sheet)
	s := &set{page: lean, css: template.CSS(sheet), cssHash: sourceHash(sheet), key: keys.sum()}
	if len(l.problems) > before {
		return s
	}
	// Errors are looked for in the templates as written: minifying moves lines.
	if err := check(plain, k); err != nil {
		l.fail(string(k)+".html", err)
		return s
	}
	// html/template escapes a template when it first runs.
	sample := filled(samples[k])
	if err := lean.Execute(io.Discard, sample); err != nil {
		l.fail(string(k)+".html", err)
		return s
	}
	s.fast, s.slow = compile(lean, sample)
	s.fixed, s.masthead, s.footer = lean.Lookup("fixed"), lean.Lookup("masthead"), lean.Lookup("footer")
	return s
}

// own gives the template that is executed for a page type: base.html, whose
// blocks the type's file defines, or the file itself where it holds a page of
// its own, as redirect.html does.
func own(root *template.Template, k kind) *template.Template {
	if t := root.Lookup(string(k) + ".html"); t != nil && t.Tree != nil && !parse.IsEmptyTree(t.Tree.Root) {
		return t
	}
	return root
}

// named returns the template a file is parsed into: base.html is the root.
func (l *loader) named(root *template.Template, name string) *template.Template {
	if name == "base.html" {
		return root
	}
	return root.New(name)
}

func (l *loader) funcs() template.FuncMap {
	return template.FuncMap{
		"text": func(key string) (string, error) {
			if s, ok := l.texts.Texts[key]; ok {
				return s, nil
			}
			return "", fmt.Errorf("%s has no text %q", textsFile, key)
		},
		"locale": func() string { return l.site.Locale },
		"base":   func() template.URL { return template.URL(l.site.BasePath) },
	}
}

// constant matches the actions that are the same on every page of a build.
var constant = regexp.MustCompile(`\{\{-?\s*(?:(base|locale)|text\s+"([^"]+)")\s*-?\}\}`)

// source reads a template and folds the constant actions into it. Lines stay
// as they are.
func (l *loader) source(name string) string {
	if s, ok := l.sources[name]; ok {
		return s
	}
	data, _, err := l.files.read(name)
	if err != nil {
		l.problems = append(l.problems, templateProblem(name, 0, err.Error()))
		return ""
	}
	s := constant.ReplaceAllStringFunc(string(data), func(action string) string {
		m := constant.FindStringSubmatch(action)
		switch m[1] {
		case "base":
			return template.HTMLEscapeString(l.site.BasePath)
		case "locale":
			return template.HTMLEscapeString(l.site.Locale)
		}
		text, ok := l.texts.Texts[m[2]]
		if !ok || strings.Contains(text, "{{") {
			return action // the template's own check reports it with its line
		}
		return template.HTMLEscapeString(text)
	})
	s = l.faces.in(s)
	l.sources[name] = s
	return s
}

func (l *loader) minified(name, source string) string {
	if !l.site.Minify {
		return source
	}
	if s, ok := l.lean[name]; ok {
		return s
	}
	m := minify.New()
	var out bytes.Buffer
	// Without end tags, a part's last element would swallow what follows in
	// the page that includes it.
	err := (&minhtml.Minifier{
		KeepEndTags: true, KeepDocumentTags: true, KeepQuotes: true, KeepDefaultAttrVals: true,
		TemplateDelims: minhtml.GoTemplateDelims,
	}).Minify(m, &out, strings.NewReader(source), nil)
	if err != nil {
		l.fail(name, err)
		return source
	}
	l.lean[name] = out.String()
	return l.lean[name]
}

// styles joins a page type's sheets. Minified, they lose what the page type's
// templates cannot show.
func (l *loader) styles(k kind, root *template.Template) string {
	var b strings.Builder
	for _, name := range append([]string{"base"}, pageStyles[k]...) {
		name = "css/" + name + ".css"
		data, _, err := l.files.read(name)
		if err != nil {
			l.problems = append(l.problems, templateProblem(name, 0, err.Error()))
			continue
		}
		b.Write(data)
		b.WriteByte('\n')
	}
	if l.site.Archive.Digits == "arabic-indic" {
		b.WriteString(":root{--digits:arabic-indic}\n")
	}
	sheet := strings.ReplaceAll(l.faces.in(b.String()), "url(/", "url("+l.site.BasePath)
	if !l.site.Minify {
		return sheet
	}
	m := minify.New()
	var out bytes.Buffer
	if err := (&css.Minifier{}).Minify(m, &out, strings.NewReader(sheet), nil); err != nil {
		l.problems = append(l.problems, templateProblem("css/", 0, err.Error()))
		return sheet
	}
	if k == kindSearch {
		return out.String() // its script writes what no template does
	}
	p := pruning{kind: k, known: l.known, present: names{}}
	seen := map[string]bool{}
	for _, name := range []string{root.Name(), "fixed", "masthead", "footer"} {
		p.present.words(root, name, seen)
	}
	for _, name := range madeByCode {
		p.present[name] = true
	}
	return p.sheet(out.String())
}

// templateError finds file and line in what html/template and text/template say.
var templateError = regexp.MustCompile(`^(?:html/)?template: ?([^:]+\.html):(\d+)(?::(\d+))?: (.*)$`)

func (l *loader) fail(name string, err error) {
	line, message := 0, err.Error()
	if m := templateError.FindStringSubmatch(firstLine(message)); m != nil {
		name, message = m[1], m[4]
		line, _ = strconv.Atoi(m[2])
	}
	p := templateProblem(name, line, message)
	if !slices.Contains(l.problems, p) {
		l.problems = append(l.problems, p)
	}
}

func templateProblem(name string, line int, message string) diag.Problem {
	return diag.Problem{
		Code:     diag.TemplateError,
		Severity: diag.Error,
		Position: diag.Position{Path: "templates/" + name, Line: line},
		Message:  message,
		Remedy:   "mend the file, or remove the site's own copy to use the shipped one",
	}
}

// check runs a template once over a view whose every field is set, so that a
// field that does not exist is found when loading, not on some page.
func check(t *template.Template, k kind) error {
	view, ok := samples[k]
	if !ok {
		return fmt.Errorf("no view for %q", k)
	}
	sample := filled(view)
	if err := t.Execute(io.Discard, sample); err != nil {
		return err
	}
	for _, part := range []string{"fixed", "masthead", "footer"} {
		if t.Lookup(part) == nil {
			return fmt.Errorf("template %q is missing", part)
		}
		if err := t.ExecuteTemplate(io.Discard, part, filled(FrameView{})); err != nil {
			return err
		}
	}
	return nil
}
