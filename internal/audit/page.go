package audit

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/net/html"

	"warraq/internal/diag"
)

// pageAudit is one page under examination.
type pageAudit struct {
	*site
	name      string
	raw       []byte
	offset    int // of the current token
	findings  []finding
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

// add records a problem and returns it, for what else is known of it.
func (p *pageAudit) add(code diag.Code, severity diag.Severity, offset int, remedy, format string, args ...any) *finding {
	p.findings = append(p.findings, finding{Problem: diag.Problem{
		Code: code, Severity: severity, Position: p.at(offset), Message: fmt.Sprintf(format, args...), Remedy: remedy,
	}})
	return &p.findings[len(p.findings)-1]
}

// addWhole records what no place in the page is to blame for.
func (p *pageAudit) addWhole(code diag.Code, remedy, format string, args ...any) {
	p.add(code, diag.Error, 0, remedy, format, args...).whole = true
}

// text looks for what no page may show, whatever element it is in. Only what a
// source's text cannot produce is an error: a build publishes whatever was
// scraped, «&quot;» and «<no value>» of an outlet's own broken page included, so
// check asks an editor to look and does not forbid what build allows.
func (p *pageAudit) text() {
	for _, flaw := range flaws {
		if at := flaw.pattern.FindIndex(p.raw); at != nil {
			shown := isolates.Replace(string(p.raw[at[0]:at[1]]))
			p.add(flaw.code, flaw.severity, at[0], flaw.remedy, "the page holds %s", shown).written = []string{shown, html.UnescapeString(shown)}
		}
	}
}

const garbageRemedy = "look at the source's text and encoding, or at the template"

// flaws show that text was damaged or a template failed. In the text of an
// article bidi isolates may stand around the Latin letters of each.
var flaws = []struct {
	pattern  *regexp.Regexp
	code     diag.Code
	severity diag.Severity
	remedy   string
}{
	{regexp.MustCompile("&amp;[\u2066-\u2068]?(?:(?:amp|quot|lt|gt)\u2069?;|#)"), diag.HTMLEscaped, diag.Warning, "escape it once, in the template or in the text"},
	{regexp.MustCompile("\uFFFD"), diag.HTMLGarbage, diag.Warning, garbageRemedy},
	{regexp.MustCompile("&lt;[\u2066-\u2068]?no value\u2069?(?:&gt;|>)"), diag.HTMLGarbage, diag.Warning, garbageRemedy},
	{regexp.MustCompile("%![\u2066-\u2068]?[a-zA-Z]\\("), diag.HTMLGarbage, diag.Warning, garbageRemedy}, // package fmt's
	{regexp.MustCompile("<no value>"), diag.HTMLGarbage, diag.Error, garbageRemedy},                      // text is escaped: a template wrote it
}

var isolates = strings.NewReplacer("\u2066", "", "\u2067", "", "\u2068", "", "\u2069", "")

// refused is what html/template puts in the place of what it refuses; only ever
// into an attribute or a style sheet.
const refused = "ZgotmplZ"

func (p *pageAudit) refused(offset int) {
	p.add(diag.HTMLGarbage, diag.Error, offset, garbageRemedy, "html/template refused a value: the page holds %s", refused)
}

func (p *pageAudit) elements() {
	z := html.NewTokenizer(bytes.NewReader(p.raw))
	titles, headings := 0, 0
	inTitle, inStyle, sawHTML := false, false, false
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
			if inStyle && bytes.Contains(z.Raw(), []byte(refused)) {
				p.refused(p.offset)
			}
		case html.EndTagToken:
			inTitle, inStyle = false, false
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
			case "style":
				inStyle = kind == html.StartTagToken
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
		p.addWhole(diag.HTMLTitle, "give it one of each", "the page has %d titles and %d h1 elements", titles, headings)
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
			p.add(diag.HTMLAlt, diag.Error, p.offset, "write what the picture shows", "an image has no alternative text").written = asWritten(attr(token, "src"))
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
		if a.Val == "#"+refused || strings.EqualFold(a.Key, refused) || a.Key == "style" && strings.Contains(a.Val, refused) {
			p.refused(p.offset)
		}
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
		p.add(diag.DeadLink, diag.Error, p.offset, "mend the address", "%q is no address: %v", value, err).written = asWritten(value)
		return
	}
	if u.Scheme != "" || u.Host != "" {
		switch u.Scheme {
		case "http", "https", "":
			if loads(token, key) {
				p.add(diag.ThirdParty, diag.Error, p.offset, "serve it from the site itself", "the page loads %s", value).written = asWritten(value)
			} else if p.wantExternal && token.Data == "a" {
				if p.external == nil {
					p.external = map[string]diag.Position{}
				}
				if _, ok := p.external[value]; !ok {
					p.external[value] = p.at(p.offset)
				}
			}
		case "mailto", "tel":
		default:
			if u.Scheme != "data" || token.Data != "img" && token.Data != "link" {
				p.add(diag.LinkScheme, diag.Error, p.offset, "use http, https, mailto or tel", "a link to %.40q", value).written = asWritten(value)
			}
		}
		return
	}
	resolved := (&url.URL{Path: p.base + p.name}).ResolveReference(u)
	inside, ok := strings.CutPrefix(resolved.Path, p.base)
	if !ok {
		p.add(diag.LinkLeaves, diag.Error, p.offset, "begin it with "+p.base, "%s=%q is outside of %s", key, value, p.base).written = asWritten(value)
		return
	}
	if inside == "" || strings.HasSuffix(inside, "/") {
		inside = path.Join(inside, "index.html")
	}
	if !p.has(inside) {
		dead := p.add(diag.DeadLink, diag.Error, p.offset, "mend the link, or build what it leads to", "%s=%q: %s is not in the site", key, value, inside)
		dead.link, dead.target, dead.written = value, inside, asWritten(value)
		return
	}
	if u.Fragment != "" && strings.HasSuffix(inside, ".html") {
		p.fragments = append(p.fragments, fragment{p.at(p.offset), value, inside, u.Fragment})
	}
	if token.Data == "link" && attr(token, "as") == "font" {
		p.fonts += p.size(inside)
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
			p.addWhole(diag.BudgetPage, "shorten it, or cut it into parts", "the page weighs %d bytes compressed, its budget is %d", n, budget)
		}
	}
	if p.fonts > fontBudget {
		p.addWhole(diag.BudgetFonts, "subset the fonts", "the page preloads %d bytes of fonts, the budget is %d", p.fonts, fontBudget)
	}
	if p.scripts > 0 && !isSearch {
		p.addWhole(diag.BudgetScript, "remove it: the page must read without", "the page carries %d scripts", p.scripts)
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
