package render

import (
	"fmt"
	"html/template"
	"io"
	"net/url"
	"strings"

	"warraq/internal/archive"
	"warraq/internal/output"
)

// wordsPerMinute is how fast Arabic news prose is read: about 180 words a
// minute (Trauzettel-Klosinski and Dietz 2012 measured 138 aloud).
const wordsPerMinute = 180

// evidenceShown is how many terms tell a reader why an article is in a theme.
const evidenceShown = 4

// excerptLetters is how much of a text "excerpt" rights allow.
const excerptLetters = 400

// articles plans the page of every article, and of its versions.
func (p *plan) articles() {
	keys := make([]output.Key, len(p.a.Articles))
	each(len(keys), func(i int) { keys[i] = p.articleKey(archive.ArticleIndex(i)) })
	versions := p.frames[kindVersions].key
	for i := range p.a.Articles {
		x := &p.a.Articles[i]
		index := archive.ArticleIndex(i)
		origin := ""
		if len(x.Origins) > 0 {
			origin = x.Origins[0].Path
		}
		path := archive.ArticlePath(x.ID)
		p.add(path, output.Article, keys[i], origin, func(w io.Writer) error {
			v, err := p.articlePage(index)
			if err != nil {
				return err
			}
			return p.execute(w, kindArticle, v)
		})
		if readableVersions(x) {
			p.add(path+"versions/", output.Article, newKeyer(versions).hash(keys[i]).sum(), origin, func(w io.Writer) error {
				v, err := p.versionsPage(index)
				if err != nil {
					return err
				}
				return p.execute(w, kindVersions, v)
			})
		}
	}
	p.articleIndexPages()
}

// readableVersions reports whether a version's text differs from the article's
// and may be shown.
func readableVersions(x *archive.Article) bool {
	if x.Rights != archive.FullText {
		return false
	}
	for i := range x.Versions {
		if x.Versions[i].Containment < 1 {
			return true
		}
	}
	return false
}

// articleKey hashes what an article's page shows of the rest of the archive;
// the article's own key holds the rest.
func (p *plan) articleKey(i archive.ArticleIndex) output.Key {
	x := &p.a.Articles[i]
	k := newKeyer(p.frames[kindArticle].key).hash(x.Key).hash(p.seen[i]).str(x.Date.Evidence)
	k.num(int(x.Date.Confidence*100), int(x.Rights), int(x.Canonical), int(x.Words)).date(x.Modified).flag(x.Draft).flag(x.Future)
	k.str(x.Author, x.SourceURL, x.Language)
	if x.Source >= 0 {
		k.str(p.a.Sources[x.Source].URL)
	}
	k.num(len(x.Tags), len(x.Mentions))
	for _, t := range x.Tags {
		k.str(p.a.Tags[t].Slug, p.a.Tags[t].Name).num(int(p.a.Tags[t].Kind))
	}
	for _, m := range x.Mentions {
		k.num(int(m.Count), int(p.a.Tags[m.Tag].Kind)).str(p.a.Tags[m.Tag].Wikidata)
	}
	for n := range x.Themes {
		m := &x.Themes[n]
		t := &p.a.Themes[m.Theme]
		k.str(t.Title, strings.Join(m.Evidence, "\x00"))
		older, newer := neighbours(t.Articles, m.Position)
		for _, o := range [...]archive.ArticleIndex{older, newer} {
			if k.flag(o >= 0); o >= 0 {
				k.hash(p.seen[o])
			}
		}
	}
	k.num(len(x.Facts))
	for _, f := range x.Facts {
		k.str(f.Text, f.URL).date(f.Date)
		if k.flag(f.Article >= 0); f.Article >= 0 {
			k.hash(p.seen[f.Article])
		}
	}
	k.num(len(x.Events))
	for _, e := range x.Events {
		k.hash(p.eventKey(e)).str(p.times.home(p.a.Events[e].Date))
	}
	k.num(len(x.Relations))
	for _, rel := range x.Relations {
		k.num(int(rel.Kind), int(rel.Containment*100)).hash(p.seen[rel.Article])
	}
	k.num(len(x.Origins), len(x.Versions))
	for _, o := range x.Origins {
		k.str(o.Path, o.Stated).num(int(o.Role))
	}
	for n := range x.Versions {
		ver := &x.Versions[n]
		k.str(ver.ID, ver.Title).date(ver.Date.Value).num(int(ver.Date.Kind), int(ver.Containment*100)).hash(ver.Body.Hash)
		if ver.Source >= 0 {
			k.str(p.a.Sources[ver.Source].Name, p.a.Sources[ver.Source].Slug)
		}
	}
	return k.sum()
}

