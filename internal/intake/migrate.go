package intake

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"warraq/internal/archive"
	"warraq/internal/config"
	"warraq/internal/diag"
	"warraq/internal/editorial"
	"warraq/internal/extract"
	"warraq/internal/match"
	"warraq/internal/source"
)

// MigrateOptions of Migrate.
type MigrateOptions struct {
	Site  *config.Site // that the pages come to
	From  string       // folder of the Hugo site
	Write bool         // copy the pages and their images; otherwise nothing is changed
}

// Moved says where a page of the Hugo site goes.
type Moved struct {
	Source  string   `json:"source"`            // below the Hugo site's content folder
	Target  string   `json:"target"`            // below this site's folder
	Old     string   `json:"old"`               // the address at which Hugo published it
	New     string   `json:"new"`               // its address here
	Aliases []string `json:"aliases"`           // what its front matter needs for the old addresses to lead here
	Note    string   `json:"note,omitempty"`    // what an editor has to look at
	Written bool     `json:"written,omitempty"` // copied now
}

// Migrate reports where the pages of a Hugo site go: their old addresses by
// Hugo's rules (url, slug, [permalinks], folders), their new ones, and the
// aliases that turn the old into redirects. Pages in a section become articles,
// those beside the sections static pages; lists are made anew by the build. It
// changes nothing; with Write it copies each page with its aliases, and
// overwrites nothing.
func Migrate(ctx context.Context, o MigrateOptions) ([]Moved, []diag.Problem, error) {
	hugo, err := readHugo(o.From)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", o.From, err)
	}
	root := filepath.Join(o.From, filepath.FromSlash(hugo.ContentDir))
	var pages []string
	err = filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err == nil && d.Type().IsRegular() && strings.HasSuffix(name, ".md") {
			pages = append(pages, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		return nil, nil, fmt.Errorf("migrate: %w", err)
	}
	slices.Sort(pages)
	ed, problems := editorial.Load(os.DirFS(filepath.Join(o.Site.Root, "content")))
	matcher, found := match.Compile(ed)
	problems = append(problems, found...)
	m := mover{
		o: o, hugo: hugo, root: root,
		extractor: extract.New(ed, matcher, extract.Options{}), taken: map[string]string{},
	}
	var out []Moved
	for _, name := range pages {
		if err := ctx.Err(); err != nil {
			return out, problems, err
		}
		if strings.HasPrefix(path.Base(name), "_index.") {
			continue // a list: the build makes its own
		}
		moved, found, err := m.page(name)
		problems = append(problems, found...)
		if err != nil {
			return out, problems, err
		}
		if moved.Source != "" {
			out = append(out, moved)
		}
	}
	slices.SortFunc(problems, diag.Compare)
	return out, problems, nil
}

type mover struct {
	o         MigrateOptions
	hugo      hugoSite
	root      string
	extractor *extract.Extractor
	taken     map[string]string // new address → source
}

// renamed shows a content folder with its pages at the places they come to.
type renamed struct {
	fs.FS
	to, from string
}

func (r renamed) Open(name string) (fs.File, error) {
	if name == r.to {
		return r.FS.Open(r.from)
	}
	return r.FS.Open(name)
}

