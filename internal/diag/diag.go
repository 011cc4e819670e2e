// Package diag holds problems: what the program tells an editor about the
// content, the configuration or a source. A problem is a fact and its remedy,
// with a stable code, a place (file, line, column in characters, both counted
// from 1) and the line it speaks of.
//
// Stages return or collect problems; they never print. The cli prints all
// problems of a run together, sorted by place, so that output does not depend
// on the order in which workers finished. An error cannot be silenced: a run
// with one writes nothing. A warning asks an editor to look and names the
// decision that settles it; an automatic decision is info.
package diag

import (
	"cmp"
	"fmt"
	"slices"
	"sync"
)

// Severity of a problem.
type Severity uint8

// The severities, mildest first.
const (
	Info Severity = iota
	Warning
	Error
)

// String gives "info", "warning" or "error".
func (s Severity) String() string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	}
	return "info"
}

// Code names a kind of problem for ever, like "front-matter-unclosed". Every
// code is declared in a codes_*.go file of this package, beside the longer
// text that `warraq explain CODE` prints.
type Code string

// Position is a place in a file. Path is slash-separated and relative to the
// site's root (or as the user gave it, outside a site). Line and Column count
// from 1, Column in characters; zero means "the whole file".
type Position struct {
	Path   string
	Line   int
	Column int
}

// String writes path:line:column without the parts that are not known.
func (p Position) String() string {
	switch {
	case p.Path == "":
		return ""
	case p.Line == 0:
		return p.Path
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", p.Path, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.Path, p.Line, p.Column)
}

// Problem is one diagnostic.
type Problem struct {
	Code     Code
	Severity Severity
	Position
	Excerpt string // the line of the source at Position, as ExcerptOf gives it; may be empty
	Message string // the fact, one sentence, no full stop needed
	Remedy  string // what to do about it
}

// Error makes a Problem usable as an error: "path:1:2: message (remedy)".
func (p Problem) Error() string {
	s := p.Message
	if at := p.Position.String(); at != "" {
		s = at + ": " + s
	}
	if p.Remedy != "" {
		s += " (" + p.Remedy + ")"
	}
	return s
}

// List collects problems from many goroutines.
type List struct {
	mu       sync.Mutex
	problems []Problem
}

// Add records problems.
func (l *List) Add(problems ...Problem) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.problems = append(l.problems, problems...)
}

// Sorted returns a copy of all problems in their printing order, equal ones once.
func (l *List) Sorted() []Problem {
	l.mu.Lock()
	defer l.mu.Unlock()
	out := slices.Clone(l.problems)
	slices.SortFunc(out, Compare)
	return slices.Compact(out)
}

// Compare orders problems by place, then by severity (gravest first), code and text.
func Compare(a, b Problem) int {
	return cmp.Or(
		cmp.Compare(a.Path, b.Path),
		cmp.Compare(a.Line, b.Line),
		cmp.Compare(a.Column, b.Column),
		cmp.Compare(b.Severity, a.Severity),
		cmp.Compare(a.Code, b.Code),
		cmp.Compare(a.Message, b.Message),
		cmp.Compare(a.Remedy, b.Remedy),
		cmp.Compare(a.Excerpt, b.Excerpt),
	)
}
