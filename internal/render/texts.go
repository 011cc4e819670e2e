package render

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"warraq/internal/diag"
)

// textsFile holds the interface texts.
const textsFile = "strings.yaml"

// ownPrefix marks texts that a site adds for its own templates.
const ownPrefix = "my-"

// texts are the interface texts, by key. Templates name them as
// {{text "key"}}, which is folded into the template when it is loaded.
type texts struct {
	Texts   map[string]string     `yaml:"texts"`
	Plurals map[string]pluralText `yaml:"plurals"`
	key     [16]byte
}

// pluralText is a counted noun in its Arabic plural classes; "{n}" stands for
// the number. An empty class falls back to other.
type pluralText struct {
	Zero  string `yaml:"zero"`
	One   string `yaml:"one"`
	Two   string `yaml:"two"`
	Few   string `yaml:"few"`
	Many  string `yaml:"many"`
	Other string `yaml:"other"`
}

// loadTexts reads the embedded texts and lays the site's own above them, key
// by key, so that a site names only what it changes.
func loadTexts(files overlay) (*texts, []diag.Problem) {
	base, _, err := overlay{lower: files.lower}.read(textsFile)
	if err != nil {
		return nil, []diag.Problem{templateProblem(textsFile, 0, err.Error())}
	}
	t := &texts{}
	if err := yaml.UnmarshalWithOptions(base, t, yaml.Strict()); err != nil {
		return nil, []diag.Problem{templateProblem(textsFile, 0, yaml.FormatError(err, false, false))}
	}
	t.key = hashBytes(base)
	data, own, err := files.read(textsFile)
	if err != nil {
		return nil, []diag.Problem{templateProblem(textsFile, 0, err.Error())}
	}
	if !own {
		return t, nil
	}
	var over texts
	if err := yaml.UnmarshalWithOptions(data, &over, yaml.Strict()); err != nil {
		return nil, []diag.Problem{templateProblem(textsFile, yamlLine(err), firstLine(yaml.FormatError(err, false, false)))}
	}
	var problems []diag.Problem
	for _, key := range slices.Sorted(maps.Keys(over.Texts)) {
		if _, known := t.Texts[key]; !known && !strings.HasPrefix(key, ownPrefix) {
			problems = append(problems, unknownText(data, key))
		}
		t.Texts[key] = over.Texts[key]
	}
	for _, key := range slices.Sorted(maps.Keys(over.Plurals)) {
		if _, known := t.Plurals[key]; !known && !strings.HasPrefix(key, ownPrefix) {
			problems = append(problems, unknownText(data, key))
		}
		t.Plurals[key] = over.Plurals[key]
	}
	t.key = newKeyer(t.key).str(string(data)).sum()
	return t, problems
}

func unknownText(data []byte, key string) diag.Problem {
	line := 0
	for i, l := range strings.Split(string(data), "\n") {
		if strings.HasPrefix(strings.TrimSpace(l), key+":") {
			line = i + 1
			break
		}
	}
	p := templateProblem(textsFile, line, fmt.Sprintf("no page uses a text %q", key))
	p.Remedy = fmt.Sprintf("take a key of the shipped %s, or begin your own key with %q", textsFile, ownPrefix)
	return p
}

// get returns a text. The keys that Go code asks for are all in the embedded
// file, which a test proves; a missing one shows itself in the page.
func (t *texts) get(key string) string {
	if s, ok := t.Texts[key]; ok {
		return s
	}
	return "⟨" + key + "⟩"
}

// with returns a text with its {name} places filled: pairs of name and value.
func (t *texts) with(key string, pairs ...string) string {
	s := t.get(key)
	for i := 0; i+1 < len(pairs); i += 2 {
		s = strings.ReplaceAll(s, "{"+pairs[i]+"}", pairs[i+1])
	}
	return s
}

func yamlLine(err error) int {
	var at yaml.Error
	if e, ok := err.(yaml.Error); ok {
		at = e
	} else {
		return 0
	}
	if tk := at.GetToken(); tk != nil && tk.Position != nil {
		return tk.Position.Line
	}
	return 0
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}