func (m *mover) page(name string) (Moved, []diag.Problem, error) {
	moved := Moved{Source: name, Aliases: []string{}}
	article := strings.Contains(name, "/") && !(path.Base(name) == "index.md" && strings.Count(name, "/") == 1)
	place := "articles/" + name
	if !article {
		place = "pages/" + strings.TrimSuffix(strings.TrimSuffix(name, "/index.md"), ".md") + ".md"
	}
	moved.Target = path.Join("content", place)
	docs, problems := source.Read(renamed{os.DirFS(m.root), place, name}, source.File{Path: place, Kind: source.Markdown}, source.Options{})
	for i := range problems {
		problems[i].Path = name
	}
	if len(docs) != 1 || slices.ContainsFunc(problems, func(p diag.Problem) bool { return p.Severity == diag.Error }) {
		return Moved{}, problems, nil
	}
	doc := docs[0]
	text := func(key string) string { s, _ := doc.Matter.Values[key].(string); return s }
	page := hugoPage{path: name, title: text("title"), slug: text("slug"), url: text("url"), date: dateOf(doc.Matter.Values["date"])}
	moved.Old, moved.Note = m.hugo.address(page)
	if article {
		if drafts := m.extractor.Extract(doc).Drafts; len(drafts) == 1 {
			moved.New = "/" + archive.EscapePath(archive.ArticlePath(cmp.Or(drafts[0].ID, drafts[0].AutoID)))
		}
	} else {
		moved.New = "/" + archive.EscapePath(strings.TrimSuffix(path.Base(place), ".md")) + "/"
	}
	if moved.New == "" {
		moved.Note = "no article was found in it"
		return moved, problems, nil
	}
	if other, ok := m.taken[moved.New]; ok {
		moved.Note = "its address here is that of " + other + ": give one of them a slug of its own"
	}
	m.taken[moved.New] = name
	moved.Aliases = append(moved.Aliases, m.aliases(doc, &moved)...)
	if strings.HasSuffix(moved.Old, ".html") && moved.Note == "" {
		moved.Note = "the old address is a file: the redirect stands at " + moved.Old
	}
	if draft, _ := doc.Matter.Values["draft"].(bool); draft && moved.Note == "" {
		moved.Note = "a draft"
	}
	if m.o.Write {
		if err := m.write(name, place, &moved); err != nil {
			return moved, problems, err
		}
	}
	return moved, problems, nil
}

// aliases are the addresses that the page had and has not any more: its own,
// and those of Hugo's aliases that are not rooted, which this program does not
// take as they are.
func (m *mover) aliases(doc source.Document, moved *Moved) []string {
	var out []string
	if moved.Old != moved.New {
		old := moved.Old
		if plain, err := url.PathUnescape(old); err == nil {
			old = plain
		}
		out = append(out, old)
	}
	for _, alias := range texts(doc.Matter.Values["aliases"]) {
		if alias != "" && !strings.HasPrefix(alias, "/") {
			out = append(out, path.Join(path.Dir(strings.TrimSuffix(moved.Old, "/")), alias)+"/")
		}
	}
	return out
}

// write copies a page with its aliases, and the other files of its bundle.
func (m *mover) write(name, place string, moved *Moved) error {
	content := filepath.Join(m.o.Site.Root, "content")
	raw, err := os.ReadFile(filepath.Join(m.root, filepath.FromSlash(name)))
	if err != nil {
		return err
	}
	text, ok := withAliases(raw, moved.Aliases)
	if !ok {
		moved.Note = "the aliases could not be written into its front matter: add them by hand"
	}
	err = create(filepath.Join(content, filepath.FromSlash(place)), text)
	if errors.Is(err, ErrExists) {
		moved.Note = "already there, and left as it is"
		return nil
	}
	if err != nil {
		return err
	}
	moved.Written = true
	if path.Base(name) != "index.md" || path.Base(place) != "index.md" {
		return nil
	}
	bundle := filepath.Join(m.root, filepath.FromSlash(path.Dir(name)))
	return filepath.WalkDir(bundle, func(file string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || strings.HasSuffix(file, ".md") {
			return err
		}
		raw, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(bundle, file)
		if err != nil {
			return err
		}
		err = create(filepath.Join(content, filepath.FromSlash(path.Dir(place)), rel), raw)
		if errors.Is(err, ErrExists) {
			return nil // a picture of an earlier run
		}
		return err
	})
}

// withAliases adds aliases to YAML or TOML front matter and leaves every other
// byte as it is. It declines where that is not a matter of one line, or where
// the outcome does not read as what was there and the aliases.
func withAliases(raw []byte, aliases []string) ([]byte, bool) {
	if len(aliases) == 0 {
		return raw, true
	}
	before, ok1 := frontMatter(raw)
	out, ok := addAliases(raw, aliases)
	after, ok2 := frontMatter(out)
	if !ok || !ok1 || !ok2 || len(after) < len(before) {
		return raw, false
	}
	list := texts(after["aliases"])
	for _, want := range slices.Concat(texts(before["aliases"]), aliases) {
		if !slices.Contains(list, want) {
			return raw, false
		}
	}
	return out, true
}

