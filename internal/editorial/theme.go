package editorial

import (
	"crypto/sha256"
	"fmt"
	"strings"

	"warraq/internal/archive"
	"warraq/internal/diag"
	"warraq/internal/syntax"
)

// readTheme reads one _index.md. Source's splitter is not used: it decodes
// front matter into plain values, while rules need the place of every term.
func readTheme(r *reader, slug string, raw []byte) Theme {
	sum := sha256.Sum256(raw)
	t := Theme{Slug: slug, Path: r.path, Places: r.places, Key: archive.Hash(sum[:16])}
	if !validID(slug) {
		r.report(diag.EditorialBadID, diag.Error, 0, 0, fmt.Sprintf("the folder name %q cannot be a theme's slug", slug),
			"rename the folder with lower-case ASCII letters, digits and single hyphens, at most 60")
	}
	matter, hub, hubLine, err := splitTheme(raw)
	t.Hub, t.HubLine = hub, hubLine
	if err != nil {
		r.syntax(err)
		return t
	}
	r.shift = matter.above
	top, err := matter.parse()
	if err != nil {
		r.syntax(err)
		return t
	}
	hasRules := false
	ok := r.table(top, "a theme's front matter", keys{
		"title":       func(f syntax.Field) { t.Title = r.text(f.Value) },
		"description": func(f syntax.Field) { t.Description = r.text(f.Value) },
		"weight":      func(f syntax.Field) { t.Weight = r.whole(f.Value, -1_000_000, 1_000_000) },
		"aliases":     func(f syntax.Field) { t.Aliases = r.texts(f.Value) },
		"match":       func(f syntax.Field) { hasRules = true; t.Match = r.rules(f.Value) },
		"facts":       func(f syntax.Field) { t.Facts = r.facts(f.Value) },
	})
	switch {
	case !ok:
	case t.Title == "":
		r.report(diag.EditorialMissing, diag.Error, 1-r.shift, 1, "the theme has no title", "add a line `title: …` to its front matter")
	case !hasRules:
		r.report(diag.EditorialNoRules, diag.Info, 1-r.shift, 1, "the theme has no match rules: only articles that name it will be in it", "add `match:` with terms, or leave it so")
	}
	return t
}

// frontMatter is the text between the delimiters and how many lines stand above it.
type frontMatter struct {
	text  []byte
	toml  bool
	above int
}

func (m frontMatter) parse() (syntax.Value, error) {
	if m.toml {
		return syntax.ParseTOML(m.text)
	}
	return syntax.ParseYAML(m.text)
}

// splitTheme separates front matter from hub text.
func splitTheme(raw []byte) (m frontMatter, hub []byte, hubLine int, err error) {
	text := string(raw)
	first, rest, _ := strings.Cut(text, "\n")
	delimiter := strings.TrimRight(first, " \t")
	switch delimiter {
	case "---", "+++":
	default:
		if strings.HasPrefix(strings.TrimSpace(text), "{") {
			return splitJSON(text)
		}
		return m, []byte(text), 1, &syntax.Error{Line: 1, Column: 1, Message: "a theme must begin with front matter: --- above and below"}
	}
	m = frontMatter{toml: delimiter == "+++", above: 1}
	offset, line := 0, 2
	for offset <= len(rest) {
		end := strings.IndexByte(rest[offset:], '\n')
		if end < 0 {
			end = len(rest) - offset
		}
		if strings.TrimRight(rest[offset:offset+end], " \t") == delimiter {
			m.text = []byte(rest[:offset])
			return m, []byte(rest[min(len(rest), offset+end+1):]), line + 1, nil
		}
		offset += end + 1
		line++
	}
	return m, nil, 0, &syntax.Error{Line: 1, Column: 1, Message: "the front matter is never closed: a line with " + delimiter + " is missing"}
}

// splitJSON takes the object up to a closing brace in the first column.
func splitJSON(text string) (m frontMatter, hub []byte, hubLine int, err error) {
	if end := strings.Index(text, "\n}"); end >= 0 {
		end += len("\n}")
		rest := strings.TrimPrefix(text[end:], "\n")
		return frontMatter{text: []byte(text[:end])}, []byte(rest), strings.Count(text[:len(text)-len(rest)], "\n") + 1, nil
	}
	return frontMatter{text: []byte(text)}, nil, strings.Count(text, "\n") + 1, nil
}

