package dates

import "errors"

// ErrNone says that a text holds no date.
var ErrNone = errors.New("dates: no date")

// Find gives the date phrases of running text, in order, not overlapping.
func Find(text string) []Match { return AppendMatches(nil, text) }

// AppendMatches appends the date phrases of text to dst.
func AppendMatches(dst []Match, text string) []Match { return dst }

// Parse reads a labelled date line, or a machine's date.
func Parse(s string) (Phrase, error) { return Phrase{}, ErrNone }
