package intake

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"time"
	"unicode"

	"github.com/goccy/go-yaml"
	"github.com/pelletier/go-toml/v2"
)

// hugoSite is what of a Hugo site's configuration decides addresses. Hugo's own
// loader is not used: it wants themes and modules that need not be here.
type hugoSite struct {
	BaseURL            string         `toml:"baseURL" yaml:"baseURL" json:"baseURL"`
	ContentDir         string         `toml:"contentDir" yaml:"contentDir" json:"contentDir"`
	UglyURLs           any            `toml:"uglyURLs" yaml:"uglyURLs" json:"uglyURLs"` // a bool, or a table by section
	DisablePathToLower bool           `toml:"disablePathToLower" yaml:"disablePathToLower" json:"disablePathToLower"`
	Permalinks         map[string]any `toml:"permalinks" yaml:"permalinks" json:"permalinks"`
}

var errNoHugo = errors.New("this is no Hugo site: it has neither hugo.toml nor config.toml (or .yaml, .json)")

// readHugo reads the configuration of the Hugo site in dir: one file in its
// folder, or those below config/_default.
func readHugo(dir string) (hugoSite, error) {
	s := hugoSite{ContentDir: "content"}
	found := false
	for _, folder := range []string{"", "config/_default"} {
		for _, base := range []string{"config", "hugo"} {
			for _, ending := range []string{"toml", "yaml", "yml", "json"} {
				ok, err := decodeFile(filepath.Join(dir, folder, base+"."+ending), ending, &s)
				if err != nil {
					return s, err
				}
				found = found || ok
			}
		}
		for _, ending := range []string{"toml", "yaml", "yml", "json"} {
			if folder == "" {
				break
			}
			if _, err := decodeFile(filepath.Join(dir, folder, "permalinks."+ending), ending, &s.Permalinks); err != nil {
				return s, err
			}
		}
	}
	if !found {
		return s, errNoHugo
	}
	return s, nil
}

func decodeFile(name, ending string, into any) (bool, error) {
	raw, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err == nil {
		switch ending {
		case "toml":
			err = toml.Unmarshal(raw, into)
		case "json":
			err = json.Unmarshal(raw, into)
		default:
			err = yaml.Unmarshal(raw, into)
		}
	}
	if err != nil {
		return false, fmt.Errorf("%s: %w", name, err)
	}
	return true, nil
}

// hugoPage is what of a page decides its address.
type hugoPage struct {
	path  string // below the content folder
	title string
	slug  string
	url   string
	date  time.Time
}

// sections are the folders of the page; a bundle's own folder is its name.
func (p hugoPage) sections() []string {
	dir := path.Dir(p.path)
	if path.Base(p.path) == "index.md" {
		dir = path.Dir(dir)
	}
	if dir == "." {
		return nil
	}
	return strings.Split(dir, "/")
}

func (p hugoPage) name() string {
	if path.Base(p.path) == "index.md" {
		return path.Base(path.Dir(p.path))
	}
	return strings.TrimSuffix(path.Base(p.path), path.Ext(p.path))
}

// address is the path at which Hugo publishes the page, escaped as it stands in
// links, below the base path. note says what could not be known.
func (s hugoSite) address(p hugoPage) (address, note string) {
	sections := p.sections()
	section := ""
	if len(sections) > 0 {
		section = sections[0]
	}
	at := ""
	switch {
	case p.url != "":
		at = "/" + strings.TrimPrefix(p.url, "/")
	case s.pattern(section) != "":
		at, note = s.expand(s.pattern(section), p)
	default:
		name := p.name()
		if p.slug != "" {
			name = p.slug
		}
		at = s.urlize("/" + path.Join(append(sections, name)...))
	}
	if path.Ext(at) == "" || p.url == "" && !strings.HasSuffix(at, ".html") {
		if s.ugly(section) && p.url == "" {
			at = strings.TrimSuffix(at, "/") + ".html"
		} else {
			at = strings.TrimSuffix(at, "/") + "/"
		}
	}
	return (&url.URL{Path: at}).EscapedPath(), note
}

// pattern is the permalink pattern of a section.
func (s hugoSite) pattern(section string) string {
	if table, ok := s.Permalinks["page"].(map[string]any); ok {
		if t, ok := table[section].(string); ok {
			return t
		}
	}
	t, _ := s.Permalinks[section].(string) // absent: Hugo's default
	return t
}

func (s hugoSite) ugly(section string) bool {
	switch u := s.UglyURLs.(type) {
	case bool:
		return u
	case map[string]any:
		yes, _ := u[section].(bool)
		return yes
	}
	return false
}

var attribute = regexp.MustCompile(`:\w+(\[.+?\])?`)

// expand fills in a pattern as Hugo does
// (https://gohugo.io/content-management/urls/#permalinks).
func (s hugoSite) expand(pattern string, p hugoPage) (at, note string) {
	slugOr := func(other string) string {
		if p.slug != "" {
			return s.urlize(p.slug)
		}
		return s.urlize(other)
	}
	at = attribute.ReplaceAllStringFunc(pattern, func(a string) string {
		switch a {
		case ":year":
			return p.date.Format("2006")
		case ":month":
			return p.date.Format("01")
		case ":monthname":
			return p.date.Month().String()
		case ":day":
			return p.date.Format("02")
		case ":weekday":
			return fmt.Sprint(int(p.date.Weekday()))
		case ":weekdayname":
			return p.date.Weekday().String()
		case ":yearday":
			return fmt.Sprint(p.date.YearDay())
		case ":section":
			if all := p.sections(); len(all) > 0 {
				return all[0]
			}
			return ""
		case ":sections":
			return path.Join(p.sections()...)
		case ":title":
			return s.urlize(p.title)
		case ":slug":
			return slugOr(p.title)
		case ":filename", ":contentbasename":
			return s.urlize(p.name())
		case ":slugorfilename", ":slugorcontentbasename":
			return slugOr(p.name())
		}
		note = fmt.Sprintf("the permalink attribute %q is not known here: look the address up with `hugo list all`", a)
		return a
	})
	if p.date.IsZero() && (strings.Contains(pattern, ":year") || strings.Contains(pattern, ":month") || strings.Contains(pattern, ":day")) {
		note = "the page has no date, which its address needs"
	}
	// Hugo reads the result as an escaped query once more: a plus is a space there.
	if plain, err := url.QueryUnescape(at); err == nil {
		at = plain
	}
	return s.urlize(path.Clean("/" + at)), note
}

// urlize makes text fit for a path as Hugo does: letters, digits, marks and a
// few signs stay, runs of spaces become a hyphen, all is in lower case.
func (s hugoSite) urlize(text string) string {
	var b strings.Builder
	gap, hyphen := false, false
	for i, r := range text {
		escape := r == '%' && i+2 < len(text) && ishex(text[i+1]) && ishex(text[i+2])
		switch {
		case escape, unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), strings.ContainsRune("./\\_#+~-@", r):
			hyphen = r == '-'
			if gap && !hyphen {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		case unicode.IsSpace(r) && b.Len() > 0 && !hyphen:
			gap = true
		}
	}
	if s.DisablePathToLower {
		return b.String()
	}
	return strings.ToLower(b.String())
}

func ishex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}