// neighbours gives the older and the newer article beside a place in a theme.
func neighbours(list []archive.ArticleIndex, at int32) (older, newer archive.ArticleIndex) {
	older, newer = -1, -1
	if n := int(at) + 1; n < len(list) {
		older = list[n]
	}
	if n := int(at) - 1; n >= 0 && n < len(list) {
		newer = list[n]
	}
	return older, newer
}

// articlePage makes the view of one article.
func (p *plan) articlePage(i archive.ArticleIndex) (*ArticlePage, error) {
	x := &p.a.Articles[i]
	t, s := p.r.texts, p.r.style
	path := p.articlePath(i)
	v := &ArticlePage{
		Frame:     p.page(kindArticle, path, x.Title, isolatePlain(x.Description)),
		Date:      s.longDate(x.Date.Value, x.Date.Kind),
		Author:    isolate(x.Author),
		Permalink: p.absolute(path),
		SourceURL: webURL(x.SourceURL),
	}
	if x.Language != "" && x.Language != p.r.site.Locale {
		v.Language = x.Language
	}
	if x.Source >= 0 {
		l := p.sourceLink(x.Source)
		v.Source = &l
	}
	if !x.Modified.IsZero() {
		d := s.date(x.Modified, archive.DateStated)
		v.Modified = &d
	}
	switch x.Date.Kind {
	case archive.DateInferred:
		v.DateNote = isolate(t.with("article.date.inferred", "evidence", x.Date.Evidence, "percent", s.percent(x.Date.Confidence)))
	case archive.DateUnknown:
		v.DateNote = isolate(t.get("article.date.unknown"))
	}
	switch {
	case x.Draft:
		v.Notice = t.get("article.draft")
	case x.Future:
		v.Notice = t.get("article.future")
	}
	if err := p.articleBody(x, v); err != nil {
		return nil, err
	}
	for _, c := range x.Corrections {
		v.Corrections = append(v.Corrections, Note{Date: s.date(c.Date, archive.DateStated), Text: isolate(c.Text)})
	}
	for _, o := range x.Origins {
		v.Origins = append(v.Origins, Origin{Path: o.Path, Role: t.get("role." + o.Role.String()), Stated: isolate(o.Stated)})
	}
	for n := range x.Versions {
		v.Versions = append(v.Versions, p.version(&x.Versions[n]))
	}
	if readableVersions(x) {
		v.VersionPath = path + "versions/"
	}
	p.articleRelations(x, v)
	p.articleTags(x, v)
	for n := range x.Themes {
		m := &x.Themes[n]
		c := Chain{Link: p.themeLink(m.Theme), Title: isolatePlain(p.a.Themes[m.Theme].Title), Evidence: evidence(m.Evidence)}
		older, newer := neighbours(p.a.Themes[m.Theme].Articles, m.Position)
		if older >= 0 {
			o := p.card(older, false)
			c.Prev = &o
		}
		if newer >= 0 {
			o := p.card(newer, false)
			c.Next = &o
		}
		v.Themes = append(v.Themes, c)
	}
	v.Facts = p.facts(x.Facts)
	for n := range v.Facts {
		if x.Facts[n].Article == i {
			v.Facts[n].Cite = nil // the page itself
		}
	}
	for _, e := range x.Events {
		v.Events = append(v.Events, p.event(e, noTellings))
	}
	v.Citation = p.citation(x, v)
	p.articleHead(x, v)
	return v, nil
}

