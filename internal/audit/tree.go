// Package audit checks an archive as an archive: Tree looks at a built site as a
// reader's browser would (links, direction, ids, escaping, weight), Archive at
// the model as an editor would (themes without articles, tags that look alike,
// articles without source or date, addresses that vanished), External asks the
// sites that are linked to.
//
// It returns problems and changes nothing. Everything is linear in the size of
// the site; pages are read one at a time by a bounded number of workers.
package audit

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/sync/errgroup"

	"warraq/internal/diag"
)

// Budgets in bytes, see docs/architecture.md. A page's budget is for its HTML
// with inlined style, compressed as the plainest host does it (gzip).
const (
	articleBudget = 14 << 10 // up to articleWords words
	articleWords  = 600
	bytesPerWord  = 7 // a compressed Arabic word more
	listBudget    = 50 << 10
	fontBudget    = 40 << 10
)

// TreeOptions says how the tree is published.
type TreeOptions struct {
	BasePath string // the URL path below which it stands, "/" or "/sub/"
	External bool   // collect links to other sites for External
}

// TreeResult is what an audit of a tree found.
type TreeResult struct {
	Problems []diag.Problem
	Pages    int
	Links    int
	External []ExternalLink // distinct addresses, sorted
}

// ExternalLink is an address of another site and the first page that links to it.
type ExternalLink struct {
	URL  string
	From diag.Position
}

// Tree audits the built tree in dir.
func Tree(ctx context.Context, dir string, opts TreeOptions) (TreeResult, error) {
	t := &tree{dir: dir, base: opts.BasePath, files: map[string]int64{}, anchors: map[string][]string{}, external: map[string]diag.Position{}, wantExternal: opts.External}
	if t.base == "" {
		t.base = "/"
	}
	var pages []string
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		info, err := d.Info()
		if err != nil {
			return err
		}
		t.files[rel] = info.Size()
		if strings.HasSuffix(rel, ".html") {
			pages = append(pages, rel)
		}
		return nil
	})
	if err != nil {
		return TreeResult{}, fmt.Errorf("audit: %w", err)
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, name := range pages {
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			return t.page(name)
		})
	}
	if err := g.Wait(); err != nil {
		return TreeResult{}, fmt.Errorf("audit: %w", err)
	}
	t.checkAnchors()
	r := TreeResult{Problems: t.problems, Pages: len(pages), Links: t.links}
	slices.SortFunc(r.Problems, diag.Compare)
	for u, from := range t.external {
		r.External = append(r.External, ExternalLink{u, from})
	}
	slices.SortFunc(r.External, func(a, b ExternalLink) int { return cmp.Compare(a.URL, b.URL) })
	return r, nil
}

// tree is an audit under way. files is complete before the workers start.
type tree struct {
	dir, base    string
	files        map[string]int64
	wantExternal bool

	mu       sync.Mutex
	problems []diag.Problem
	links    int
	// anchors are the ids that some page has and the fragments that links ask
	// for, kept only until all pages are read. A page's ids are kept only when it
	// has any that a link could ask for.
	anchors   map[string][]string
	fragments []fragment
	external  map[string]diag.Position
}

type fragment struct {
	from diag.Position
	page string
	id   string
}

// page audits one HTML file.
func (t *tree) page(name string) error {
	raw, err := os.ReadFile(filepath.Join(t.dir, filepath.FromSlash(name)))
	if err != nil {
		return err
	}
	p := &pageAudit{tree: t, name: name, raw: raw, ids: map[string]bool{}}
	p.text()
	p.elements()
	p.weight()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.problems = append(t.problems, p.problems...)
	t.links += p.links
	t.fragments = append(t.fragments, p.fragments...)
	for u, at := range p.external {
		// The smallest page name wins, whatever order the workers come in.
		if old, ok := t.external[u]; !ok || at.Path < old.Path || at.Path == old.Path && at.Line < old.Line {
			t.external[u] = at
		}
	}
	if len(p.ids) > 0 {
		ids := make([]string, 0, len(p.ids))
		for id := range p.ids {
			ids = append(ids, id)
		}
		slices.Sort(ids)
		t.anchors[name] = ids
	}
	return nil
}

func (t *tree) checkAnchors() {
	for _, f := range t.fragments {
		if _, found := slices.BinarySearch(t.anchors[f.page], f.id); !found {
			t.problems = append(t.problems, diag.Problem{
				Code: diag.DeadAnchor, Severity: diag.Error, Position: f.from,
				Message: fmt.Sprintf("%s has nothing with the id %q", f.page, f.id),
				Remedy:  "mend the link or give the element its id",
			})
		}
	}
}

// pageAudit is one page under examination.
type pageAudit struct {
	*tree
	name      string
	raw       []byte
	offset    int // of the current token
	problems  []diag.Problem
	links     int
	fragments []fragment
	external  map[string]diag.Position
	ids       map[string]bool
	fonts     int64
	scripts   int
	redirect  bool
}

