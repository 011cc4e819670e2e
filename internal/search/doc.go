// Package search makes the archive searchable without a server: it writes an
// index of many small static files, of which a query reads a few, and a script
// for the search page that reads them in the browser. Open and Query are the
// same reader in Go, for the command line and for tests.
//
// docs/search.md specifies the files. In short:
//
//   - A word becomes a stem (package arabic). Stems are kept in order of their
//     variant key, the consonants that broken plurals and respelled names
//     share, so that all a query word may mean sits in one lexicon shard.
//   - A stem's postings stand in its shard when they are few, else in packs.
//     Positions stand apart, because only phrases and nearness need them.
//   - Every file but the entry is named by its content and never changes.
//
// # How it is built
//
// Articles are divided by date into blocks (block.go), and each block is
// inverted by itself, in bounded memory, into a file of the cache that is
// divided into cells by the first letters of the variant key (invert.go). A
// bucket is a range of cells; it is merged from all blocks into shards and
// packs (bucket.go). When an article is added, one block is inverted again and
// only the buckets that hold one of its words are merged again. The cache can
// be deleted: it changes the time, never the bytes.
//
// One inverted index per period, never merged, would write less for an added
// article, but a query would read a lexicon of every period.
//
// # Two halves
//
// analysis.go, query.go and match.go exist a second time in js/. All scores
// are integers, so that both halves give equal results; tests compare them on
// thousands of queries.
package search
