package render

import "html/template"

// Paths in views are relative to the site's base and escaped for use in a URL;
// templates write href="{{base}}{{.Path}}". Values of type template.HTML are
// escaped already, with text of the other direction isolated.

// Frame is what base.html needs; every page view embeds it. Templates write
// .Frame.Heading rather than .Heading: looking up a promoted field by
// reflection costs ten times as much.
type Frame struct {
	Kind        string        // page type, the class of <body>
	Policy      template.HTML // <meta> of the content security policy
	Fixed       template.HTML // constant part of <head>: viewport, style, fonts, icons
	Masthead    template.HTML
	Footer      template.HTML
	PageTitle   string // for <title>
	Heading     template.HTML
	Description string
	Path        string
	Canonical   string // absolute URL, "" when the site has no base URL
	Robots      string // "noindex" or ""
	OpenGraph   *OpenGraph
	Feeds       *Feeds
	JSONLD      template.HTML // <script type="application/ld+json">
	Crumbs      []Link
	images      bool // the page holds pictures
}

// FrameView is the view of partials fixed, masthead and footer, which are
// executed once a build.
type FrameView struct {
	Kind        string
	Title       string // of the site
	Tagline     string
	Description string
	Publisher   string
	Contact     string // mailto: or http(s) URL
	CSS         template.CSS
	Nav         []NavItem
	Themes      []Link
	Pages       []Link // content/pages
	Search      bool
}

// NavItem is a link of the main menu.
type NavItem struct {
	Path, Name string
	Current    bool // the page itself or its section
}

// Link to a page of the site.
type Link struct {
	Path string
	Name template.HTML
}

// Counted is a link with a labelled number: «12 خبرًا».
type Counted struct {
	Link
	N     int
	Count string
}

// OpenGraph holds what social networks show of a page.
type OpenGraph struct {
	Type      string // "article" or "website"
	Image     string // absolute URL
	Published string // ISO date, "" when not stated
	Modified  string
	Section   string
	Tags      []string
}

// Feeds of the page's subject.
type Feeds struct {
	Title     string
	RSS, JSON string // paths
}

// Date as readers see it.
type Date struct {
	ISO      string        // at the date's own precision, "" unknown
	Label    string        // «9 ديسمبر 2024»
	HTML     template.HTML // <time> with the label, marked when inferred
	Inferred bool
}

// Card is an article in a list.
type Card struct {
	Path    string
	Title   template.HTML
	Date    Date
	Source  template.HTML // name, "" none
	Summary template.HTML
	Themes  []Link
}

// HomePage is the view of home.html.
type HomePage struct {
	Frame
	About   template.HTML // the archive's description
	Figures []string      // «1200 خبر», «3 مواضيع» …
	Span    string        // «من ديسمبر 2024 إلى مارس 2025», "" with no dates
	Lead    *Card
	Seconds []Card // the stories after the lead
	Latest  []Card
	Themes  []ThemeCard
	Events  []Event // the latest, newest first
	People  []Counted
	Places  []Counted
	Bodies  []Counted // organisations
	Sources []Counted
}

// ThemeCard introduces a theme.
type ThemeCard struct {
	Counted
	Description template.HTML
	Last        Date // of its newest article
	Chart       *Chart
}

// ArticlePage is the view of article.html.
type ArticlePage struct {
	Frame
	Language    string // of the text when it is not the site's, else ""
	Standfirst  template.HTML
	Date        Date
	DateNote    template.HTML // how an inferred date is known, or that none is
	Modified    *Date
	Author      template.HTML
	Source      *Link
	SourceURL   string // of the original
	ReadingTime string // "" unless the whole text is shown
	Words       string
	Notice      string // draft, future, excerpt only, link only
	Body        template.HTML
	Corrections []Note
	Facts       []Fact
	Origins     []Origin
	Versions    []Version
	VersionPath string  // of the page that shows their texts
	SameWire    []Card  // other reports from the same wire
	Alternate   []Card  // versions kept apart
	Themes      []Chain // with the neighbours in each
	Tags        []Link
	People      []Link
	Places      []Link
	Bodies      []Link // organisations
	Events      []Event
	Related     []Card
	Citation    template.HTML
	Permalink   string
}

// Note is a dated remark of the editors.
type Note struct {
	Date Date
	Text template.HTML
}

// Origin says where an article came from.
type Origin struct {
	Path   string // file of the content tree
	Role   string
	Stated template.HTML // source named there
}

// Version is a near or exact duplicate folded into an article.
type Version struct {
	Anchor string
	Title  template.HTML
	Date   Date
	Source *Link
	Share  string        // «98٪»
	Exact  bool          // an exact copy
	Body   template.HTML // on the versions page only
}

// Chain is a theme of an article with the neighbours in it.
type Chain struct {
	Link
	Title      string        // plain
	Evidence   template.HTML // terms that matched
	Prev, Next *Card         // older, newer
}

// VersionsPage is the view of versions.html: the texts of an article's versions.
type VersionsPage struct {
	Frame
	Article  Card
	Versions []Version
}

// Fact is a line of "what we know".
type Fact struct {
	Text template.HTML
	Date *Date
	Cite *Card  // article of the archive
	URL  string // outside source
	Host string
}

// Event is a dated event.
type Event struct {
	Anchor      string // id within a timeline page
	Path        string // of the timeline page that holds it, with the anchor
	Date        Date
	Precision   string // note when less than a day is known
	Sentence    template.HTML
	Tellings    []Link // the articles that tell it, at most 6
	More        string // how many more
	Sources     int    // independent outlets
	SourceLabel string
	Themes      []int // numbers of the themes, for filters
	Class       string
}