func (p *pageAudit) at(offset int) diag.Position {
	before := p.raw[:offset]
	line := 1 + bytes.Count(before, []byte{'\n'})
	start := bytes.LastIndexByte(before, '\n') + 1
	return diag.Position{Path: p.name, Line: line, Column: 1 + utf8.RuneCount(before[start:])}
}

func (p *pageAudit) add(code diag.Code, severity diag.Severity, offset int, remedy, format string, args ...any) {
	p.problems = append(p.problems, diag.Problem{
		Code: code, Severity: severity, Position: p.at(offset), Message: fmt.Sprintf(format, args...), Remedy: remedy,
	})
}

// text looks for what no page may show, whatever element it is in.
func (p *pageAudit) text() {
	for _, twice := range []string{"&amp;amp;", "&amp;quot;", "&amp;lt;", "&amp;gt;", "&amp;#"} {
		if i := bytes.Index(p.raw, []byte(twice)); i >= 0 {
			p.add(diag.HTMLEscaped, diag.Error, i, "escape it once", "the page holds %s", twice)
		}
	}
	for _, junk := range []string{"\uFFFD", "<no value>", "&lt;no value&gt;", "%!", "ZgotmplZ"} {
		i := bytes.Index(p.raw, []byte(junk))
		if i < 0 || junk == "%!" && !formatFailure(p.raw[i:]) {
			continue
		}
		p.add(diag.HTMLGarbage, diag.Error, i, "look at the source's encoding or at the template", "the page holds %q", junk)
	}
}

// formatFailure tells "%!d(string=…)" from a percent sign before "!".
func formatFailure(s []byte) bool {
	return len(s) > 3 && (s[2] >= 'a' && s[2] <= 'z' || s[2] >= 'A' && s[2] <= 'Z') && s[3] == '('
}

func (p *pageAudit) elements() {
	z := html.NewTokenizer(bytes.NewReader(p.raw))
	titles, headings, inTitle := 0, 0, false
	sawHTML := false
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break // the end: the tokenizer has no other error on bytes in memory
		}
		length := len(z.Raw())
		switch kind {
		case html.TextToken:
			if inTitle && len(bytes.TrimSpace(z.Text())) > 0 {
				titles++
			}
		case html.EndTagToken:
			inTitle = false
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			switch token.Data {
			case "html":
				sawHTML = true
				if attr(token, "lang") == "" || attr(token, "dir") == "" {
					p.add(diag.HTMLDirection, diag.Error, p.offset, "write <html lang=ar dir=rtl>", "<html> has lang=%q and dir=%q", attr(token, "lang"), attr(token, "dir"))
				}
			case "title":
				inTitle = kind == html.StartTagToken
			case "h1":
				headings++
			}
			p.element(token)
		}
		p.offset += length
	}
	if !sawHTML {
		p.add(diag.HTMLDirection, diag.Error, 0, "write <html lang=ar dir=rtl>", "the page has no <html> element")
	}
	if titles == 0 || headings != 1 && !p.redirect {
		p.add(diag.HTMLTitle, diag.Error, 0, "give it one of each", "the page has %d titles and %d h1 elements", titles, headings)
	}
}

func (p *pageAudit) element(token html.Token) {
	if id := attr(token, "id"); id != "" {
		if p.ids[id] {
			p.add(diag.HTMLDuplicate, diag.Error, p.offset, "give each element an id of its own", "the id %q is given twice", id)
		}
		p.ids[id] = true
	}
	switch token.Data {
	case "img":
		if !has(token, "alt") {
			p.add(diag.HTMLAlt, diag.Error, p.offset, "write what the picture shows", "an image has no alternative text")
		}
	case "script":
		if t := attr(token, "type"); t != "application/ld+json" && t != "speculationrules" {
			p.scripts++
		}
	case "meta":
		if strings.EqualFold(attr(token, "http-equiv"), "refresh") {
			p.redirect = true
		}
	}
	for _, a := range token.Attr {
		switch a.Key {
		case "href", "src", "action", "poster":
			p.link(token, a.Key, a.Val)
		case "srcset":
			for _, part := range strings.Split(a.Val, ",") {
				if fields := strings.Fields(part); len(fields) > 0 {
					p.link(token, "src", fields[0])
				}
			}
		}
	}
}

// loads tells attributes that the browser fetches by itself from links that a
// reader may follow.
func loads(token html.Token, key string) bool {
	if key == "src" || key == "poster" {
		return true
	}
	if token.Data != "link" {
		return false
	}
	for _, rel := range strings.Fields(attr(token, "rel")) {
		switch strings.ToLower(rel) {
		case "stylesheet", "preload", "prefetch", "icon", "modulepreload", "preconnect", "dns-prefetch", "manifest", "apple-touch-icon":
			return true
		}
	}
	return false
}