// articleBody reads the text and shows as much of it as the rights allow.
func (p *plan) articleBody(x *archive.Article, v *ArticlePage) error {
	t := p.r.texts
	body, err := p.bodies.Body(x.Body)
	if err != nil {
		return fmt.Errorf("article %s: %w", x.ID, err)
	}
	if x.Body.Format == archive.MarkdownText && x.Description != "" && !beginsWith(plainText(body), x.Description) {
		v.Standfirst = isolate(x.Description) // the editor's, not the source's
	}
	switch x.Rights {
	case archive.LinkOnly:
		v.Notice = t.get("article.linkonly")
		return nil
	case archive.Excerpt:
		v.Notice = t.get("article.excerpt")
		v.Body = paragraphs([]string{shorten(strings.Join(plainText(body), " "), excerptLetters)})
		return nil
	}
	v.Body = p.bodyHTML(body, x.Images)
	v.images = hasImages(v.Body)
	v.Words = p.r.style.count("words", int(x.Words))
	v.ReadingTime = p.r.style.count("minutes", max(1, (int(x.Words)+wordsPerMinute/2)/wordsPerMinute))
	return nil
}

// beginsWith reports whether a description is only the start of the text.
func beginsWith(text []string, description string) bool {
	if len(text) == 0 {
		return false
	}
	start := strings.TrimRight(description, ".…")
	if len(start) > 60 {
		start = start[:60]
	}
	return strings.HasPrefix(text[0], start)
}

// paragraphs turns plain paragraphs into HTML.
func paragraphs(texts []string) template.HTML {
	n := 0
	for _, s := range texts {
		n += len(s) + 16
	}
	var b strings.Builder
	b.Grow(n)
	for _, s := range texts {
		b.WriteString("<p>")
		b.WriteString(string(isolate(s)))
		b.WriteString("</p>\n")
	}
	return html(b.String())
}

func (p *plan) articleRelations(x *archive.Article, v *ArticlePage) {
	for _, rel := range x.Relations {
		switch rel.Kind {
		case archive.SharedWire:
			v.SameWire = append(v.SameWire, p.card(rel.Article, false))
		case archive.VersionOf:
			v.Alternate = append(v.Alternate, p.card(rel.Article, false))
		default:
			v.Related = append(v.Related, p.card(rel.Article, false))
		}
	}
}

// articleTags puts the tags and mentions of an article under their kinds, each once.
func (p *plan) articleTags(x *archive.Article, v *ArticlePage) {
	shown := make(map[archive.TagIndex]bool, len(x.Tags)+len(x.Mentions))
	put := func(i archive.TagIndex) {
		if shown[i] {
			return
		}
		shown[i] = true
		l := p.tagLink(i)
		switch p.a.Tags[i].Kind {
		case archive.Person:
			v.People = append(v.People, l)
		case archive.Place:
			v.Places = append(v.Places, l)
		case archive.Organisation:
			v.Bodies = append(v.Bodies, l)
		default:
			v.Tags = append(v.Tags, l)
		}
	}
	for _, t := range x.Tags {
		put(t)
	}
	for _, m := range x.Mentions {
		put(m.Tag)
	}
}

// evidence names a few of the terms for which an article is in a theme.
func evidence(terms []string) template.HTML {
	var shown []string
	for _, term := range terms[:min(len(terms), evidenceShown)] {
		shown = append(shown, "«"+shorten(term, 40)+"»")
	}
	return isolate(strings.Join(shown, "، "))
}

