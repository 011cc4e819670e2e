package editorial

import (
	"crypto/sha256"
	"fmt"
	"strings"

	"warraq/internal/archive"
	"warraq/internal/diag"
)

// readTheme reads one _index.md. Source's splitter is not used: it decodes
// front matter into plain values, while rules need the place of every term.
func readTheme(r *reader, slug string, raw []byte) Theme {
	sum := sha256.Sum256(raw)
	t := Theme{Slug: slug, Path: r.path, Key: archive.Hash(sum[:16])}
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
		"title":       func(f field) { t.Title = r.text(f.value) },
		"description": func(f field) { t.Description = r.text(f.value) },
		"weight":      func(f field) { t.Weight = r.whole(f.value, -1_000_000, 1_000_000) },
		"aliases":     func(f field) { t.Aliases = r.texts(f.value) },
		"match":       func(f field) { hasRules = true; t.Match = r.rules(f.value) },
		"facts":       func(f field) { t.Facts = r.facts(f.value) },
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

func (m frontMatter) parse() (value, error) {
	if m.toml {
		return parseTOML(m.text)
	}
	return parseYAML(m.text)
}

// splitTheme separates front matter from hub text.
func splitTheme(raw []byte) (m frontMatter, hub []byte, hubLine int, err error) {
	text := strings.ReplaceAll(string(raw), "\r\n", "\n")
	first, rest, _ := strings.Cut(text, "\n")
	delimiter := strings.TrimRight(first, " \t")
	switch delimiter {
	case "---", "+++":
	default:
		if strings.HasPrefix(strings.TrimSpace(text), "{") {
			return splitJSON(text)
		}
		return m, []byte(text), 1, &syntaxError{1, 1, "a theme must begin with front matter: --- above and below"}
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
	return m, nil, 0, &syntaxError{1, 1, "the front matter is never closed: a line with " + delimiter + " is missing"}
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

func (r *reader) rules(v value) Rules {
	rules := Rules{Threshold: 1}
	r.table(v, "match", keys{
		"threshold": func(f field) { rules.Threshold = r.number(f.value, 0.001, 1000) },
		"all":       func(f field) { rules.All = r.texts(f.value) },
		"none":      func(f field) { rules.None = r.texts(f.value) },
		"any": func(f field) {
			for _, item := range r.items(f.value) {
				rules.Any = append(rules.Any, r.term(item))
			}
		},
		"near": func(f field) {
			for _, item := range r.items(f.value) {
				rules.Near = append(rules.Near, r.near(item))
			}
		},
	})
	return rules
}

// list reads a file that is a list, bare or under its one key; false when it is
// no YAML.
func (r *reader) list(raw []byte, file, key string) ([]value, bool) {
	top, err := parseYAML(raw)
	if err != nil {
		r.syntax(err)
		return nil, false
	}
	var items []value
	if top.kind == mapping {
		r.table(top, file, keys{key: func(f field) { items = r.items(f.value) }})
	} else if top.kind != nothing {
		items = r.items(top)
	}
	return items, true
}

// items reads a list of anything; a lone value is a list of one.
func (r *reader) items(v value) []value {
	switch v.kind {
	case list:
		return v.items
	case nothing:
		r.fail(diag.EditorialWrongType, v, "a list is expected here, not nothing", "write a line beginning with - for each, or remove the key")
		return nil
	}
	return []value{v}
}

func (r *reader) term(v value) Term {
	if v.kind == scalar {
		return Term{Text: r.text(v), Weight: 1}
	}
	t := Term{Weight: 1}
	if r.table(v, "a term", keys{
		"term":   func(f field) { t.Text = r.text(f.value) },
		"weight": func(f field) { t.Weight = r.number(f.value, -1000, 1000) },
	}) && t.Text == "" {
		r.fail(diag.EditorialMissing, v, "the term says nothing", "write {term: …, weight: 2}")
	}
	return t
}

func (r *reader) near(v value) Near {
	n := Near{Within: 8, Weight: 1}
	if r.table(v, "near", keys{
		"a":      func(f field) { n.A = r.texts(f.value) },
		"b":      func(f field) { n.B = r.texts(f.value) },
		"within": func(f field) { n.Within = r.whole(f.value, 0, 200) },
		"weight": func(f field) { n.Weight = r.number(f.value, -1000, 1000) },
	}) && (len(n.A) == 0 || len(n.B) == 0) {
		r.fail(diag.EditorialMissing, v, "near needs terms on both sides", "write {a: […], b: […], within: 8, weight: 2}")
	}
	return n
}

func (r *reader) facts(v value) []archive.DraftFact {
	var facts []archive.DraftFact
	for _, item := range r.items(v) {
		var fact archive.DraftFact
		if r.table(item, "a fact", keys{
			"text":    func(f field) { fact.Text = r.text(f.value) },
			"date":    func(f field) { fact.Date = r.date(f.value) },
			"article": func(f field) { r.cite(&fact, f) },
			"url": func(f field) {
				r.cite(&fact, f)
				if !strings.HasPrefix(fact.Cite, "https://") && !strings.HasPrefix(fact.Cite, "http://") {
					r.fail(diag.EditorialBadValue, f.value, fmt.Sprintf("%q is not a web address", fact.Cite), "write it with https://")
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

func (r *reader) cite(fact *archive.DraftFact, f field) {
	if fact.Cite != "" {
		r.report(diag.EditorialBadValue, diag.Error, f.line, f.col, "a fact cites one source, an article or a url", "remove one of them or write a second fact")
		return
	}
	fact.Cite = r.text(f.value)
}