// texts gives the strings of a list of front matter.
func texts(v any) []string {
	var out []string
	items, _ := v.([]any) // absent, or something else: no aliases
	for _, item := range items {
		if s, ok := item.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

// frontMatter reads it as a build would.
func frontMatter(raw []byte) (map[string]any, bool) {
	const name = "articles/a.md"
	docs, problems := source.Read(oneFile{name, raw}, source.File{Path: name, Kind: source.Markdown}, source.Options{})
	if len(docs) != 1 || len(problems) > 0 || !docs[0].Matter.Present {
		return nil, false
	}
	return docs[0].Matter.Values, true
}

// oneFile is a file system of one file that is in memory.
type oneFile struct {
	name string
	raw  []byte
}

func (f oneFile) Open(name string) (fs.File, error) {
	if name != f.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return &openFile{bytes.NewReader(f.raw), f}, nil
}

type openFile struct {
	*bytes.Reader
	oneFile
}

func (f *openFile) Stat() (fs.FileInfo, error) { return f, nil }
func (f *openFile) Close() error               { return nil }
func (f *openFile) Name() string               { return path.Base(f.name) }
func (f *openFile) Mode() fs.FileMode          { return 0o444 }
func (f *openFile) ModTime() time.Time         { return time.Time{} }
func (f *openFile) IsDir() bool                { return false }
func (f *openFile) Sys() any                   { return nil }

func addAliases(raw []byte, aliases []string) ([]byte, bool) {
	quoted := make([]string, len(aliases))
	for i, a := range aliases {
		quoted[i] = fmt.Sprintf("%q", a)
	}
	list := strings.Join(quoted, ", ")
	lines := strings.SplitAfter(string(raw), "\n")
	fence, sign := strings.TrimSpace(strings.TrimPrefix(lines[0], "\uFEFF")), ":"
	switch fence {
	case "---":
	case "+++":
		sign = " ="
	default:
		return raw, false
	}
	for i, line := range lines[1:] {
		if strings.TrimSpace(line) == fence {
			break
		}
		key, value, ok := strings.Cut(line, strings.TrimSpace(sign))
		if !ok || !strings.EqualFold(strings.TrimSpace(key), "aliases") || strings.TrimLeft(key, " \t") != key {
			continue
		}
		switch value = strings.TrimSpace(value); {
		case strings.HasPrefix(value, "[") && strings.HasSuffix(value, "]"):
			old := strings.TrimSpace(value[1 : len(value)-1])
			if old != "" {
				old = strings.TrimSuffix(old, ",") + ", "
			}
			lines[i+1] = strings.TrimSpace(key) + sign + " [" + old + list + "]\n"
			return []byte(strings.Join(lines, "")), true
		case value == "" && fence == "---" && i+2 < len(lines) && strings.HasPrefix(strings.TrimSpace(lines[i+2]), "- "):
			indent := lines[i+2][:strings.Index(lines[i+2], "-")]
			lines[i+1] += indent + "- " + strings.Join(quoted, "\n"+indent+"- ") + "\n"
			return []byte(strings.Join(lines, "")), true
		}
		return raw, false
	}
	lines[0] += "aliases" + sign + " [" + list + "]\n"
	return []byte(strings.Join(lines, "")), true
}

// dateOf reads a date of front matter: TOML and YAML give times or text.
func dateOf(v any) time.Time {
	switch v := v.(type) {
	case time.Time:
		return v
	case string:
		for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05", "2006-01-02 15:04", time.DateOnly} {
			if t, err := time.Parse(layout, strings.TrimSpace(v)); err == nil {
				return t
			}
		}
	case fmt.Stringer: // TOML's local dates
		return dateOf(v.String())
	}
	return time.Time{}
}
