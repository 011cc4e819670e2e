package archive

import (
	"warraq/internal/civil"
	"warraq/internal/dates"
)

// Draft is one article as extracted from one source document: everything that
// can be known from that document alone. Extraction makes drafts, a cache keeps
// them, assemble turns them into articles. A draft carries no body, only where
// it is (Body) and what was measured on it.
type Draft struct {
	Origin      Origin
	ID          string // explicit id of the front matter, "" to compute (AutoID)
	AutoID      string // content hash id for clippings, path id for Markdown
	Title       string
	TitleAt     TextPos
	Description string
	Lead        string // start of the body, plain, at most 200 letters: the description when none is given
	Author      string
	Language    string

	// Published are the date phrases that state the article's own date, best
	// first (a date label, a dateline); Modified those of «آخر تحديث».
	Published []DatePhrase
	Modified  []DatePhrase
	// Relative are anchors that cannot state a date but narrow it: «اليوم
	// الاثنين» in the lead, an event with its day, a teaser's date nearby.
	Relative []DatePhrase

	SourceName string
	SourceURL  string

	Keywords []string     // as written, separators already applied where the source had them
	Runs     []string     // keyword lines that lost their separators
	Segments []string     // the keywords found in Runs
	Themes   []ThemeScore // by rule, above threshold, best first
	Listed   []string     // themes named by front matter: override the rules when not nil
	Mentions []EntityCount
	Events   []DraftEvent

	Sketch     []uint32 // sorted sample of the folded body's word 3-shingles, for copies
	Shingles   int32    // how many distinct shingles the body has
	ExactHash  Hash     // of the folded body's letters: equal for exact copies
	Body       BodyRef
	Words      int32
	Images     []Image
	Aliases    []string
	Facts      []DraftFact
	Correction []Correction

	Rights    *Rights    // front matter's; nil: by source setting
	Canonical *Canonical // front matter's; nil: by source setting
	Draft     bool
	Publish   civil.Date // publishDate: not before this day
	Expiry    civil.Date // expiryDate: not from this day on
	Withdrawn string     // reason; not empty: a tombstone

	Key Hash // of what pages show of the draft itself, see Seal
}

// AppendPointers appends the addresses of drafts, which stay where they are.
func AppendPointers(to []*Draft, drafts []Draft) []*Draft {
	for i := range drafts {
		to = append(to, &drafts[i])
	}
	return to
}

// TextPos is a position in a source file, in characters from 1.
type TextPos struct {
	Line, Column int32
}

// DatePhrase is a date as written, and where.
type DatePhrase struct {
	Phrase dates.Phrase
	Text   string // as written
	At     TextPos
	Teaser bool // stood in a teaser beside the article: the article is hardly older, and that is all it says
}

// ThemeScore is what a theme's rules said about one draft.
type ThemeScore struct {
	Slug     string
	Score    float32
	Evidence []string
}

// EntityCount counts the mentions of an entity of entities.yaml.
type EntityCount struct {
	ID      string
	Count   int32
	InTitle bool
}

// DraftEvent is a dated statement, its date not yet resolved.
type DraftEvent struct {
	Phrase   DatePhrase
	Sentence string
	Entities []string // ids of the entities the sentence names: they tell equal events from others
	Stems    []uint32 // sorted, distinct hashes of the sentence's content stems (stop words and date words left out), at most 64: equal events share most of them
}

// DraftFact is a fact with the citation as the editor wrote it.
type DraftFact struct {
	Text string
	Date civil.Date
	Cite string // article id or URL
}
