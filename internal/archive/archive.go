// Package archive is the model: articles, themes, tags, sources, events, their
// orders and their URLs. It holds values, not algorithms.
//
// A finished Archive is immutable: package assemble makes it, every later stage
// only reads it, from any number of goroutines. Things refer to each other by
// index into the Archive's slices, which at a million articles is a quarter of
// what pointers and strings cost.
//
// Metadata is resident; bodies are not. A body is read through Bodies, one at
// a time, when a page is written.
package archive

import (
	"warraq/internal/civil"
)

// Indices into the slices of Archive. -1 means "none" where a field says so.
type (
	ArticleIndex int32
	TagIndex     int32
	ThemeIndex   int32
	SourceIndex  int32
	EventIndex   int32
)

// Hash is a 128-bit content hash, the material of page keys.
type Hash [16]byte

// Archive is everything that is published, in its final order.
type Archive struct {
	// Articles by date, newest first, then by ID; undated ones last.
	Articles []Article
	Themes   []Theme  // by weight, then slug
	Tags     []Tag    // by Arabic collation of the name, then slug; entities among them
	Sources  []Source // by Arabic collation of the name, then slug
	Events   []Event  // oldest first, then by ID

	Pages      []StaticPage // content/pages, by slug
	Tombstones []Tombstone  // withdrawn articles, by ID
	Redirects  []Redirect   // aliases and folded copies, by From

	Undated int        // how many articles at the end of Articles have no date
	Build   civil.Date // the build day, see design §4.4 "Time"

	// On every build day from Since on and before Until the same articles are
	// published. The zero Until stands for no end.
	Since, Until civil.Date
}

// ArticleDate is when an article appeared and how that is known.
type ArticleDate struct {
	Value      civil.Date // zero when unknown
	Kind       DateKind
	Confidence float32 // 1 for stated, 0 for unknown
	Clock      int16   // minutes since midnight, -1 unknown
	Evidence   string  // the words it rests on, for editors and the provenance box
}

// DateKind says how a date is known.
type DateKind uint8

// The kinds of dates.
const (
	DateUnknown DateKind = iota
	DateInferred
	DateStated
)

// String gives the word of `inspect --json`.
func (k DateKind) String() string {
	switch k {
	case DateStated:
		return "stated"
	case DateInferred:
		return "inferred"
	}
	return "unknown"
}

// Article is one story of the archive.
type Article struct {
	ID          string // its last URL segment(s), see URL
	Title       string
	Description string // front matter's, else the start of the body; plain text, at most 200 letters
	Author      string
	Date        ArticleDate
	Modified    civil.Date  // a stated later revision; zero when none
	Source      SourceIndex // -1 none
	SourceURL   string      // http(s) only
	Language    string      // "ar" unless front matter says otherwise

	Tags      []TagIndex // keywords and front matter tags, folded to canonical tags, in source order
	Mentions  []Mention  // entities found in the text, most mentioned first
	Themes    []Membership
	Events    []EventIndex // events this article tells, oldest first
	Relations []Relation   // versions, shared wire, then related coverage, best first

	Origins  []Origin  // where it came from; the first is the kept one
	Versions []Version // near duplicates folded into this page, readable from it
	Body     BodyRef
	Words    int32 // of the body

	Rights      Rights
	Canonical   Canonical
	Facts       []Fact // of its front matter
	Corrections []Correction
	Draft       bool // shown because the build asked for drafts
	Future      bool // dated after the build day, shown because the build asked for it
	Aliases     []string
	Images      []Image
	Key         Hash // of everything above that is the article's own, body bytes included
}

// Mention counts an entity in one article's text.
type Mention struct {
	Tag   TagIndex
	Count int32
}

// Membership of an article in a theme.
type Membership struct {
	Theme    ThemeIndex
	Position int32 // index into the theme's Articles: its neighbours are previous and next
	Score    float32
	Evidence []string // the terms that matched, as an editor wants to see them
}

// RelationKind orders relations by closeness.
type RelationKind uint8

// The kinds of relations.
const (
	SharedWire RelationKind = iota // the same agency paragraphs with own reporting, containment 0.5–0.8
	VersionOf                      // near duplicate kept apart by an editor's decision
	Related                        // rare tags and entities, theme, date distance
)

// String gives the word of `inspect --json`.
func (k RelationKind) String() string {
	switch k {
	case SharedWire:
		return "shared-wire"
	case VersionOf:
		return "version"
	}
	return "related"
}

