package syntax

import (
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// ParseYAML reads one YAML document. JSON is YAML, so JSON front matter comes
// through here too. Anchors and merges are refused: nobody expects them in a
// list of names, and expanding them could make a small file huge.
func ParseYAML(text []byte) (Value, error) {
	if err := CheckNesting(text); err != nil {
		return Value{}, err
	}
	file, err := parser.ParseBytes(text, 0)
	if err != nil {
		if e, ok := err.(yaml.Error); ok && e.GetToken() != nil && e.GetToken().Position != nil {
			at := e.GetToken().Position
			return Value{}, &Error{at.Line, at.Column, firstLine(e.GetMessage())}
		}
		return Value{}, &Error{1, 1, firstLine(err.Error())}
	}
	switch {
	case len(file.Docs) == 0 || file.Docs[0].Body == nil:
		return Value{Line: 1, Column: 1}, nil
	case len(file.Docs) > 1 && file.Docs[1].Body != nil:
		at := file.Docs[1].Body.GetToken().Position
		return Value{}, &Error{at.Line, at.Column, "a second YAML document begins here"}
	}
	return yamlValue(file.Docs[0].Body, 0)
}

// maxOpen is how many brackets may be open at once. It lies far above maxDepth,
// because brackets in quotes and plain text are counted too.
const maxOpen = 2000

// CheckNesting refuses YAML that opens brackets, or lists in lists on a line,
// without end. The parser takes a time that grows with the square of their
// number: a line of 200 KB holds it for minutes. The error is an *Error.
func CheckNesting(text []byte) error {
	open, line, start := 0, 1, 0
	dashes, leading := 0, true // marks of lists at the beginning of the line
	for i, c := range text {
		if leading && c == ' ' && i > start && text[i-1] == '-' {
			dashes++
		}
		leading = leading && (c == '-' || c == ' ')
		switch c {
		case '\n':
			line, start, dashes, leading = line+1, i+1, 0, true
		case '[', '{':
			open++
		case ']', '}':
			open = max(open-1, 0)
		}
		if open > maxOpen || dashes > maxOpen {
			return &Error{line, 1 + utf8.RuneCount(text[start:i]), "nested too deeply"}
		}
	}
	return nil
}

// maxDepth bounds the nesting of a file; our formats need five levels.
const maxDepth = 20

func yamlValue(node ast.Node, depth int) (Value, error) {
	v := Value{Line: 1, Column: 1}
	if node == nil {
		return v, nil
	}
	if at := node.GetToken().Position; at != nil {
		v.Line, v.Column = at.Line, at.Column
	}
	if depth > maxDepth {
		return v, &Error{v.Line, v.Column, "nested too deeply"}
	}
	switch n := node.(type) {
	case *ast.NullNode:
	case *ast.MappingNode:
		v.Kind = Mapping
		for _, pair := range n.Values {
			f, err := yamlField(pair, depth)
			if err != nil {
				return v, err
			}
			v.Fields = append(v.Fields, f)
		}
		if len(v.Fields) > 0 && !n.IsFlowStyle {
			v.Line, v.Column = v.Fields[0].Line, v.Fields[0].Column
		}
	case *ast.MappingValueNode:
		v.Kind = Mapping
		f, err := yamlField(n, depth)
		if err != nil {
			return v, err
		}
		v.Fields, v.Line, v.Column = []Field{f}, f.Line, f.Column
	case *ast.SequenceNode:
		v.Kind = List
		for _, item := range n.Values {
			w, err := yamlValue(item, depth+1)
			if err != nil {
				return v, err
			}
			v.Items = append(v.Items, w)
		}
	case *ast.LiteralNode:
		v.Kind, v.Text, v.Quoted = Scalar, n.Value.Value, true
	case *ast.StringNode:
		v.Kind, v.Text = Scalar, n.Value
		v.Quoted = strings.HasPrefix(strings.TrimSpace(n.Token.Origin), `"`) || strings.HasPrefix(strings.TrimSpace(n.Token.Origin), "'")
	case *ast.AnchorNode, *ast.AliasNode, *ast.MergeKeyNode, *ast.TagNode:
		return v, &Error{v.Line, v.Column, "anchors, aliases and tags are not supported"}
	default: // numbers and booleans keep the words of the file
		v.Kind, v.Text = Scalar, node.GetToken().Value
	}
	return v, nil
}

func yamlField(pair *ast.MappingValueNode, depth int) (Field, error) {
	f := Field{Line: 1, Column: 1}
	if at := pair.Key.GetToken().Position; at != nil {
		f.Line, f.Column = at.Line, at.Column
	}
	key, err := yamlValue(pair.Key, depth+1)
	if err != nil {
		return f, err
	}
	if key.Kind != Scalar {
		return f, &Error{f.Line, f.Column, "a key must be one word"}
	}
	f.Key = key.Text
	f.Value, err = yamlValue(pair.Value, depth+1)
	if f.Value.Kind == Nothing {
		f.Value.Line, f.Value.Column = f.Line, f.Column
	}
	return f, err
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return s
}
