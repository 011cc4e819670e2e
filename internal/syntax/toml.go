package syntax

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// ParseTOML reads a TOML document. The decoder checks it whole first, so that
// the walk below, which is after places, meets only what is valid.
func ParseTOML(text []byte) (Value, error) {
	var whole map[string]any
	if err := toml.Unmarshal(text, &whole); err != nil {
		if e, ok := errors.AsType[*toml.DecodeError](err); ok {
			row, column := e.Position()
			return Value{}, &Error{row, columnOf(text, row, column), strings.TrimPrefix(e.Error(), "toml: ")}
		}
		return Value{}, &Error{1, 1, err.Error()}
	}
	w := tomlWalk{text: text, root: &Value{Kind: Mapping, Line: 1, Column: 1}, lines: lineStarts(text)}
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
		return Value{}, &Error{1, 1, err.Error()}
	}
	return *w.root, nil
}

type tomlWalk struct {
	text   []byte
	parser unstable.Parser
	root   *Value
	lines  []int // offsets of the lines
}

// lineStarts gives the offset of each line.
func lineStarts(text []byte) []int {
	starts := []int{0}
	for i, c := range text {
		if c == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}

// columnOf turns a byte column of a line, as go-toml counts, into characters.
func columnOf(text []byte, line, column int) int {
	starts := lineStarts(text)
	if line < 1 || line > len(starts) {
		return 1
	}
	rest := text[starts[line-1]:]
	return 1 + utf8.RuneCount(rest[:min(max(column-1, 0), len(rest))])
}

// place turns a byte offset into a line and a column in characters.
func (w *tomlWalk) place(offset uint32) (line, col int) {
	at := min(int(offset), len(w.text))
	line, found := slices.BinarySearch(w.lines, at)
	if found {
		line++
	}
	return line, 1 + utf8.RuneCount(w.text[w.lines[line-1]:at])
}

// descend walks a dotted key from table, making tables on the way; the last
// part of an array table gets a new item.
func (w *tomlWalk) descend(table *Value, key unstable.Iterator, array bool) *Value {
	for key.Next() {
		part := key.Node()
		line, col := w.place(part.Raw.Offset)
		next := table.child(string(part.Data), line, col)
		switch {
		case array && key.IsLast():
			next.Kind = List
			next.Items = append(next.Items, Value{Kind: Mapping, Line: line, Column: col})
			next = &next.Items[len(next.Items)-1]
		case next.Kind == List && len(next.Items) > 0:
			next = &next.Items[len(next.Items)-1]
		default:
			next.Kind = Mapping
		}
		table = next
	}
	return table
}

// child returns the field's value, adding it when it is not there.
func (v *Value) child(key string, line, col int) *Value {
	for i := range v.Fields {
		if v.Fields[i].Key == key {
			return &v.Fields[i].Value
		}
	}
	v.Fields = append(v.Fields, Field{Key: key, Line: line, Column: col, Value: Value{Line: line, Column: col}})
	return &v.Fields[len(v.Fields)-1].Value
}

func (w *tomlWalk) keyValue(table *Value, node *unstable.Node) {
	parts := node.Key()
	var path []*unstable.Node
	for parts.Next() {
		path = append(path, parts.Node())
	}
	for i, part := range path {
		line, col := w.place(part.Raw.Offset)
		table = table.child(string(part.Data), line, col)
		if i < len(path)-1 {
			table.Kind = Mapping
		}
	}
	w.fill(table, node.Value())
}

func (w *tomlWalk) fill(v *Value, node *unstable.Node) {
	if node.Raw.Length > 0 {
		v.Line, v.Column = w.place(node.Raw.Offset)
	}
	switch node.Kind {
	case unstable.Array:
		v.Kind = List
		for it := node.Children(); it.Next(); {
			item := Value{Line: v.Line, Column: v.Column}
			w.fill(&item, it.Node())
			v.Items = append(v.Items, item)
		}
	case unstable.InlineTable:
		v.Kind = Mapping
		for it := node.Children(); it.Next(); {
			w.keyValue(v, it.Node())
		}
	case unstable.String:
		v.Kind, v.Text, v.Quoted = Scalar, string(node.Data), true
	default:
		v.Kind, v.Text = Scalar, string(node.Data)
	}
}
