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

// Sources knows where the pages of a planned site were written.
type Sources struct {
	content     fs.FS
	pages       map[string]diag.Position // page path → source
	titles      map[string][]int         // source → lines on which articles begin, sorted
	hubs        map[string]bool          // pages of which only a part is written in the source, if that
	unpublished map[string]diag.Position

	path string // of the source read last
	raw  []byte
}

// NewSources takes the archive that the site was planned from and its content
// folder. unpublished maps the paths of pages that are not published by their own
// rules to their sources. All paths of sources are relative to the content folder.
func NewSources(a *archive.Archive, content fs.FS, unpublished map[string]diag.Position) *Sources {
	s := &Sources{
		content: content, unpublished: unpublished,
		pages: make(map[string]diag.Position, len(a.Articles)), titles: map[string][]int{}, hubs: map[string]bool{},
	}
	for i := range a.Articles {
		s.pages[archive.ArticlePath(a.Articles[i].ID)+"index.html"] = originOf(&a.Articles[i])
		for _, o := range a.Articles[i].Origins {
			s.titles[o.Path] = append(s.titles[o.Path], int(o.Line))
		}
	}
	for _, lines := range s.titles {
		slices.Sort(lines)
	}
	for i := range a.Pages {
		s.pages[a.Pages[i].Slug+"/index.html"] = diag.Position{Path: a.Pages[i].Path}
	}
	for i := range a.Themes {
		page := archive.ThemePath(a.Themes[i].Slug) + "index.html"
		s.pages[page], s.hubs[page] = diag.Position{Path: "themes/" + a.Themes[i].Slug + "/_index.md"}, true
	}
	return s
}

// Problems gives the problems of the planned pages at the places where they are
// mended: what stands in a page's source at its line there, once for every time
// it is written; what concerns an article's whole page at the article; the rest,
// which templates wrote, in the page. Paths of the first two are relative to the
// content folder, the others to the site.
func (s *Sources) Problems(r TreeResult) (ofContent, ofPages []diag.Problem) {
	for _, f := range r.findings {
		source, known := s.pages[f.Path]
		places := s.places(source, f.written)
		switch {
		case len(places) > 0:
			for _, at := range places {
				ofContent = append(ofContent, s.inSource(f, at))
			}
		case !known || s.hubs[f.Path]:
			ofPages = append(ofPages, f.Problem)
		case f.whole:
			p := f.Problem
			p.Position, p.Message = source, fmt.Sprintf("its page %s: %s", f.Path, f.Message)
			ofContent = append(ofContent, p)
		default:
			p := f.Problem
			p.Message += " (the page of content/" + source.Path + ")"
			ofPages = append(ofPages, p)
		}
	}
	slices.SortFunc(ofContent, diag.Compare)
	return slices.Compact(ofContent), ofPages
}

// Link gives the place of a link to another site in the source of its page,
// relative to the content folder.
func (s *Sources) Link(l ExternalLink) (at diag.Position, ok bool) {
	if places := s.places(s.pages[l.From.Path], asWritten(l.URL)); len(places) > 0 {
		return places[0], true
	}
	return diag.Position{}, false
}

// inSource says a finding of the text that caused it.
func (s *Sources) inSource(f finding, at diag.Position) diag.Problem {
	p := f.Problem
	p.Position = at
	if f.target == "" {
		return p
	}
	p.Message = fmt.Sprintf("the link %q leads to no page of the site", f.link)
	p.Remedy = "mend the link, or add what it leads to"
	if source, ok := s.unpublished[strings.TrimSuffix(f.target, "index.html")]; ok {
		p.Code = diag.LinkToDraft
		p.Message = fmt.Sprintf("the link %q leads to an article that is not published: %s", f.link, source.Path)
		p.Remedy = "publish that article (draft, publishDate, expiryDate), or remove the link"
	}
	return p
}

// asWritten gives the forms that an address of a page may have in its source.
func asWritten(address string) []string {
	written := []string{address}
	if u, err := url.PathUnescape(address); err == nil && u != address {
		written = append(written, u)
	}
	// A template may have put the site's base path before what was written.
	for _, w := range slices.Clone(written) {
		if parts := strings.Split(strings.Trim(w, "/"), "/"); len(parts) >= 2 {
			written = append(written, strings.Join(parts[len(parts)-2:], "/"))
		}
	}
	return written
}

// places finds all of the first of the written forms that occurs in the part of
// a source which is that article's, or else the first place in all of the source.
func (s *Sources) places(source diag.Position, written []string) []diag.Position {
	if source.Path == "" || len(written) == 0 {
		return nil
	}
	raw := s.read(source.Path)
	from, to := lineStart(raw, source.Line), len(raw)
	if lines := s.titles[source.Path]; source.Line > 0 {
		if i, _ := slices.BinarySearch(lines, source.Line+1); i < len(lines) {
			to = lineStart(raw, lines[i])
		}
	}
	for _, w := range written {
		if len(w) < 2 {
			continue
		}
		var found []diag.Position
		for at := from; ; {
			i := bytes.Index(raw[at:to], []byte(w))
			if i < 0 {
				break
			}
			found = append(found, placeIn(raw, source.Path, at+i))
			at += i + len(w)
		}
		if i := bytes.Index(raw, []byte(w)); i >= 0 && len(found) == 0 {
			found = append(found, placeIn(raw, source.Path, i))
		}
		if len(found) > 0 {
			return found
		}
	}
	if slices.Contains(written, "\uFFFD") {
		if i := firstInvalid(raw); i >= 0 {
			return []diag.Position{placeIn(raw, source.Path, i)}
		}
	}
	return nil
}

// place is the first of places, or else the source itself.
func (s *Sources) place(source diag.Position, written ...string) diag.Position {
	if found := s.places(source, written); len(found) > 0 {
		return found[0]
	}
	return source
}

// read reads a source, the last one once. What cannot be read holds nothing:
// its problems are told without their lines.
func (s *Sources) read(path string) []byte {
	if s.path != path {
		s.path, s.raw = path, nil
		if raw, err := fs.ReadFile(s.content, path); err == nil {
			s.raw = raw
		}
	}
	return s.raw
}

func placeIn(raw []byte, path string, offset int) diag.Position {
	start := bytes.LastIndexByte(raw[:offset], '\n') + 1
	return diag.Position{Path: path, Line: 1 + bytes.Count(raw[:offset], []byte{'\n'}), Column: 1 + utf8.RuneCount(raw[start:offset])}
}

// lineStart is the offset of a line, counted from 1.
func lineStart(raw []byte, line int) int {
	at := 0
	for ; line > 1; line-- {
		i := bytes.IndexByte(raw[at:], '\n')
		if i < 0 {
			return len(raw)
		}
		at += i + 1
	}
	return at
}

// firstInvalid is the offset of the first byte that is not UTF-8, -1 for none:
// it is shown as U+FFFD.
func firstInvalid(raw []byte) int {
	for i := 0; i < len(raw); {
		r, size := utf8.DecodeRune(raw[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}
