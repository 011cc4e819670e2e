package intake

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"warraq/internal/archive"
	"warraq/internal/civil"
	"warraq/internal/config"
	"warraq/internal/dates"
	"warraq/internal/diag"
	"warraq/internal/editorial"
	"warraq/internal/extract"
	"warraq/internal/markup"
	"warraq/internal/match"
	"warraq/internal/source"
)

// ImportOptions of Import.
type ImportOptions struct {
	Site     *config.Site
	Paths    []string // files and folders: clippings, saved pages, .jsonl, .warc, feeds
	DryRun   bool     // say what would be written, write nothing
	Progress func(done, total int)
}

// Imported says what became of one article of a source.
type Imported struct {
	Origin archive.Origin
	ID     string
	Title  string
	Path   string // of the Markdown, relative to the site
	New    bool   // written now; false: it was there already, and stays as it is
}

// Import turns the articles of clippings into Markdown below content/articles/,
// one file an article, named by its date and id. The id is that of the clipping's
// article, so every URL stays, and a build that sees both prefers the Markdown.
// Nothing is lost: title, dates, source, author, keywords and paragraphs read
// back from the Markdown equal those of the clipping, and what only narrows a
// date (teasers beside the text) is kept as date_hints.
//
// It is idempotent and can be stopped and run again: an article whose id is in
// the content already is left as it is. It never overwrites a file.
func Import(ctx context.Context, o ImportOptions) ([]Imported, []diag.Problem, error) {
	content := filepath.Join(o.Site.Root, "content")
	tree := os.DirFS(content)
	ed, problems := editorial.Load(tree)
	matcher, found := match.Compile(ed)
	problems = append(problems, found...)
	options := source.Options{JSONL: o.Site.Archive.JSONL}
	x := extract.New(ed, matcher, extract.Options{Source: options})

	known, err := knownIDs(ctx, tree, x, options)
	if err != nil {
		return nil, problems, err
	}
	files, found, err := expand(o.Paths)
	problems = append(problems, found...)
	if err != nil {
		return nil, problems, err
	}
	im := importer{content: content, dry: o.DryRun, extractor: x, matcher: matcher, known: known}
	for i, name := range files {
		problems = append(problems, im.file(ctx, name, options)...)
		if err := cmp.Or(im.err, ctx.Err()); err != nil {
			return im.done, problems, err
		}
		if o.Progress != nil {
			o.Progress(i+1, len(files))
		}
	}
	slices.SortFunc(problems, diag.Compare)
	return im.done, slices.Compact(problems), nil
}

// importer writes the articles of one source after the other.
type importer struct {
	content   string // folder
	dry       bool
	extractor *extract.Extractor
	matcher   *match.Matcher
	known     map[string]string // id → its Markdown, below content
	done      []Imported
	err       error // the first of the machine; it ends the import
}

// file imports the documents of one file.
func (im *importer) file(ctx context.Context, name string, options source.Options) []diag.Problem {
	var problems []diag.Problem
	take := func(doc source.Document) bool {
		problems = append(problems, doc.Problems...)
		result := im.extractor.Extract(doc)
		problems = append(problems, result.Problems...)
		for i := range result.Drafts {
			if im.err = im.article(&result.Drafts[i], result.Texts[i].Paragraphs); im.err != nil {
				return false
			}
		}
		return ctx.Err() == nil
	}
	if isFeed(name) {
		return append(eachOfFeed(name, take), problems...)
	}
	return append(source.EachPath(name, options, take), problems...)
}

// article writes one article, unless its id is in the content already.
func (im *importer) article(d *archive.Draft, paragraphs []extract.Paragraph) error {
	id := cmp.Or(d.ID, d.AutoID)
	made := Imported{Origin: d.Origin, ID: id, Title: d.Title}
	if at, ok := im.known[id]; ok {
		made.Path = path.Join("content", at)
		im.done = append(im.done, made)
		return nil
	}
	rel := path.Join("articles", fileName(d, id))
	made.Path, made.New = path.Join("content", rel), true
	text, err := Markdown(d, paragraphs, id, im.matcher)
	if err != nil {
		return fmt.Errorf("%s: %w", d.Origin.Path, err)
	}
	if !im.dry {
		if err := create(filepath.Join(im.content, filepath.FromSlash(rel)), text); err != nil {
			return err
		}
	}
	im.known[id] = rel
	im.done = append(im.done, made)
	return nil
}

