package intake

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"text/template"
	"time"

	"warraq/internal/arabic"
)

//go:embed archetypes
var archetypes embed.FS

// Kind of a new source.
type Kind struct {
	Name      string
	Archetype string                     // file below archetypes/
	slug      bool                       // its name is a slug that editors choose, see package editorial
	path      func(base string) []string // below content/
}

var kinds = []Kind{
	{"article", "article.md", false, func(base string) []string { return []string{"articles", base + ".md"} }},
	{"clipping", "clipping.txt", false, func(base string) []string { return []string{"clippings", base + ".txt"} }},
	{"theme", "theme.md", true, func(base string) []string { return []string{"themes", base, "_index.md"} }},
}

// Kinds lists the names that New takes.
func Kinds() []string {
	var names []string
	for _, k := range kinds {
		names = append(names, k.Name)
	}
	return names
}

// ErrExists is wrapped by New when the file is already there.
var ErrExists = errors.New("already there, and it stays as it is")

// NewOptions say what to make.
type NewOptions struct {
	Site  string // folder of the site
	Kind  string // one of Kinds
	Title string
	Name  string    // file name without extension, also the URL; "" makes one from the title
	Now   time.Time // the day it is dated
}

// name of a file or folder that becomes part of a URL.
var validName = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N}_-]*$`)

var validSlug = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// New writes a source from its archetype, the site's own below archetypes/ or
// the embedded one, and returns its path.
func New(o NewOptions) (string, error) {
	i := slices.IndexFunc(kinds, func(k Kind) bool { return k.Name == o.Kind })
	if i < 0 {
		return "", fmt.Errorf("there is nothing called %q to make; it is one of %s", o.Kind, strings.Join(Kinds(), ", "))
	}
	kind := kinds[i]
	title := strings.TrimSpace(arabic.Clean(o.Title))
	if title == "" {
		return "", errors.New("the title is empty")
	}
	name := o.Name
	if name == "" {
		name = arabic.Slug(title)
	}
	switch {
	case !validName.MatchString(name):
		return "", fmt.Errorf("%q cannot be a file name and an address; use letters, digits, - and _", name)
	case kind.slug && !validSlug.MatchString(name):
		return "", fmt.Errorf("%q cannot be the slug of a %s; give it a --name of lower-case ASCII letters, digits and hyphens", name, kind.Name)
	}
	text, err := archetype(o.Site, kind.Archetype)
	if err != nil {
		return "", err
	}
	t, err := template.New(kind.Archetype).Option("missingkey=error").Parse(text)
	if err != nil {
		return "", fmt.Errorf("archetype %s: %w", kind.Archetype, err)
	}
	var b bytes.Buffer
	if err := t.Execute(&b, map[string]string{"Title": title, "Name": name, "Date": o.Now.Format(time.DateOnly)}); err != nil {
		return "", fmt.Errorf("archetype %s: %w", kind.Archetype, err)
	}
	path := filepath.Join(append([]string{o.Site, "content"}, kind.path(name)...)...)
	return path, create(path, b.Bytes())
}

func archetype(site, name string) (string, error) {
	raw, err := os.ReadFile(filepath.Join(site, "archetypes", name))
	if errors.Is(err, fs.ErrNotExist) {
		raw, err = archetypes.ReadFile("archetypes/" + name)
	}
	return string(raw), err
}

// create writes a file that must not exist yet, with its folders. It appears
// whole or not at all: a reader, and an import that follows one that was killed,
// never takes half a text for the article.
func create(path string, data []byte) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("%s: %w", path, ErrExists)
	}
	// The leading dot keeps what a kill leaves behind out of the sources. Not
	// os.CreateTemp: its files are for their owner alone, whatever the umask says.
	f, err := os.OpenFile(filepath.Join(dir, fmt.Sprintf(".warraq-%x.tmp", rand.Uint64())), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // gone already where it was renamed
	_, err = f.Write(data)
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	// A link never replaces what came to the name meanwhile, a rename would.
	err = os.Link(f.Name(), path)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s: %w", path, ErrExists)
	}
	if err != nil { // a file system without links
		return os.Rename(f.Name(), path)
	}
	return nil
}