func (p *plan) version(x *archive.Version) Version {
	v := Version{
		Anchor: "v-" + anchorOf(x.ID),
		Title:  isolate(x.Title),
		Date:   p.r.style.date(x.Date.Value, x.Date.Kind),
		Share:  p.r.style.percent(x.Containment),
		Exact:  x.Containment >= 1,
	}
	if x.Source >= 0 {
		l := p.sourceLink(x.Source)
		v.Source = &l
	}
	return v
}

// anchorOf makes an id attribute of an article id: no blanks.
func anchorOf(id string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '\t' || r == '\n' || r == '/' {
			return '-'
		}
		return r
	}, id)
}

// versionsPage makes the view of an article's differing versions with their texts.
func (p *plan) versionsPage(i archive.ArticleIndex) (*VersionsPage, error) {
	x := &p.a.Articles[i]
	path := p.articlePath(i)
	title := p.r.texts.with("versions.title", "title", x.Title)
	v := &VersionsPage{Frame: p.page(kindVersions, path+"versions/", title, title), Article: p.card(i, false)}
	v.Robots = "noindex"
	v.Canonical = p.absolute(path)
	v.Crumbs = append(v.Crumbs, p.articleLink(i))
	for n := range x.Versions {
		ver := &x.Versions[n]
		if ver.Containment >= 1 {
			continue
		}
		body, err := p.bodies.Body(ver.Body)
		if err != nil {
			return nil, fmt.Errorf("version %s: %w", ver.ID, err)
		}
		view := p.version(ver)
		view.Body = p.bodyHTML(body, nil)
		v.images = v.images || hasImages(view.Body)
		v.Versions = append(v.Versions, view)
	}
	return v, nil
}

// articleHead fills what only machines read.
func (p *plan) articleHead(x *archive.Article, v *ArticlePage) {
	switch {
	case x.Canonical == archive.CanonicalOriginal && v.SourceURL != "":
		v.Canonical = v.SourceURL
	case x.Canonical == archive.NoIndex:
		v.Robots = "noindex"
	}
	if x.Draft || x.Future {
		v.Robots = "noindex"
	}
	og := &OpenGraph{Type: "article", Image: p.shareImage()}
	if len(x.Images) > 0 && x.Rights == archive.FullText {
		og.Image = p.absolute(archive.EscapePath(archive.ArticlePath(x.ID) + x.Images[0].Name))
	}
	if x.Date.Kind == archive.DateStated {
		og.Published = v.Date.ISO
	}
	if v.Modified != nil {
		og.Modified = v.Modified.ISO
	}
	if len(x.Themes) > 0 {
		og.Section = p.a.Themes[x.Themes[0].Theme].Title
		v.Crumbs = append(v.Crumbs, v.Themes[0].Link)
	} else {
		v.Crumbs = append(v.Crumbs, Link{Path: "articles/", Name: isolate(p.r.texts.get("nav.articles"))})
	}
	v.OpenGraph = og
	v.JSONLD = p.articleGraph(x, v)
}

// citation is one line to copy: «العنوان»، المصدر، التاريخ. الرابط
func (p *plan) citation(x *archive.Article, v *ArticlePage) template.HTML {
	var b strings.Builder
	if v.Author != "" {
		b.WriteString(string(v.Author) + "، ")
	}
	b.WriteString("«" + string(isolate(x.Title)) + "»")
	if v.Source != nil {
		b.WriteString("، " + string(v.Source.Name))
	}
	b.WriteString("، " + template.HTMLEscapeString(p.r.style.label(x.Date.Value)))
	if v.Date.Inferred {
		b.WriteString(" (" + template.HTMLEscapeString(p.r.texts.get("date.inferred")) + ")")
	}
	b.WriteString(". " + string(isolate(p.r.texts.with("cite.in", "site", p.r.site.Title))))
	if v.Permalink != "" {
		b.WriteString(` <span dir="ltr" class="url">` + template.HTMLEscapeString(v.Permalink) + `</span>`)
	}
	return html(b.String())
}

// webURL lets only web addresses through: the field comes from scraped text.
func webURL(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return s
}