// knownIDs maps the ids of the Markdown articles to their files.
func knownIDs(ctx context.Context, tree fs.FS, x *extract.Extractor, options source.Options) (map[string]string, error) {
	known := map[string]string{}
	files, _ := source.Walk(tree) // a tree that cannot be walked fails when it is written
	for _, f := range files {
		if f.Kind != source.Markdown {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		docs, _ := source.Read(tree, f, options) // broken articles are build's to report
		for _, doc := range docs {
			if id, ok := doc.Matter.Values["id"].(string); ok && id != "" {
				known[id] = f.Path
				continue
			}
			for _, d := range x.Extract(doc).Drafts {
				if d.ID != "" {
					known[d.ID] = f.Path
				} else {
					known[d.AutoID] = f.Path
				}
			}
		}
	}
	return known, nil
}

// expand lists the files of folders, sorted, and the files that were named, each
// once. What lies in a folder and cannot be imported is told.
func expand(paths []string) (files []string, problems []diag.Problem, err error) {
	seen := map[string]bool{}
	add := func(name string) {
		if name = filepath.Clean(name); !seen[name] {
			seen[name] = true
			files = append(files, name)
		}
	}
	for _, p := range paths {
		info, err := os.Stat(p)
		if err != nil {
			return nil, nil, fmt.Errorf("import: %w", err)
		}
		if !info.IsDir() {
			add(p)
			continue
		}
		err = filepath.WalkDir(p, func(name string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case name != p && strings.HasPrefix(d.Name(), "."):
				if d.IsDir() {
					return filepath.SkipDir
				}
			case d.IsDir():
			case d.Type().IsRegular() && importable(name):
				add(name)
			default:
				problems = append(problems, diag.Problem{
					Code: diag.SourceUnused, Severity: diag.Info, Position: diag.Position{Path: filepath.ToSlash(name)},
					Message: "the file is of no kind that is imported",
					Remedy:  "give it the extension of its kind (.txt, .html, .jsonl, .warc, .xml), or name it on the command line to read it as text",
				})
			}
			return nil
		})
		if err != nil {
			return nil, nil, fmt.Errorf("import: %w", err)
		}
	}
	return files, problems, nil
}

func importable(name string) bool {
	kind, ok := source.KindOf(filepath.Base(name))
	return ok && kind != source.Markdown || isFeed(name)
}

// fileName begins with the date, so that a folder of articles sorts by time.
func fileName(d *archive.Draft, id string) string {
	day := "undated"
	if date, ok := stated(d.Published); ok {
		day = date.String()
	}
	return day + "-" + id + ".md"
}

func stated(phrases []archive.DatePhrase) (civil.Date, bool) {
	for _, p := range phrases {
		if p.Phrase.Kind == dates.Absolute {
			return p.Phrase.Date, true
		}
	}
	return civil.Date{}, false
}

// matter is the front matter that Markdown writes, in this order. The keys are
// Hugo's where Hugo has them.
type matter struct {
	Title        string   `yaml:"title"`
	ID           string   `yaml:"id"`
	Date         string   `yaml:"date,omitempty"`
	Lastmod      string   `yaml:"lastmod,omitempty"`
	Author       string   `yaml:"author,omitempty"`
	Source       string   `yaml:"source,omitempty"`
	SourceURL    string   `yaml:"source_url,omitempty"`
	Tags         []string `yaml:"tags,omitempty"`
	DateHints    []string `yaml:"date_hints,omitempty"`
	ImportedFrom string   `yaml:"imported_from"`
}

// Markdown writes a draft as an article file.
func Markdown(d *archive.Draft, paragraphs []extract.Paragraph, id string, matcher *match.Matcher) ([]byte, error) {
	m := matter{
		Title: d.Title, ID: id, Date: moment(d.Published), Lastmod: moment(d.Modified), Author: d.Author,
		Source: d.SourceName, SourceURL: d.SourceURL,
		ImportedFrom: fmt.Sprintf("%s:%d", d.Origin.Path, d.Origin.Line),
	}
	m.Tags = append(m.Tags, d.Keywords...)
	for _, run := range d.Runs {
		for _, tag := range matcher.Segment(run) {
			if !slices.Contains(m.Tags, tag) {
				m.Tags = append(m.Tags, tag)
			}
		}
	}
	for _, p := range d.Relative {
		// Other anchors stand in the text and are found there again.
		if p.Teaser {
			m.DateHints = append(m.DateHints, p.Text)
		}
	}
	head, err := yaml.MarshalWithOptions(m, yaml.IndentSequence(true))
	if err != nil {
		return nil, errors.Join(errors.New("front matter"), err)
	}
	var b strings.Builder
	b.WriteString("---\n")
	b.Write(head)
	b.WriteString("---\n")
	for _, p := range paragraphs {
		b.WriteByte('\n')
		b.WriteString(markup.Escape(p.Text))
		b.WriteByte('\n')
	}
	return []byte(b.String()), nil
}

// moment writes the stated date, with its time of day where it was said.
func moment(phrases []archive.DatePhrase) string {
	for _, p := range phrases {
		if p.Phrase.Kind != dates.Absolute {
			continue
		}
		day := p.Phrase.Date.String()
		if p.Phrase.Clock < 0 || p.Phrase.Date.D == 0 {
			return day
		}
		zone := p.Phrase.Zone
		switch {
		case zone == "GMT" || zone == "UTC" || zone == "Z":
			zone = "Z"
		case len(zone) == 6 && (zone[0] == '+' || zone[0] == '-'):
		default:
			return day // a time of day of an unknown zone says less than it seems
		}
		return fmt.Sprintf("%sT%02d:%02d:00%s", day, p.Phrase.Clock/60, p.Phrase.Clock%60, zone)
	}
	return ""
}
