// Package editorial loads the editors' files: themes, entities, boilerplate
// markers, decisions. It turns content/themes/*/_index.md, entities.yaml,
// boilerplate.yaml and decisions.yaml into plain structs, strictly: an unknown
// key, a duplicate id or an alias claimed twice is a problem with its line.
//
// It holds the editors' word as written; package match compiles it for
// matching, package assemble obeys the decisions. Without a site, Embedded
// gives the rules that ship with the program.
package editorial

import (
	"warraq/internal/archive"
	"warraq/internal/civil"
)

// Editorial is everything the editors said outside articles.
type Editorial struct {
	Themes    []Theme
	Entities  []Entity
	Markers   []Marker // embedded ones and those of boilerplate.yaml
	Decisions Decisions
	Key       archive.Hash // of all that extraction depends on: themes' rules, entities, markers
}

// Theme is one content/themes/<slug>/_index.md.
type Theme struct {
	Slug        string
	Path        string // of its _index.md
	Title       string
	Description string
	Weight      int
	Match       Rules
	Facts       []archive.DraftFact
	Hub         []byte // Markdown below the front matter
	HubLine     int    // line of the file on which Hub begins
	Aliases     []string
	Key         archive.Hash // of the file's bytes
}

// Rules decide whether an article belongs to a theme. Terms are words or
// phrases, compared after folding and light stemming.
type Rules struct {
	All       []string // every one must occur
	Any       []Term   // evidence, weighted
	None      []string // none may occur
	Near      []Near   // pairs that must stand close together, weighted
	Threshold float64  // least score; default 1
}

// Term is weighted evidence.
type Term struct {
	Text   string
	Weight float64 // default 1
}

// Near is evidence from words of two groups at most Within words apart.
type Near struct {
	A, B   []string
	Within int // words, default 8
	Weight float64
}

// Entity is a person, a place or an organisation.
type Entity struct {
	ID       string // ASCII, the tag's slug
	Name     string
	Aliases  []string
	Kind     archive.TagKind
	Wikidata string
	Line     int // in entities.yaml
}

// MarkerKind says what a marker line means for a clipping.
type MarkerKind uint8

// The kinds of markers.
const (
	RelatedBegins MarkerKind = iota // «إقرأ أيضاً:»: a complete related article follows
	TeasersBegin                    // «قراءة المزيد»: truncated leads follow
	InlineTeaser                    // «أخبار قد تهمك»: titles with dates glued to a paragraph
	Boilerplate                     // «تابع أحدث الأخبار عبر تطبيق»: the line itself goes
	SourceLabel                     // «المصدر:»
	KeywordsLabel                   // «كلمات دلالية:»
	DateLabel                       // «تاريخ النشر:»
	UpdatedLabel                    // «آخر تحديث:»
	AuthorLabel                     // «بقلم:», «كتب:»
	PhotoCredit                     // «(رويترز)», «الصورة:»
	SignOff                         // agency initials at the end of a text
	Counter                         // «٣ دقائق قراءة», «١٢٣ مشاهدة»
)

// Marker is a phrase outlets put around articles; compared after folding.
type Marker struct {
	Kind   MarkerKind
	Text   string
	Whole  bool   // the whole line; otherwise its beginning
	Origin string // "embedded" or path:line
}

// Decisions is content/decisions.yaml.
type Decisions struct {
	ByID map[string]Decision
	Path string
}

// Decision overrides what the program decided for one article. A nil field
// leaves the automatic decision.
type Decision struct {
	ID        string
	Line      int
	Title     *string
	Date      *civil.Date
	Source    *string
	Themes    *[]string
	Tags      *[]string
	Events    *[]DecidedEvent // replaces the article's events
	SameAs    []string        // ids: one article
	NotSameAs []string        // ids: never folded together
	Drop      bool            // not published, no trace
	Withdrawn string          // reason: a tombstone page
}

// DecidedEvent is an event in the editor's words.
type DecidedEvent struct {
	Date     civil.Date
	Sentence string
}
