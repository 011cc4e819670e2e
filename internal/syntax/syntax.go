// Package syntax reads YAML, JSON and TOML into one shape that keeps the place of
// every key and value. Decoding into structs loses places, and a problem without
// its line and column leaves an editor searching.
//
// Texts are UTF-8 with newlines "\n". It is strict where looseness would be a trap: anchors, tags and second
// documents of YAML are errors, and so is nesting deeper than any of our formats.
package syntax

import "fmt"

// Kind of a value.
type Kind uint8

// The kinds.
const (
	Nothing Kind = iota // null, or an empty file
	Scalar
	List
	Mapping
)

// String names the kind as a message does.
func (k Kind) String() string {
	return [...]string{"nothing", "one value", "a list", "a table of keys"}[k]
}

// Value is one value with its place.
type Value struct {
	Kind         Kind
	Text         string // of a scalar, unquoted
	Quoted       bool   // a scalar in quotes: never a number or a truth value
	Items        []Value
	Fields       []Field // in file order; a key may stand twice
	Line, Column int     // from 1, columns in characters
}

// Field is a key of a mapping and its value.
type Field struct {
	Key          string
	Line, Column int // of the key
	Value        Value
}

// Error is what keeps a text from being read at all.
type Error struct {
	Line, Column int
	Message      string
}

func (e *Error) Error() string {
	return fmt.Sprintf("%d:%d: %s", e.Line, e.Column, e.Message)
}