func (r *reader) rules(v syntax.Value) Rules {
	rules := Rules{Threshold: 1}
	r.table(v, "match", keys{
		"threshold": func(f syntax.Field) { rules.Threshold = r.number(f.Value, 0.001, 1000) },
		"all":       func(f syntax.Field) { rules.All = r.texts(f.Value) },
		"none":      func(f syntax.Field) { rules.None = r.texts(f.Value) },
		"any": func(f syntax.Field) {
			for _, item := range r.items(f.Value) {
				rules.Any = append(rules.Any, r.term(item))
			}
		},
		"near": func(f syntax.Field) {
			for _, item := range r.items(f.Value) {
				rules.Near = append(rules.Near, r.near(item))
			}
		},
	})
	return rules
}

// list reads a file that is a list, bare or under its one key; false when it is
// no YAML.
func (r *reader) list(raw []byte, file, key string) ([]syntax.Value, bool) {
	top, err := syntax.ParseYAML(raw)
	if err != nil {
		r.syntax(err)
		return nil, false
	}
	var items []syntax.Value
	if top.Kind == syntax.Mapping {
		r.table(top, file, keys{key: func(f syntax.Field) { items = r.items(f.Value) }})
	} else if top.Kind != syntax.Nothing {
		items = r.items(top)
	}
	return items, true
}

// items reads a list of anything; a lone value is a list of one.
func (r *reader) items(v syntax.Value) []syntax.Value {
	switch v.Kind {
	case syntax.List:
		return v.Items
	case syntax.Nothing:
		r.fail(diag.EditorialWrongType, v, "a list is expected here, not nothing", "write a line beginning with - for each, or remove the key")
		return nil
	}
	return []syntax.Value{v}
}

func (r *reader) term(v syntax.Value) Term {
	if v.Kind == syntax.Scalar {
		return Term{Text: r.text(v), Weight: 1}
	}
	t := Term{Weight: 1}
	if r.table(v, "a term", keys{
		"term":   func(f syntax.Field) { t.Text = r.text(f.Value) },
		"weight": func(f syntax.Field) { t.Weight = r.number(f.Value, -1000, 1000) },
	}) && t.Text == "" {
		r.fail(diag.EditorialMissing, v, "the term says nothing", "write {term: …, weight: 2}")
	}
	return t
}

func (r *reader) near(v syntax.Value) Near {
	n := Near{Within: 8, Weight: 1}
	if r.table(v, "near", keys{
		"a":      func(f syntax.Field) { n.A = r.texts(f.Value) },
		"b":      func(f syntax.Field) { n.B = r.texts(f.Value) },
		"within": func(f syntax.Field) { n.Within = r.whole(f.Value, 0, 200) },
		"weight": func(f syntax.Field) { n.Weight = r.number(f.Value, -1000, 1000) },
	}) && (len(n.A) == 0 || len(n.B) == 0) {
		r.fail(diag.EditorialMissing, v, "near needs terms on both sides", "write {a: […], b: […], within: 8, weight: 2}")
	}
	return n
}

func (r *reader) facts(v syntax.Value) []archive.DraftFact {
	var facts []archive.DraftFact
	for _, item := range r.items(v) {
		var fact archive.DraftFact
		if r.table(item, "a fact", keys{
			"text":    func(f syntax.Field) { fact.Text = r.text(f.Value) },
			"date":    func(f syntax.Field) { fact.Date = r.date(f.Value) },
			"article": func(f syntax.Field) { r.cite(&fact, f) },
			"url": func(f syntax.Field) {
				r.cite(&fact, f)
				if !strings.HasPrefix(fact.Cite, "https://") && !strings.HasPrefix(fact.Cite, "http://") {
					r.fail(diag.EditorialBadValue, f.Value, fmt.Sprintf("%q is not a web address", fact.Cite), "write it with https://")
					fact.Cite = ""
				}
			},
		}) && fact.Text == "" {
			r.fail(diag.EditorialMissing, item, "the fact has no text", "add text: …")
		}
		facts = append(facts, fact)
	}
	return facts
}

func (r *reader) cite(fact *archive.DraftFact, f syntax.Field) {
	if fact.Cite != "" {
		r.report(diag.EditorialBadValue, diag.Error, f.Line, f.Column, "a fact cites one source, an article or a url", "remove one of them or write a second fact")
		return
	}
	fact.Cite = r.text(f.Value)
}
