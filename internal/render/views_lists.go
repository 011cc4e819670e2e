package render

import "html/template"

// Group is a run of a list under one heading.
type Group struct {
	Anchor string
	Name   string
	Cards  []Card
}

// Period links to the page of a year, month or day of a list.
type Period struct {
	Path  string
	Name  string
	Count string
	Bar   int // height of its bar, 0–40
	N     int
}

// List is the time-ordered list of a hub or of one of its periods.
type List struct {
	Groups  []Group
	Periods []Period // finer pages that hold the rest
	Total   string   // «312 خبرًا»
	Cut     bool     // Periods hold more than Groups show
}

// ArticlesPage is the view of articles.html: all articles by time.
type ArticlesPage struct {
	Frame
	List List
}

// PeriodPage is the view of period.html: a year, month or day of a list of
// articles.
type PeriodPage struct {
	Frame
	Hub        Link // the list that this is a part of
	Name       string
	List       List
	Prev, Next *Link // older, newer
}

// ChroniclePage is the view of chronicle.html: a year, month or day of the
// timeline or of a theme, with events and publications.
type ChroniclePage struct {
	PeriodPage
	Entries []Month
	Filters []Filter
}

// ThemesPage is the view of themes.html.
type ThemesPage struct {
	Frame
	Themes   []ThemeCard
	Unthemed string // how many articles fit no theme
}

// ThemePage is the view of theme.html.
type ThemePage struct {
	Frame
	Description template.HTML
	Hub         template.HTML
	Figures     []string
	Facts       []Fact
	Chart       *Chart
	Chronology  []Month
	MoreEvents  string
	Who         []WhoGroup
	Sources     []Counted
	Overlap     []Counted
	List        List
	Exports     []Export
}

// WhoGroup lists the entities of one kind that matter to a theme.
type WhoGroup struct {
	Name     string
	Entities []Who
}

// Who is an entity with its weight in a theme.
type Who struct {
	Counted
	First, Last Date
}

// Export is a file to download.
type Export struct {
	Path, Name, Type string
}

// TagsPage is the view of tags.html: A–Z by the Arabic alphabet.
type TagsPage struct {
	Frame
	Letter   string    // when the page shows one letter only
	Letters  []Letter  // with tags, or with links when cut by letter
	Kinds    []TagKind // people, places, organisations
	Frequent []Counted
	Total    string
}

// Letter is a heading of the alphabet.
type Letter struct {
	Name    string
	Anchor  string
	Path    string // of its own page when the index is cut, else of its place
	Current bool   // the page shows this letter alone
	Count   string
	Tags    []Counted
}

// TagKind lists the most frequent entities of a kind.
type TagKind struct {
	Name string
	Tags []Counted
}

// TagPage is the view of tag.html: a keyword or an entity.
type TagPage struct {
	Frame
	KindName string // «شخصية», "" for a keyword
	Aliases  []template.HTML
	Wikidata string // "Q7747"
	Figures  []string
	Chart    *Chart
	List     List
	With     []WhoGroup // entities named beside it
	Themes   []Counted
}

// SourcesPage is the view of sources.html.
type SourcesPage struct {
	Frame
	Sources  []SourceRow
	Nameless string // how many articles name no source
}

// SourceRow is an outlet in the index.
type SourceRow struct {
	Counted
	Copies      string
	First, Last Date
}

// SourcePage is the view of source.html.
type SourcePage struct {
	Frame
	URL     string // the outlet's own
	Host    string
	Figures []string
	Copies  string
	Chart   *Chart
	Themes  []Counted
	List    List
}

// TimelinePage is the view of timeline.html.
type TimelinePage struct {
	Frame
	Figures []string
	Filters []Filter
	Strip   []Period // years, or months of a short archive
	Months  []Month
	Undated *Counted
	Exports []Export
}

// Filter is a choice of the timeline's theme filter.
type Filter struct {
	N    int
	Name template.HTML
	Path string
}

// Month is a heading of a timeline.
type Month struct {
	Anchor string
	Name   string
	Class  string // themes and kinds it holds, for filters
	Days   []Day
}

// Day is a date of a timeline with all that it has.
type Day struct {
	Date      Date
	Precision string // what is not known of the date: «اليوم غير معلوم»
	Class     string // themes and kinds it holds, for filters
	Entries   []Entry
}

// Entry of a timeline: an event, a publication, or on a crowded page a report
// with the events it tells.
type Entry struct {
	Event  *Event
	Card   *Card
	Report *Report
	Class  string // "e" or "p" and its themes, for filters
}

// Report is an article, by the name of its outlet, with the events of one date
// that it tells first.
type Report struct {
	Link
	Events []Event
}

// Chart is a bar chart of articles over time.
type Chart struct {
	ID          string
	Caption     string
	Width       int
	Bars        []Bar
	First, Last string
	Peak        string
	Unit        string // heading of the first column of the table
}

// Bar of a chart.
type Bar struct {
	X, Y, W, H int
	Name       string
	N          string
	Path       string
}

// TextPage is the view of page.html: a page of content/pages.
type TextPage struct {
	Frame
	Body template.HTML
}

// TombstonePage is the view of tombstone.html: a withdrawn article.
type TombstonePage struct {
	Frame
	Title  template.HTML
	Reason template.HTML
	Date   Date
}

// RedirectPage is the view of redirect.html.
type RedirectPage struct {
	Frame
	To string // path
}

// NotFoundPage is the view of 404.html.
type NotFoundPage struct {
	Frame
	Search bool
	Themes []ThemeCard
	Latest []Card
}

// SearchPage is the view of search.html.
type SearchPage struct {
	Frame
	Script template.HTML // <script> that loads the search
	Months string        // names of the twelve months, "|" between them, for the script
	Digits string        // numbering system for the script: "latn" or "arab"
	Themes []Counted
	Years  []Period
	People []Counted
	Places []Counted
	// Elsewhere is the address of a search engine asked for this site only, for
	// readers without JavaScript; "" when the site has no address of its own.
	Elsewhere string
}
