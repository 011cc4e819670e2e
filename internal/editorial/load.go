package editorial

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"warraq/content"
	"warraq/internal/archive"
	"warraq/internal/diag"
)

// The files, relative to the content folder.
const (
	themesDir       = "themes"
	themeFile       = "_index.md"
	entitiesFile    = "entities.yaml"
	boilerplateFile = "boilerplate.yaml"
	decisionsFile   = "decisions.yaml"
)

//go:embed markers.yaml
var embeddedMarkers []byte

// Embedded gives the themes, entities and markers that ship with the program.
// They are checked by a test, so problems in them are not reported here.
func Embedded() *Editorial {
	ed, _ := Load(content.FS)
	ed.Decisions = Decisions{}
	for i := range ed.Themes {
		ed.Themes[i].Path = ""
	}
	return ed
}

// Load reads the editors' files of a content folder. The Editorial is usable
// even when there are problems: it has everything that could be read.
func Load(fsys fs.FS) (*Editorial, []diag.Problem) {
	l := loader{fsys: fsys}
	ed := &Editorial{}

	ed.Entities = l.entities()
	ed.Themes = l.themes()
	ed.Markers = l.markers()
	ed.Decisions = l.decisions(ed.Themes)
	ed.Key = key(ed)

	slices.SortFunc(l.problems, diag.Compare)
	return ed, l.problems
}

type loader struct {
	fsys     fs.FS
	problems []diag.Problem
}

// file reads one optional file; ok is false when there is none or it is unreadable.
func (l *loader) file(path string) (raw []byte, ok bool) {
	raw, err := fs.ReadFile(l.fsys, path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, false
	case err != nil:
		l.unreadable(path, err.Error())
		return nil, false
	case !utf8.Valid(raw):
		l.unreadable(path, "it is not UTF-8 text")
		return nil, false
	}
	return newlines.ReplaceAll(bytes.TrimPrefix(raw, []byte("\ufeff")), []byte("\n")), true
}

// newlines of other systems; YAML counts lines by all of them.
var newlines = regexp.MustCompile(`\r\n?`)

func (l *loader) unreadable(path, why string) {
	l.problems = append(l.problems, diag.Problem{
		Code: diag.EditorialUnreadable, Severity: diag.Error, Position: diag.Position{Path: path},
		Message: "the file cannot be read: " + why, Remedy: "save it as UTF-8 and make it readable",
	})
}

// entities reads entities.yaml, or the embedded one where the site has none.
func (l *loader) entities() []Entity {
	raw, ok := l.file(entitiesFile)
	if !ok {
		if l.fsys == fs.FS(content.FS) {
			return nil
		}
		entities := (&loader{fsys: content.FS}).entities()
		for i := range entities {
			entities[i].At = diag.Position{}
		}
		return entities
	}
	r := newReader(entitiesFile, raw)
	entities := readEntities(r, raw)
	l.problems = append(l.problems, r.problems...)
	return entities
}

// themes reads themes/*/_index.md, or the embedded ones where the site has no
// themes folder. An empty folder means "no themes": the editor's word.
func (l *loader) themes() []Theme {
	dirs, err := fs.ReadDir(l.fsys, themesDir)
	if errors.Is(err, fs.ErrNotExist) && l.fsys != fs.FS(content.FS) {
		themes := (&loader{fsys: content.FS}).themes()
		for i := range themes {
			themes[i].Path, themes[i].Places = "", nil
			// Their texts speak of the example archive's articles, which this
			// site does not have; the rules speak of the subject.
			themes[i].Facts, themes[i].Hub, themes[i].HubLine = nil, nil, 0
		}
		return themes
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		l.unreadable(themesDir, err.Error())
	}
	var themes []Theme
	for _, dir := range dirs {
		if !dir.IsDir() {
			continue // themes/_index.md is the list's own page
		}
		path := themesDir + "/" + dir.Name() + "/" + themeFile
		raw, ok := l.file(path)
		if !ok {
			continue
		}
		r := newReader(path, raw)
		themes = append(themes, readTheme(r, dir.Name(), raw))
		l.problems = append(l.problems, r.problems...)
	}
	slices.SortFunc(themes, func(a, b Theme) int {
		if a.Weight != b.Weight {
			return a.Weight - b.Weight
		}
		return strings.Compare(a.Slug, b.Slug)
	})
	return themes
}

// markers reads the embedded markers and adds the site's.
func (l *loader) markers() []Marker {
	r := newReader("markers.yaml", embeddedMarkers)
	markers := readMarkers(r, embeddedMarkers, "embedded")
	l.problems = append(l.problems, r.problems...)
	if raw, ok := l.file(boilerplateFile); ok {
		r := newReader(boilerplateFile, raw)
		markers = append(markers, readMarkers(r, raw, "")...)
		l.problems = append(l.problems, r.problems...)
	}
	return markers
}

func (l *loader) decisions(themes []Theme) Decisions {
	raw, ok := l.file(decisionsFile)
	if !ok {
		return Decisions{Path: decisionsFile}
	}
	r := newReader(decisionsFile, raw)
	byID := readDecisions(r, raw, themes)
	l.problems = append(l.problems, r.problems...)
	return Decisions{ByID: byID, Path: decisionsFile, Places: r.places}
}

// key hashes what extraction depends on. Hub texts, titles and lines are left
// out: editing them must not extract a million clippings again.
func key(ed *Editorial) archive.Hash {
	h := sha256.New()
	for _, t := range ed.Themes {
		fmt.Fprintf(h, "theme %q %#v\n", t.Slug, t.Match)
	}
	for _, e := range ed.Entities {
		fmt.Fprintf(h, "entity %q %q %q %q %q %q %d\n", e.ID, e.Name, e.Aliases, e.Weak, e.Needs, e.Unless, e.Kind)
	}
	for _, m := range ed.Markers {
		fmt.Fprintf(h, "marker %d %q %t\n", m.Kind, m.Text, m.Whole)
	}
	return archive.Hash(h.Sum(nil)[:16])
}
