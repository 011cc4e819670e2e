package archive

// Format of a body's source text.
type Format uint8

// The formats.
const (
	Plain        Format = iota // paragraphs of a clipping
	MarkdownText               // Markdown after the front matter
)

// Span is a byte range of a source document as extraction reads it: decoded, and
// for clippings without tags, entities and invisible characters.
type Span struct {
	Start, End uint32
}

// BodyRef says where a body is; Bodies reads it.
type BodyRef struct {
	Path   string // source document, relative to the content folder
	Record int32  // ordinal of the record in a .jsonl or .warc file, else 0
	Format Format
	Spans  []Span // of the paragraphs; one for a Markdown body
	Hash   Hash   // of the body as read
}

// Body is an article's text, in memory only while its page is written.
type Body struct {
	Format     Format
	Paragraphs []string // Plain: cleaned paragraphs, never markup
	Markdown   string   // MarkdownText: the source after the front matter
}

// Bodies reads bodies back from their sources. It is safe for concurrent use.
// The error is a diag.Problem when the source changed or vanished since it was
// scanned.
type Bodies interface {
	Body(ref BodyRef) (Body, error)
}
