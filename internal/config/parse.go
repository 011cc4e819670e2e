package config

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"warraq/internal/diag"
)

// honoured are the top-level keys of Hugo that have an effect here. Deployment
// is read by package publish.
var honoured = []string{"baseurl", "title", "locale", "languagecode", "timezone", "builddrafts", "buildfuture", "buildexpired", "minify", "deployment", "params"}

// forHugo are keys that keep the content tree buildable by Hugo itself; that
// they have no effect here is their purpose, so they get no warning.
var forHugo = []string{"ignorefiles", "taxonomies", "disablekinds", "defaultcontentlanguage", "enablerobotstxt", "contentdir"}

// Parse reads the text of a hugo.toml.
func Parse(root string, data []byte) (*Site, []diag.Problem) {
	f := &file{data: bytes.TrimPrefix(data, []byte("\ufeff"))}
	if !f.index() {
		return nil, f.problems
	}
	s := Default(root)
	f.decodeArchive(&s.Archive)
	f.checkTopLevel()

	hugo, err := loadHugo(f.data)
	if err != nil {
		f.hugoFailed(err)
		return nil, f.problems
	}
	if err := s.setBaseURL(hugo.baseURL); err != nil {
		f.add(diag.ConfigValue, diag.Error, "baseurl", err.Error(), `write it like baseURL = "https://example.org/archive/"`)
	}
	if hugo.title != "" {
		s.Title = hugo.title
	}
	if hugo.locale != "" {
		s.Locale = hugo.locale
	}
	if hugo.timeZone != "" {
		if s.TimeZone, err = time.LoadLocation(hugo.timeZone); err != nil {
			f.hugoFailed(err)
		}
	}
	s.BuildDrafts, s.BuildFuture, s.BuildExpired = hugo.buildDrafts, hugo.buildFuture, hugo.buildExpired
	s.Deployment = hugo.deployment
	s.Minify = f.minify()
	if s.Archive.Publisher == "" {
		s.Archive.Publisher = s.Title
	}
	if slices.ContainsFunc(f.problems, func(p diag.Problem) bool { return p.Severity == diag.Error }) {
		return nil, f.problems
	}
	s.rekey()
	return s, f.problems
}

// file is a hugo.toml under examination.
type file struct {
	data     []byte
	keys     []key // in file order
	problems []diag.Problem
}

// key is a dotted key or table header, lower-cased, with its place.
type key struct {
	path    string
	written string
	at      diag.Position
}

// index records where every key stands. False means the file is not TOML.
func (f *file) index() bool {
	var all map[string]any
	if err := toml.Unmarshal(f.data, &all); err != nil {
		var bad *toml.DecodeError
		at := diag.Position{Path: FileName}
		if errors.As(err, &bad) {
			at = f.position(bad.Position())
			err = errors.New(strings.TrimPrefix(bad.Error(), "toml: "))
		}
		f.addAt(diag.ConfigSyntax, diag.Error, at, "not valid TOML: "+err.Error(), "mend the file at or just before this place")
		return false
	}
	p := unstable.Parser{}
	p.Reset(f.data)
	var table []string
	for p.NextExpression() {
		e := p.Expression()
		if e.Kind != unstable.KeyValue && e.Kind != unstable.Table && e.Kind != unstable.ArrayTable {
			continue
		}
		var parts []string
		at := diag.Position{Path: FileName}
		for it := e.Key(); it.Next(); {
			n := it.Node()
			if len(parts) == 0 {
				start := p.Shape(n.Raw).Start
				at = f.position(start.Line, start.Column)
			}
			parts = append(parts, string(n.Data))
		}
		if e.Kind != unstable.KeyValue {
			table = parts
		} else {
			parts = append(slices.Clone(table), parts...)
		}
		written := strings.Join(parts, ".")
		f.keys = append(f.keys, key{strings.ToLower(written), written, at})
	}
	return true
}

// position turns go-toml's byte column into characters.
func (f *file) position(line, column int) diag.Position {
	text := f.line(line)
	column = min(max(column-1, 0), len(text))
	return diag.Position{Path: FileName, Line: line, Column: utf8.RuneCountInString(text[:column]) + 1}
}

func (f *file) line(n int) string {
	for l := range strings.Lines(string(f.data)) {
		if n--; n == 0 {
			return strings.TrimRight(l, "\r\n")
		}
	}
	return ""
}

func (f *file) add(code diag.Code, severity diag.Severity, path, message, remedy string) {
	at := diag.Position{Path: FileName}
	for _, k := range f.keys {
		if k.path == path || strings.HasPrefix(k.path, path+".") {
			at = k.at
			break
		}
	}
	f.addAt(code, severity, at, message, remedy)
}

func (f *file) addAt(code diag.Code, severity diag.Severity, at diag.Position, message, remedy string) {
	f.problems = append(f.problems, diag.Problem{Code: code, Severity: severity, Position: at, Excerpt: f.line(at.Line), Message: message, Remedy: remedy})
}

// checkTopLevel warns of keys that have no effect.
func (f *file) checkTopLevel() {
	seen := map[string]bool{}
	var known []string
	for _, k := range f.keys {
		top, _, _ := strings.Cut(k.path, ".")
		if seen[top] || slices.Contains(honoured, top) || slices.Contains(forHugo, top) {
			continue
		}
		seen[top] = true
		if known == nil {
			known = hugoKeys()
		}
		written, _, _ := strings.Cut(k.written, ".")
		if slices.ContainsFunc(known, func(h string) bool { return strings.EqualFold(h, top) }) {
			f.addAt(diag.ConfigNotUsed, diag.Warning, k.at, fmt.Sprintf("the Hugo setting %q is not used", written), "remove it if Hugo need not build this site")
			continue
		}
		f.addAt(diag.ConfigNotUsed, diag.Warning, k.at, fmt.Sprintf("no setting is called %q", written), diag.DidYouMean(top, known, "settings of the archive belong below [params.archive]"))
	}
}

// hugoFailed reports an error of Hugo's loader at the key it speaks of.
func (f *file) hugoFailed(err error) {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			break
		}
		err = inner
	}
	text := err.Error()
	named := strings.ToLower(strings.ReplaceAll(text, " ", "")) // "unknown time zone" names timeZone
	for _, k := range f.keys {
		if top, _, _ := strings.Cut(k.path, "."); strings.Contains(named, top) {
			remedy := "see Hugo's documentation of this setting"
			if top == "timezone" {
				remedy = `name one of the time zone database, like timeZone = "Asia/Damascus"`
			}
			f.addAt(diag.ConfigValue, diag.Error, k.at, text, remedy)
			return
		}
	}
	f.addAt(diag.ConfigValue, diag.Error, diag.Position{Path: FileName}, text, "see Hugo's documentation of its configuration")
}

// minify reports whether pages are minified. Hugo's default is off; ours is
// on, so only an explicit "minifyOutput = false" or "disableHTML = true" counts.
func (f *file) minify() bool {
	var c struct {
		Minify struct {
			MinifyOutput *bool
			DisableHTML  bool
		}
	}
	if toml.Unmarshal(f.data, &c) != nil {
		return true // minify = true, the old form; Hugo's loader has checked it
	}
	return (c.Minify.MinifyOutput == nil || *c.Minify.MinifyOutput) && !c.Minify.DisableHTML
}
