package intake

import (
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
	files, err := expand(o.Paths)
	if err != nil {
		return nil, problems, err
	}
	var out []Imported
	for i, name := range files {
		if err := ctx.Err(); err != nil {
			return out, problems, err
		}
		docs, found := read(name, options)
		problems = append(problems, found...)
		for _, doc := range docs {
			problems = append(problems, doc.Problems...)
			result := x.Extract(doc)
			problems = append(problems, result.Problems...)
			for n := range result.Drafts {
				d := &result.Drafts[n]
				id := d.ID
				if id == "" {
					id = d.AutoID
				}
				im := Imported{Origin: d.Origin, ID: id, Title: d.Title}
				if at, ok := known[id]; ok {
					im.Path = path.Join("content", at)
					out = append(out, im)
					continue
				}
				rel := path.Join("articles", fileName(d, id))
				im.Path, im.New = path.Join("content", rel), true
				text, err := Markdown(d, result.Texts[n].Paragraphs, id, matcher)
				if err != nil {
					return out, problems, fmt.Errorf("%s: %w", name, err)
				}
				if !o.DryRun {
					if err := create(filepath.Join(content, filepath.FromSlash(rel)), text); err != nil {
						return out, problems, err
					}
				}
				known[id] = rel
				out = append(out, im)
			}
		}
		if o.Progress != nil {
			o.Progress(i+1, len(files))
		}
	}
	slices.SortFunc(problems, diag.Compare)
	return out, slices.Compact(problems), nil
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

// expand lists the files of folders, sorted, and the files that were named.
func expand(paths []string) ([]string, error) {
	var files []string
	for _, p := range paths {
		info, err := os.Stat(p)
		if err != nil {
			return nil, fmt.Errorf("import: %w", err)
		}
		if !info.IsDir() {
			files = append(files, p)
			continue
		}
		err = filepath.WalkDir(p, func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.Type().IsRegular() && !strings.HasPrefix(d.Name(), ".") {
				if kind, ok := source.KindOf(filepath.ToSlash(name)); ok && kind != source.Markdown || isFeed(name) {
					files = append(files, name)
				}
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("import: %w", err)
		}
	}
	return files, nil
}

func read(name string, options source.Options) ([]source.Document, []diag.Problem) {
	if isFeed(name) {
		return readFeed(name)
	}
	return source.ReadPath(name, options)
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
