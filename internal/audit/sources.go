package audit

import (
	"bytes"
	"fmt"
	"io/fs"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"warraq/internal/archive"
	"warraq/internal/diag"
)

// InSources gives the problems of a planned site at the place where an editor
// mends them: what is wrong with an article's page is said of its source, a
// dead link at the line that holds it. unpublished maps the paths of pages that
// are not published by their own rules to their sources. Paths are relative to
// the content folder, those of other pages to the site.
func (r TreeResult) InSources(a *archive.Archive, content fs.FS, unpublished map[string]diag.Position) (ofContent, ofPages []diag.Problem) {
	sources := make(map[string]diag.Position, len(a.Articles))
	for i := range a.Articles {
		sources[archive.ArticlePath(a.Articles[i].ID)+"index.html"] = originOf(&a.Articles[i])
	}
	for i := range a.Pages {
		sources[a.Pages[i].Slug+"/index.html"] = diag.Position{Path: a.Pages[i].Path}
	}
	dead := make(map[diag.Problem]DeadLink, len(r.Dead))
	for _, d := range r.Dead {
		dead[d.Problem()] = d
	}
	lines := finder{content: content}
	for _, p := range r.Problems {
		source, ok := sources[p.Path]
		if !ok || source.Path == "" {
			ofPages = append(ofPages, p)
			continue
		}
		if d, ok := dead[p]; ok {
			p = inText(d, lines.find(source, d.Value), unpublished)
		} else {
			p.Message = fmt.Sprintf("its page %s: %s", p.Path, p.Message)
			p.Position = source
		}
		ofContent = append(ofContent, p)
	}
	slices.SortFunc(ofContent, diag.Compare)
	return slices.Compact(ofContent), ofPages
}

// inText says a dead link of an article's text.
func inText(d DeadLink, at diag.Position, unpublished map[string]diag.Position) diag.Problem {
	p := diag.Problem{
		Code: diag.DeadLink, Severity: diag.Error, Position: at,
		Message: fmt.Sprintf("the link %q leads to no page of the site", d.Value),
		Remedy:  "mend the link, or add what it leads to",
	}
	if source, ok := unpublished[strings.TrimSuffix(d.Target, "index.html")]; ok {
		p.Code = diag.LinkToDraft
		p.Message = fmt.Sprintf("the link %q leads to an article that is not published: %s", d.Value, source.Path)
		p.Remedy = "publish that article (draft, publishDate, expiryDate), or remove the link"
	}
	return p
}

// finder finds the line of a link in a source, reading each source once.
type finder struct {
	content fs.FS
	path    string
	raw     []byte
}

func (f *finder) find(source diag.Position, href string) diag.Position {
	if f.path != source.Path {
		// What cannot be read is told without its line.
		f.path, f.raw = source.Path, nil
		if raw, err := fs.ReadFile(f.content, source.Path); err == nil {
			f.raw = raw
		}
	}
	written := []string{href}
	if u, err := url.PathUnescape(href); err == nil {
		written = append(written, u)
	}
	// A template may have put the site's base path before what was written.
	for _, w := range slices.Clone(written) {
		if parts := strings.Split(strings.Trim(w, "/"), "/"); len(parts) >= 2 {
			written = append(written, strings.Join(parts[len(parts)-2:], "/"))
		}
	}
	for _, w := range written {
		if i := bytes.Index(f.raw, []byte(w)); i >= 0 && len(w) > 1 {
			start := bytes.LastIndexByte(f.raw[:i], '\n') + 1
			return diag.Position{Path: source.Path, Line: 1 + bytes.Count(f.raw[:i], []byte{'\n'}), Column: 1 + utf8.RuneCount(f.raw[start:i])}
		}
	}
	return source
}
