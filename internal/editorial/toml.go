package editorial

import (
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// parseTOML reads a TOML document. The decoder checks it whole first, so that
// the walk below, which is after places, meets only what is valid.
func parseTOML(text []byte) (value, error) {
	var whole map[string]any
	if err := toml.Unmarshal(text, &whole); err != nil {
		if e, ok := errors.AsType[*toml.DecodeError](err); ok {
			row, col := e.Position()
			return value{}, &syntaxError{row, col, strings.TrimPrefix(e.Error(), "toml: ")}
		}
		return value{}, &syntaxError{1, 1, err.Error()}
	}
	w := tomlWalk{text: text, root: &value{kind: mapping, line: 1, col: 1}}
	w.parser.Reset(text)
	table := w.root
	for w.parser.NextExpression() {
		node := w.parser.Expression()
		switch node.Kind {
		case unstable.Table:
			table = w.descend(w.root, node.Key(), false)
		case unstable.ArrayTable:
			table = w.descend(w.root, node.Key(), true)
		case unstable.KeyValue:
			w.keyValue(table, node)
		}
	}
	if err := w.parser.Error(); err != nil {
		return value{}, &syntaxError{1, 1, err.Error()}
	}
	return *w.root, nil
}

type tomlWalk struct {
	text   []byte
	parser unstable.Parser
	root   *value
}

// place turns a byte offset into a line and a column in characters.
func (w *tomlWalk) place(offset uint32) (line, col int) {
	before := w.text[:min(int(offset), len(w.text))]
	line = 1 + strings.Count(string(before), "\n")
	last := strings.LastIndexByte(string(before), '\n')
	return line, 1 + utf8.RuneCount(before[last+1:])
}

// descend walks a dotted key from table, making tables on the way; the last
// part of an array table gets a new item.
func (w *tomlWalk) descend(table *value, key unstable.Iterator, array bool) *value {
	for key.Next() {
		part := key.Node()
		line, col := w.place(part.Raw.Offset)
		next := table.child(string(part.Data), line, col)
		switch {
		case array && key.IsLast():
			next.kind = list
			next.items = append(next.items, value{kind: mapping, line: line, col: col})
			next = &next.items[len(next.items)-1]
		case next.kind == list && len(next.items) > 0:
			next = &next.items[len(next.items)-1]
		default:
			next.kind = mapping
		}
		table = next
	}
	return table
}

// child returns the field's value, adding it when it is not there.
func (v *value) child(key string, line, col int) *value {
	for i := range v.fields {
		if v.fields[i].key == key {
			return &v.fields[i].value
		}
	}
	v.fields = append(v.fields, field{key: key, line: line, col: col, value: value{line: line, col: col}})
	return &v.fields[len(v.fields)-1].value
}

func (w *tomlWalk) keyValue(table *value, node *unstable.Node) {
	parts := node.Key()
	var path []*unstable.Node
	for parts.Next() {
		path = append(path, parts.Node())
	}
	for i, part := range path {
		line, col := w.place(part.Raw.Offset)
		table = table.child(string(part.Data), line, col)
		if i < len(path)-1 {
			table.kind = mapping
		}
	}
	w.fill(table, node.Value())
}

func (w *tomlWalk) fill(v *value, node *unstable.Node) {
	if node.Raw.Length > 0 {
		v.line, v.col = w.place(node.Raw.Offset)
	}
	switch node.Kind {
	case unstable.Array:
		v.kind = list
		for it := node.Children(); it.Next(); {
			item := value{line: v.line, col: v.col}
			w.fill(&item, it.Node())
			v.items = append(v.items, item)
		}
	case unstable.InlineTable:
		v.kind = mapping
		for it := node.Children(); it.Next(); {
			w.keyValue(v, it.Node())
		}
	case unstable.String:
		v.kind, v.text, v.quoted = scalar, string(node.Data), true
	default:
		v.kind, v.text = scalar, string(node.Data)
	}
}
