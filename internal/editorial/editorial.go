// Package editorial loads the editors' files: themes, entities, boilerplate
// markers, decisions. It turns them into plain structs, strictly: an unknown
// key, a duplicate id or an alias claimed twice is a problem with its place.
//
// It holds the editors' word as written; package match compiles it for
// matching, package assemble obeys the decisions. Without a site, Embedded
// gives the rules that ship with the program; a site without themes or without
// entities.yaml gets the embedded ones.
//
// All files are optional and lie below the content folder.
//
// themes/<slug>/_index.md is front matter (YAML between ---, TOML between +++,
// or a JSON object) above the hub's Markdown. The folder's name is the slug.
//
//	title: لجوء الأسد            # required
//	description: …
//	weight: 1                     # order among the themes, lightest first
//	aliases: [/old/path/]         # former URLs
//	match:
//	  threshold: 3                # least score of a member, default 1
//	  all: ["@bashar-al-assad"]   # every one must occur
//	  any:                        # evidence; each counts once, twice when the title has it too
//	    - حق اللجوء               # weight 1
//	    - {term: "لجوء | ملاذ", weight: 2}
//	  none: [لجوء اللاجئين]       # none may occur
//	  near:                       # both sides in one paragraph (or the title)
//	    - {a: ["@assad"], b: [لجوء, موسكو], within: 8, weight: 2}
//	facts:
//	  - {text: …, date: 2024-12-08, article: some-id}   # or url: https://…
//
// A term is a word or a phrase: its words stand side by side in this order and
// are compared as folded light stems, without و ف ب ك ل ال and common endings.
// «=لاجئا» is this form only, «a | b» is either, «@id» any spelling of an entity.
// A negative weight is counter-evidence.
//
// entities.yaml:
//
//	entities:
//	  - id: bashar-al-assad       # the tag's slug: a-z 0-9 -
//	    name: بشار الأسد
//	    kind: person              # person, place, organisation
//	    wikidata: Q44329
//	    aliases: [الرئيس الأسد]   # other names and spellings, each enough alone
//	    weak: [الأسد]             # count only where a full name or one of needs occurs
//	    needs: ["@syria"]         # entities or phrases that vouch for the weak ones
//	    unless: [حديقة الأسد]     # phrases in which a name means something else
//
// boilerplate.yaml adds to the embedded markers (markers.yaml). The kinds are
// related, teasers, inline-teaser, boilerplate, source, keywords, date, updated,
// author, photo, signoff, counter:
//
//	markers:
//	  - {kind: related, text: "إقرأ أيضا", whole: true}
//	boilerplate: ["تابعونا على"]  # or in groups: a kind and its texts
//
// decisions.yaml is the last word about single articles; what an entry does
// not say stays automatic:
//
//	decisions:
//	  - id: k3v9…                 # required, as the article's URL has it
//	    title: …
//	    date: 2024-12-09          # or 2024-12, 2024, unknown
//	    source: …
//	    themes: [russia-us]       # [] for none; tags likewise
//	    tags: [سوريا]
//	    events: [{date: 2024-12-08, sentence: …}]
//	    same_as: [id]             # one article
//	    not_same_as: [id]         # never folded together
//	    drop: true                # not published at all
//	    withdrawn: …              # a tombstone page with this reason
package editorial

import (
	"warraq/internal/archive"
	"warraq/internal/civil"
	"warraq/internal/diag"
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
	Path        string // of its _index.md, "" when embedded
	Title       string
	Description string
	Weight      int
	Match       Rules
	Facts       []archive.DraftFact
	Hub         []byte // Markdown below the front matter
	HubLine     int    // line of the file on which Hub begins
	Places      Places // of the terms and citations in its file
	Aliases     []string
	Key         archive.Hash // of the file's bytes
}

// Rules decide whether an article belongs to a theme; the package comment says
// how terms are written and compared.
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
	Within int     // words between them at most, default 8
	Weight float64 // default 1
}

// Entity is a person, a place or an organisation.
type Entity struct {
	ID       string // ASCII, the tag's slug
	Name     string
	Aliases  []string
	Weak     []string // names that count only where a full name or one of Needs occurs in the article
	Needs    []string // "@id" or phrases that vouch for the weak names
	Unless   []string // phrases in which a name means something else
	Kind     archive.TagKind
	Wikidata string
	At       diag.Position // of its entry in entities.yaml; nowhere for an embedded one
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
	ByID   map[string]Decision
	Path   string
	Places Places // of the ids in the file
}

// Places say where a file first has a text, so that what is wrong with it only in
// view of the whole archive can be said at its place.
type Places map[string]diag.Position

// Of gives the place of a text, or else only the file.
func (p Places) Of(text, file string) diag.Position {
	if at, ok := p[text]; ok && file != "" {
		return at
	}
	return diag.Position{Path: file}
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
