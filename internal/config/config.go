// Package config holds the site's settings as plain structs, decoded strictly
// from hugo.toml: Hugo's own keys with Hugo's meaning through Hugo's loader,
// ours below [params.archive] with position, case and "did you mean".
//
// No Hugo type leaves this package.
package config

import (
	"time"
)

// Site is a loaded configuration.
type Site struct {
	Root         string // folder of hugo.toml
	BaseURL      string // absolute, with a trailing slash; "/" when the site has none
	BasePath     string // path part of BaseURL, begins and ends with "/"
	Title        string
	Locale       string // "ar"
	TimeZone     *time.Location
	BuildDrafts  bool
	BuildFuture  bool
	BuildExpired bool
	Minify       bool // minify HTML output; on unless hugo.toml says otherwise
	Archive      Archive
	Deployment   Deployment
	Key          [16]byte // hash of everything that pages depend on
}

// Archive is the table [params.archive].
type Archive struct {
	Tagline     string // one line under the masthead
	Description string // what the archive is: home, feeds, meta description
	Publisher   string // name for JSON-LD, feeds, citations; the title when empty
	Contact     string // e-mail or URL for corrections

	Digits     string // "western" (default), "arabic-indic"
	Months     string // "dual" (default), "levantine", "egyptian", "maghrebi", "moroccan"
	Hijri      bool   // show Hijri dates beside
	FeedItems  int    // newest articles in a feed, default 30
	FeedFull   bool   // full text in feeds where rights allow, else summaries
	Search     bool   // build the search index, default true
	RelatedMax int    // related articles on an article page, default 6

	// DateThreshold is the least confidence of an inferred date that is used.
	DateThreshold float64 // default 0.6

	Rights    string            // default for sources: "full" (default), "excerpt", "link"
	Canonical string            // default for sources: "self" (default), "original", "noindex"
	Sources   map[string]Source // by name, folded when compared
	JSONL     JSONLFields
}

// Source is [params.archive.sources."NAME"].
type Source struct {
	Slug      string
	URL       string
	Aliases   []string
	Rights    string
	Canonical string
}

// JSONLFields maps the fields of crawled .jsonl documents.
type JSONLFields struct {
	Text, Title, URL, Date string // default "text", "title", "url", "date"
	Source, Author, Tags   string // default "source", "author", "tags"
}
