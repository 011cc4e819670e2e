package editorial

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// kind of a value in an editors' file.
type kind uint8

const (
	nothing kind = iota // null, or an empty file
	scalar
	list
	mapping
)

func (k kind) String() string {
	return [...]string{"nothing", "one value", "a list", "a table of keys"}[k]
}

// value is one value of a YAML or TOML file with its place. Both formats are
// read into this one shape, because what checks them needs lines and columns,
// which decoding into structs loses.
type value struct {
	kind      kind
	text      string // of a scalar, unquoted
	quoted    bool   // a scalar in quotes: never a number or "unknown"
	items     []value
	fields    []field // in file order
	line, col int     // from 1, columns in characters
}

type field struct {
	key       string
	line, col int
	value     value
}

// syntaxError is what keeps a file from being read at all.
type syntaxError struct {
	line, col int
	message   string
}

func (e *syntaxError) Error() string {
	return fmt.Sprintf("%d:%d: %s", e.line, e.col, e.message)
}

// parseYAML reads one YAML document. JSON is YAML, so JSON front matter comes
// through here too. Anchors and merges are refused: nobody expects them in a
// list of names, and expanding them could make a small file huge.
func parseYAML(text []byte) (value, error) {
	file, err := parser.ParseBytes(text, 0)
	if err != nil {
		if e, ok := err.(yaml.Error); ok && e.GetToken() != nil && e.GetToken().Position != nil {
			at := e.GetToken().Position
			return value{}, &syntaxError{at.Line, at.Column, firstLine(e.GetMessage())}
		}
		return value{}, &syntaxError{1, 1, firstLine(err.Error())}
	}
	switch {
	case len(file.Docs) == 0 || file.Docs[0].Body == nil:
		return value{line: 1, col: 1}, nil
	case len(file.Docs) > 1 && file.Docs[1].Body != nil:
		at := file.Docs[1].Body.GetToken().Position
		return value{}, &syntaxError{at.Line, at.Column, "a second YAML document begins here"}
	}
	return yamlValue(file.Docs[0].Body, 0)
}

// maxDepth bounds the nesting of a file; our formats need five levels.
const maxDepth = 20

func yamlValue(node ast.Node, depth int) (value, error) {
	v := value{line: 1, col: 1}
	if node == nil {
		return v, nil
	}
	if at := node.GetToken().Position; at != nil {
		v.line, v.col = at.Line, at.Column
	}
	if depth > maxDepth {
		return v, &syntaxError{v.line, v.col, "nested too deeply"}
	}
	switch n := node.(type) {
	case *ast.NullNode:
	case *ast.MappingNode:
		v.kind = mapping
		for _, pair := range n.Values {
			f, err := yamlField(pair, depth)
			if err != nil {
				return v, err
			}
			v.fields = append(v.fields, f)
		}
		if len(v.fields) > 0 && !n.IsFlowStyle {
			v.line, v.col = v.fields[0].line, v.fields[0].col
		}
	case *ast.MappingValueNode:
		v.kind = mapping
		f, err := yamlField(n, depth)
		if err != nil {
			return v, err
		}
		v.fields, v.line, v.col = []field{f}, f.line, f.col
	case *ast.SequenceNode:
		v.kind = list
		for _, item := range n.Values {
			w, err := yamlValue(item, depth+1)
			if err != nil {
				return v, err
			}
			v.items = append(v.items, w)
		}
	case *ast.LiteralNode:
		v.kind, v.text, v.quoted = scalar, n.Value.Value, true
	case *ast.StringNode:
		v.kind, v.text = scalar, n.Value
		v.quoted = strings.HasPrefix(strings.TrimSpace(n.Token.Origin), `"`) || strings.HasPrefix(strings.TrimSpace(n.Token.Origin), "'")
	case *ast.AnchorNode, *ast.AliasNode, *ast.MergeKeyNode, *ast.TagNode:
		return v, &syntaxError{v.line, v.col, "anchors, aliases and tags are not supported"}
	default: // numbers and booleans keep the words of the file
		v.kind, v.text = scalar, node.GetToken().Value
	}
	return v, nil
}

func yamlField(pair *ast.MappingValueNode, depth int) (field, error) {
	f := field{line: 1, col: 1}
	if at := pair.Key.GetToken().Position; at != nil {
		f.line, f.col = at.Line, at.Column
	}
	key, err := yamlValue(pair.Key, depth+1)
	if err != nil {
		return f, err
	}
	if key.kind != scalar {
		return f, &syntaxError{f.line, f.col, "a key must be one word"}
	}
	f.key = key.text
	f.value, err = yamlValue(pair.Value, depth+1)
	if f.value.kind == nothing {
		f.value.line, f.value.col = f.line, f.col
	}
	return f, err
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return s
}
