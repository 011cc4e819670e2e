package source

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"warraq/internal/config"
	"warraq/internal/diag"
)

// withDefaults fills the field names that settings leave empty.
func withDefaults(f config.JSONLFields) config.JSONLFields {
	for _, field := range []struct {
		name  *string
		value string
	}{
		{&f.Text, "text"}, {&f.Title, "title"}, {&f.URL, "url"}, {&f.Date, "date"},
		{&f.Source, "source"}, {&f.Author, "author"}, {&f.Tags, "tags"},
	} {
		if *field.name == "" {
			*field.name = field.value
		}
	}
	return f
}

// eachJSONL reads crawled documents, one JSON object a line. Blank lines do
// not count as records.
func eachJSONL(fsys fs.FS, name string, opts Options, yield func(Document) bool) []diag.Problem {
	file, err := fsys.Open(name)
	if err != nil {
		return []diag.Problem{unreadable(name, err)}
	}
	defer file.Close()
	fields := withDefaults(opts.JSONL)
	reader := bufio.NewReaderSize(file, 256<<10)
	var problems []diag.Problem
	record, line := int32(0), 0
	for {
		raw, err := reader.ReadBytes('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return append(problems, unreadable(name, err))
		}
		line++
		if line == 1 {
			raw = bytes.TrimPrefix(raw, []byte("\xEF\xBB\xBF"))
		}
		if trimmed := bytes.TrimSpace(raw); len(trimmed) > 0 {
			record++
			d, problem := jsonDocument(name, record, line, trimmed, fields)
			if problem != nil {
				problems = append(problems, *problem)
			} else if !yield(d) {
				return problems
			}
		}
		if err != nil {
			break
		}
	}
	if record == 0 {
		problems = append(problems, empty(name))
	}
	return problems
}

func jsonDocument(name string, record int32, line int, raw []byte, fields config.JSONLFields) (Document, *diag.Problem) {
	refuse := func(message string) *diag.Problem {
		return &diag.Problem{
			Code: diag.SourceRecord, Severity: diag.Warning,
			Position: diag.Position{Path: name, Line: line, Column: 1},
			Message:  message,
			Remedy:   "mend or remove the line; field names are set in [params.archive.jsonl]",
		}
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal(raw, &object); err != nil {
		return Document{}, refuse("the line is not a JSON object: " + err.Error())
	}
	d := Document{Path: name, Kind: JSONL, Record: record, FirstLine: line, Hash: hashOf(raw)}
	for _, field := range []struct {
		key   string
		value *string
	}{{fields.Text, &d.Text}, {fields.Title, &d.Title}, {fields.URL, &d.URL}, {fields.Date, &d.Date}} {
		value, ok := lookup(object, field.key)
		if !ok || bytes.Equal(value, []byte("null")) {
			continue
		}
		if err := json.Unmarshal(value, field.value); err != nil {
			if field.key != fields.Date {
				return Document{}, refuse(fmt.Sprintf("the field %q is not a string", field.key))
			}
			*field.value = string(value) // a date as a number of seconds or the like
		}
	}
	for _, field := range []struct {
		key  string
		into func(one string, list []string)
	}{
		{fields.Source, func(one string, list []string) { d.Site = cmp.Or(one, strings.Join(list, "، ")) }},
		{fields.Author, func(one string, list []string) { d.Author = cmp.Or(one, strings.Join(list, "، ")) }},
		{fields.Tags, func(one string, list []string) { d.TagLine, d.Tags = one, list }},
	} {
		value, ok := lookup(object, field.key)
		if !ok || bytes.Equal(value, []byte("null")) {
			continue
		}
		one, list, ok := oneOrMore(value)
		if !ok {
			// The text is worth more than what is said about it: the record stays.
			problem := refuse(fmt.Sprintf("the field %q is neither a string nor a list of strings; it is left out", field.key))
			problem.Remedy = "mend it, or name the right field in [params.archive.jsonl]"
			d.Problems = append(d.Problems, *problem)
			continue
		}
		field.into(one, list)
	}
	d.Text = newlines(strings.ToValidUTF8(d.Text, "\uFFFD"))
	if blank(d.Text) {
		return Document{}, refuse(fmt.Sprintf("the record has no text in its field %q", fields.Text))
	}
	return d, nil
}

// oneOrMore decodes a string, or a list of strings.
func oneOrMore(value json.RawMessage) (one string, list []string, ok bool) {
	if json.Unmarshal(value, &one) == nil {
		return one, nil, true
	}
	if json.Unmarshal(value, &list) == nil {
		return "", list, true
	}
	return "", nil, false
}

// lookup finds a field by a name or a dotted path («meta.url»).
func lookup(object map[string]json.RawMessage, key string) (json.RawMessage, bool) {
	if value, ok := object[key]; ok {
		return value, true
	}
	head, rest, dotted := strings.Cut(key, ".")
	if !dotted {
		return nil, false
	}
	var inner map[string]json.RawMessage
	if json.Unmarshal(object[head], &inner) != nil {
		return nil, false
	}
	return lookup(inner, rest)
}
