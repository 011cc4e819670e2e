// Package dateparser stands in for github.com/markusmobius/go-dateparser,
// which go-trafilatura needs to compile and this program never calls: dates
// are read by internal/dates. The real package builds tables at start-up that
// cost every command 120 ms and 80 MB; this one has the same types and finds
// nothing. go.mod replaces the one by the other.
package dateparser

import (
	"errors"

	"github.com/markusmobius/go-dateparser/date"
)

// ParserType mirrors the original.
type ParserType uint8

// The parser types that go-htmldate names.
const (
	Timestamp ParserType = iota
	CustomFormat
	RelativeTime
	AbsoluteTime
)

// PreferredDateSource mirrors the original.
type PreferredDateSource uint8

// The sources that go-htmldate names.
const (
	CurrentPeriod PreferredDateSource = iota
	Past
	Future
)

// Configuration mirrors the original; its fields have no effect.
type Configuration struct {
	PreferredDateSource PreferredDateSource
	StrictParsing       bool
}

// Parser mirrors the original.
type Parser struct {
	ParserTypes []ParserType
}

// Parse finds nothing.
func (p *Parser) Parse(_ *Configuration, _ string, _ ...string) (date.Date, error) {
	return date.Date{}, errors.New("dateparser: left out of this program")
}