// Relation links one article to another.
type Relation struct {
	Kind        RelationKind
	Article     ArticleIndex
	Containment float32 // share of the smaller text's 3-shingles found in the other; 0 for Related
}

// Version is a near duplicate that has no page of its own.
type Version struct {
	ID          string // its own id, which redirects here
	Title       string
	Date        ArticleDate
	Source      SourceIndex
	Origin      Origin
	Containment float32 // 1 for an exact copy
	Body        BodyRef
}

// Tag is a keyword or an entity under its canonical name.
type Tag struct {
	Slug     string
	Name     string
	Kind     TagKind
	Aliases  []string       // other spellings, sorted
	Wikidata string         // "Q7747" or ""
	Articles []ArticleIndex // tagged with or mentioning it, in archive order
}

// TagKind tells keywords from the kinds of entities.
type TagKind uint8

// The kinds of tags.
const (
	Keyword TagKind = iota
	Person
	Place
	Organisation
)

// String gives the word of `inspect --json` and of entities.yaml.
func (k TagKind) String() string {
	switch k {
	case Person:
		return "person"
	case Place:
		return "place"
	case Organisation:
		return "organisation"
	}
	return "keyword"
}

// Theme is an editor-defined subject.
type Theme struct {
	Slug        string
	Title       string
	Description string
	Weight      int32
	Facts       []Fact
	Hub         string         // Markdown of its _index.md
	Articles    []ArticleIndex // in archive order
	Events      []EventIndex   // oldest first
	Aliases     []string
	Key         Hash // of its _index.md
}

// Fact is one line of a theme's or an article's "what we know", each cited.
type Fact struct {
	Text    string
	Date    civil.Date
	Article ArticleIndex // -1 when it cites no article of the archive
	URL     string       // else its outside source
}

// Source is an outlet.
type Source struct {
	Slug     string
	Name     string
	URL      string
	Aliases  []string
	Articles []ArticleIndex // in archive order
	Copies   int32          // how many origins were folded into other articles
}

// Event is what happened on a date, told by one article or several.
type Event struct {
	ID         string // anchor: the date and a few letters of a hash of its content
	Date       civil.Date
	Kind       DateKind // inherits the kind of the article date it was resolved against
	Confidence float32
	Sentence   string    // the clearest of its tellings
	Evidence   string    // the date's words in that sentence, and the anchor they were resolved against
	Tellings   []Telling // by article order
	Themes     []ThemeIndex
	Sources    int32 // independent sources: distinct outlets, copies not counted
}

// Telling is one article's sentence about an event.
type Telling struct {
	Article  ArticleIndex
	Sentence string
	Evidence string
}

// Origin is a place in the content that an article was read from.
type Origin struct {
	Path    string // relative to the content folder, or as given to inspect
	Line    int32  // of its title, from 1
	Ordinal int32  // 1 for the first article of the file
	Role    Role
	Stated  string // source name as the origin gives it
}

// Role of an article inside its source file.
type Role uint8

// The roles.
const (
	Main           Role = iota // the article the clipping was saved for
	RelatedArticle             // complete article appended to it
	Markdown                   // an article file of its own
)

// String gives the word of `inspect --json`.
func (r Role) String() string {
	switch r {
	case RelatedArticle:
		return "related"
	case Markdown:
		return "markdown"
	}
	return "main"
}

// Rights is how much of a source's text may be shown.
type Rights uint8

// The rights.
const (
	FullText Rights = iota
	Excerpt
	LinkOnly
)

// Canonical is what a page tells search engines about the original.
type Canonical uint8

// The canonical policies.
const (
	CanonicalSelf Canonical = iota
	CanonicalOriginal
	NoIndex
)

// Correction is a dated note by the editors.
type Correction struct {
	Date civil.Date
	Text string
}

// Image of a page bundle.
type Image struct {
	Path          string // relative to the content folder
	Name          string // as the article refers to it
	Width, Height int32
	Alt           string
	Hash          Hash
}

// StaticPage is a page of content/pages.
type StaticPage struct {
	Slug        string
	Title       string
	Description string
	Markdown    string
	Key         Hash
	Path        string // source
}

// Tombstone stands where a withdrawn article was.
type Tombstone struct {
	ID     string
	Title  string
	Reason string
	Date   civil.Date
	Key    Hash
}

// Redirect sends an old URL path to a page. Both begin and end with "/".
type Redirect struct {
	From, To string
	Origin   string // the file that asked for it
}
