// Package source finds the raw documents of a content tree and reads them:
// it walks the tree, decodes character sets, splits front matter from body and
// hands out Documents. It knows files and encodings, nothing of news.
//
// Line numbers in a Document are those of the file: splitting front matter and
// decoding never shift them. Saved pages and crawl records have no lines of
// their own worth naming; see Document.Lined.
package source

import (
	"warraq/internal/config"
	"warraq/internal/diag"
)

// Kind of a content file, by its place and extension.
type Kind uint8

// The kinds.
const (
	Markdown Kind = iota // content/articles/**/*.md, front matter + body
	Text                 // a .txt clipping
	HTML                 // a saved page
	JSONL                // crawled documents, one JSON object a line
	WARC                 // .warc and .warc.gz
)

// Stamp is what a file system says of a file: equal stamps promise equal bytes.
type Stamp struct {
	Size  int64
	MTime int64 // nanoseconds
	CTime int64 // nanoseconds, 0 where the system has none
	Inode uint64
}

// File is a source found by Walk.
type File struct {
	Path      string // slash-separated, relative to the content folder
	Kind      Kind
	Stamp     Stamp
	Resources []Resource // images of the page bundle whose index.md this is, by name
}

// Resource is an image beside the index.md of a page bundle.
type Resource struct {
	Name  string // as the article refers to it, relative to the bundle
	Path  string // relative to the content folder
	Stamp Stamp
}

// Image is a measured Resource.
type Image struct {
	Name, Path    string
	Width, Height int32
	Hash          [16]byte
}

// Document is one decoded source. A .jsonl or .warc file gives one Document a record.
type Document struct {
	Path      string
	Kind      Kind
	Record    int32    // 1-based in JSONL and WARC, else 0
	FirstLine int      // line of the file on which Text begins
	Text      string   // valid UTF-8; newlines "\n"; otherwise as in the file (no folding)
	Matter    Matter   // front matter; the zero Matter where there is none
	Title     string   // of a record or saved page that has one apart from its text
	URL       string   // of a record or saved page, "" unknown
	Date      string   // of a record or saved page, as written
	Site      string   // outlet's name as a record or saved page states it, "" unknown
	Author    string   // as a record or saved page states it
	Tags      []string // of a record that lists them
	TagLine   string   // of a record that has them in one string
	Images    []Image  // of a page bundle
	Hash      [16]byte // of the file's (or record's) raw bytes and its bundle's images
	Problems  []diag.Problem
}

// Lined reports whether the lines of Text are lines of the file. In a saved
// page, a crawl record or a web archive they are not: there a place is the
// record's line, or the whole file.
func (d *Document) Lined() bool { return d.Kind == Markdown || d.Kind == Text }

// Matter is decoded front matter with the places of its values.
type Matter struct {
	Values  map[string]any // keys lower-cased; YAML, TOML or JSON as Hugo decodes them
	Present bool

	block block
}

// Options of reading.
type Options struct {
	JSONL config.JSONLFields // empty names mean the defaults
}