func (p *pageAudit) link(token html.Token, key, value string) {
	p.links++
	if value = strings.TrimSpace(value); value == "" && key == "href" && token.Data == "a" {
		p.add(diag.DeadLink, diag.Error, p.offset, "mend or remove the link", "a link has no address")
		return
	}
	u, err := url.Parse(value)
	if err != nil {
		p.add(diag.DeadLink, diag.Error, p.offset, "mend the address", "%q is no address: %v", value, err)
		return
	}
	if u.Scheme != "" || u.Host != "" {
		switch u.Scheme {
		case "http", "https", "":
			if loads(token, key) {
				p.add(diag.ThirdParty, diag.Error, p.offset, "serve it from the site itself", "the page loads %s", value)
			} else if p.wantExternal && token.Data == "a" {
				if p.external == nil {
					p.external = map[string]diag.Position{}
				}
				if _, ok := p.external[value]; !ok {
					p.external[value] = p.at(p.offset)
				}
			}
		case "mailto", "tel":
		case "data":
			if token.Data != "img" && token.Data != "link" {
				p.add(diag.LinkScheme, diag.Error, p.offset, "use http, https, mailto or tel", "a link to %.40q", value)
			}
		default:
			p.add(diag.LinkScheme, diag.Error, p.offset, "use http, https, mailto or tel", "a link to %.40q", value)
		}
		return
	}
	resolved := (&url.URL{Path: p.base + p.name}).ResolveReference(u)
	inside, ok := strings.CutPrefix(resolved.Path, p.base)
	if !ok {
		p.add(diag.LinkLeaves, diag.Error, p.offset, "begin it with "+p.base, "%s=%q is outside of %s", key, value, p.base)
		return
	}
	if inside == "" || strings.HasSuffix(inside, "/") {
		inside = path.Join(inside, "index.html")
	}
	size, ok := p.files[inside]
	if !ok {
		p.add(diag.DeadLink, diag.Error, p.offset, "mend the link, or build what it leads to", "%s=%q: %s is not in the site", key, value, inside)
		return
	}
	if u.Fragment != "" && strings.HasSuffix(inside, ".html") {
		p.fragments = append(p.fragments, fragment{p.at(p.offset), inside, u.Fragment})
	}
	if token.Data == "link" && attr(token, "as") == "font" {
		p.fonts += size
	}
}

// weight holds the page against its budget.
func (p *pageAudit) weight() {
	if p.redirect {
		return
	}
	budget := listBudget
	isSearch := strings.HasPrefix(p.name, "search/")
	if strings.HasPrefix(p.name, "articles/") && strings.Count(p.name, "/") > 1 {
		budget = articleBudget + max(0, p.words()-articleWords)*bytesPerWord
	}
	// A page under its budget uncompressed needs no compressing to know.
	if len(p.raw) > budget {
		if n := gzipped(p.raw); n > budget {
			p.add(diag.BudgetPage, diag.Error, 0, "shorten it, or cut it into parts", "the page weighs %d bytes compressed, its budget is %d", n, budget)
		}
	}
	if p.fonts > fontBudget {
		p.add(diag.BudgetFonts, diag.Error, 0, "subset the fonts", "the page preloads %d bytes of fonts, the budget is %d", p.fonts, fontBudget)
	}
	if p.scripts > 0 && !isSearch {
		p.add(diag.BudgetScript, diag.Error, 0, "remove it: the page must read without", "the page carries %d scripts", p.scripts)
	}
}

// words counts the visible words of the page.
func (p *pageAudit) words() int {
	z := html.NewTokenizer(bytes.NewReader(p.raw))
	n, hidden := 0, false
	for {
		switch z.Next() {
		case html.ErrorToken:
			return n
		case html.StartTagToken:
			name, _ := z.TagName()
			hidden = string(name) == "style" || string(name) == "script"
		case html.EndTagToken:
			hidden = false
		case html.TextToken:
			if !hidden {
				n += len(bytes.Fields(z.Text()))
			}
		}
	}
}

var compressors = sync.Pool{New: func() any { return gzip.NewWriter(io.Discard) }}

type counter int

func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return len(b), nil
}

func gzipped(raw []byte) int {
	var n counter
	z := compressors.Get().(*gzip.Writer)
	defer compressors.Put(z)
	z.Reset(&n)
	// A counter does not fail.
	_, _ = z.Write(raw)
	_ = z.Close()
	return int(n)
}

func attr(token html.Token, key string) string {
	for _, a := range token.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func has(token html.Token, key string) bool {
	return slices.ContainsFunc(token.Attr, func(a html.Attribute) bool { return a.Key == key })
}

// BasePath reads from a built site's home page the path it is published under:
// its canonical address tells. "" when it does not.
func BasePath(dir string) string {
	raw, err := os.ReadFile(filepath.Join(dir, "index.html"))
	if err != nil {
		return ""
	}
	z := html.NewTokenizer(bytes.NewReader(raw))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			if token.Data == "link" && attr(token, "rel") == "canonical" {
				if u, err := url.Parse(attr(token, "href")); err == nil && strings.HasSuffix(u.Path, "/") {
					return u.Path
				}
				return ""
			}
		}
	}
}
