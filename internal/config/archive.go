package config

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"warraq/internal/diag"
)

const archiveTable = "params.archive"

func defaultArchive() Archive {
	return Archive{
		Digits: "western", Months: "dual",
		FeedItems: 30, Search: true, RelatedMax: 6, DateThreshold: 0.6,
		Rights: "full", Canonical: "self",
		JSONL: JSONLFields{
			Text: "text", Title: "title", URL: "url", Date: "date",
			Source: "source", Author: "author", Tags: "tags",
		},
	}
}

// decodeArchive reads [params.archive] over the defaults in a. Hugo's loader
// gives params lower-cased and without places; so it is decoded a second time.
func (f *file) decodeArchive(a *Archive) {
	doc := struct {
		Params struct{ Archive *Archive }
	}{}
	doc.Params.Archive = a
	// The decoder stops at a value of the wrong kind: its line is taken out and
	// the rest read, until nothing is wrong or what is left is no TOML any more.
	for data := bytes.Clone(f.data); ; {
		err := toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields().Decode(&doc)
		var missing *toml.StrictMissingError
		var bad *toml.DecodeError
		if errors.As(err, &missing) {
			for i := range missing.Errors {
				f.unknownSetting(&missing.Errors[i])
			}
			break
		}
		if !errors.As(err, &bad) || !isTOML(data) {
			break
		}
		f.addAt(diag.ConfigValue, diag.Error, f.position(bad.Position()),
			fmt.Sprintf("%s has a value of the wrong kind: %s", strings.Join(bad.Key(), "."), strings.TrimPrefix(bad.Error(), "toml: ")),
			"see docs/settings.md for what it takes")
		line, _ := bad.Position()
		if !blank(data, line) {
			break
		}
	}
	f.checkArchive(a)
}

func isTOML(data []byte) bool {
	var all map[string]any
	return toml.Unmarshal(data, &all) == nil
}

// blank empties a line, keeping the places of all others; false when it was empty.
func blank(data []byte, line int) (changed bool) {
	for i, n := 0, 1; i < len(data) && n <= line; i++ {
		switch {
		case data[i] == '\n':
			n++
		case n == line && data[i] != ' ':
			data[i], changed = ' ', true
		}
	}
	return changed
}

func (f *file) unknownSetting(e *toml.DecodeError) {
	path := e.Key()
	if len(path) < 3 || !strings.EqualFold(path[0]+"."+path[1], archiveTable) {
		return // another table: Hugo's or a template's business
	}
	parent, name := path[:len(path)-1], path[len(path)-1]
	t := reflect.TypeFor[Archive]()
	for _, part := range parent[2:] {
		if t.Kind() == reflect.Map {
			t = t.Elem()
			continue
		}
		if field, ok := t.FieldByNameFunc(func(n string) bool { return strings.EqualFold(n, part) }); ok {
			t = field.Type
		}
	}
	var names []string
	if t.Kind() == reflect.Struct {
		for i := range t.NumField() {
			names = append(names, lowerFirst(t.Field(i).Name))
		}
	}
	slices.Sort(names)
	f.addAt(diag.ConfigUnknown, diag.Error, f.position(e.Position()),
		fmt.Sprintf("[%s] has no setting %q", strings.Join(parent, "."), name),
		diag.DidYouMean(name, names, "it knows "+strings.Join(names, ", ")))
}

func (f *file) checkArchive(a *Archive) {
	f.oneOf("digits", a.Digits, "western", "arabic-indic")
	f.oneOf("months", a.Months, "dual", "levantine", "egyptian", "maghrebi", "moroccan")
	f.oneOf("rights", a.Rights, "full", "excerpt", "link")
	f.oneOf("canonical", a.Canonical, "self", "original", "noindex")
	f.between("feeditems", float64(a.FeedItems), 1, 1000)
	f.between("relatedmax", float64(a.RelatedMax), 0, 50)
	f.between("datethreshold", a.DateThreshold, 0, 1)
	names := make([]string, 0, len(a.Sources))
	for name := range a.Sources {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		s := a.Sources[name]
		at := "sources." + strings.ToLower(name) + "."
		if s.Rights != "" {
			f.oneOf(at+"rights", s.Rights, "full", "excerpt", "link")
		}
		if s.Canonical != "" {
			f.oneOf(at+"canonical", s.Canonical, "self", "original", "noindex")
		}
	}
}

func (f *file) oneOf(name, value string, allowed ...string) {
	if !slices.Contains(allowed, value) {
		f.add(diag.ConfigValue, diag.Error, archiveTable+"."+name,
			fmt.Sprintf("%s cannot be %q", name, value),
			diag.DidYouMean(value, allowed, "it is one of "+strings.Join(allowed, ", ")))
	}
}

func (f *file) between(name string, value, least, most float64) {
	if !(value >= least && value <= most) { // neither does nan
		f.add(diag.ConfigValue, diag.Error, archiveTable+"."+name,
			fmt.Sprintf("%s cannot be %v", name, value), fmt.Sprintf("it lies between %v and %v", least, most))
	}
}
