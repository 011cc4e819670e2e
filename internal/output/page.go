// Package output owns everything that is written below the destination.
//
// The stages describe the site as Pages: a path, a key and a function that
// writes the bytes. This package compares the pages with the manifest of the
// last build, writes what changed, removes what is no longer planned and
// touches nothing that it does not own. No other package writes to the
// destination.
package output

import "io"

// Key identifies the bytes of a page without making them: a 128-bit hash of
// everything they depend on (metadata, body hash, template, configuration,
// program version). Equal keys promise equal bytes.
type Key [16]byte

// Stage orders the writes, so that a build that is killed at any moment never
// leaves a page that links to one not yet written: a page may link to pages of
// its own or an earlier stage, or to pages that the last build wrote.
type Stage uint8

// The stages, in writing order.
const (
	Asset   Stage = iota // fonts, style, scripts, images, search shards
	Article              // article pages, redirects, tombstones
	List                 // hubs, tag, source, timeline and date pages, feeds
	Home                 // home, sitemaps, entry points
)

// Page is one output file.
type Page struct {
	Path   string // slash-separated, relative to the destination, as "articles/x/index.html"
	Key    Key
	Stage  Stage
	Origin string // what asked for the path, for the message of a collision: a source path
	// Write writes the page's bytes. It is called at most once, from any
	// goroutine, with a buffered writer.
	Write func(w io.Writer) error
}
