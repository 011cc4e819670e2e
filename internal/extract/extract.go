// Package extract turns a raw document into the articles it holds.
//
// A Markdown article is one draft. A clipping is a scraped page: its main
// article, often complete related articles appended to it, teasers of others,
// repeats, and the phrases that outlets put around texts. Extraction finds the
// articles and accounts for the rest: every non-space character of a clipping
// is in exactly one Span, which is a field or a paragraph of one article, or
// dropped with the reason why.
//
// Evidence, not layout, decides: markers say where other articles may begin,
// and the texts themselves (does a lead tell what its title says, does a
// paragraph go on where the one before stopped, is a text cut short) say
// whether they do. What is doubtful stays in the article that it stands in.
package extract

import (
	"warraq/internal/archive"
	"warraq/internal/diag"
	"warraq/internal/editorial"
	"warraq/internal/match"
	"warraq/internal/source"
)

// Version enters the key of every draft: a new one empties caches. Raise it
// whenever the same source would give another draft.
const Version = 3

// Extractor finds articles. It is immutable and safe for concurrent use.
type Extractor struct {
	matcher *match.Matcher
	markers markerTable
	sources source.Options
}

// Options of extraction.
type Options struct {
	Source source.Options // how sources are read, for reading bodies back
}

// New prepares an extractor for the editors' markers and rules.
func New(ed *editorial.Editorial, m *match.Matcher, o Options) *Extractor {
	return &Extractor{matcher: m, markers: compileMarkers(ed.Markers), sources: o.Source}
}

// Result is everything that one document gave.
type Result struct {
	Drafts   []archive.Draft
	Texts    []Text // of the drafts, by the same index
	Dropped  []Dropped
	Spans    []Span // by Start; together they hold every non-space character of Document.Text of a clipping
	Problems []diag.Problem
}

// Text is the body of a draft, as Bodies will give it later, with places.
type Text struct {
	Paragraphs []Paragraph
}

// Paragraph is one cleaned paragraph.
type Paragraph struct {
	Text string
	At   archive.TextPos
}

// Dropped is text of a clipping that is in no article.
type Dropped struct {
	Text string // as in the source
	At   archive.TextPos
	Why  Why
}

// Why says why text was dropped.
type Why uint8

// The reasons.
const (
	NotDropped       Why = iota
	Marker               // begins a block of other articles
	BoilerplateText      // phrase of the outlet: promotion, credit, counter, sign-off
	Teaser               // title or cut lead of an article that is not here
	Repeated             // said before in the same article
	InlineTeaserText     // teaser inside the text of an article
	ControlText          // invisible character, tag, script
)

// String gives the word of `inspect --json`.
func (w Why) String() string {
	switch w {
	case Marker:
		return "marker"
	case BoilerplateText:
		return "boilerplate"
	case Teaser:
		return "teaser"
	case Repeated:
		return "repeated"
	case InlineTeaserText:
		return "inline-teaser"
	case ControlText:
		return "control"
	}
	return ""
}

// Field says what a span of an article is.
type Field uint8

// The fields.
const (
	NoField Field = iota // dropped
	TitleField
	BodyField
	SourceField
	KeywordsField
	DateField
	ModifiedField
	AuthorField
)

// String names a field for people.
func (f Field) String() string {
	switch f {
	case TitleField:
		return "title"
	case BodyField:
		return "body"
	case SourceField:
		return "source"
	case KeywordsField:
		return "keywords"
	case DateField:
		return "date"
	case ModifiedField:
		return "modified"
	case AuthorField:
		return "author"
	}
	return ""
}

// Span is a byte range of Document.Text and what became of it.
type Span struct {
	Start, End int
	Draft      int // index into Result.Drafts, -1 dropped
	Field      Field
	Why        Why
}
