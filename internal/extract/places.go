package extract

import (
	"sort"
	"unicode/utf8"

	"warraq/internal/archive"
	"warraq/internal/diag"
	"warraq/internal/source"
)

// places turns offsets of a document's text into lines and columns of its file.
type places struct {
	doc   *source.Document
	lines []int // offset of each line's beginning
}

func newPlaces(doc *source.Document) *places {
	p := &places{doc: doc, lines: []int{0}}
	if doc.Lined() {
		for i := range len(doc.Text) {
			if doc.Text[i] == '\n' {
				p.lines = append(p.lines, i+1)
			}
		}
	}
	return p
}

// at gives the place of an offset. Where the text's lines are not the file's,
// it is the line of the record and the character of its text.
func (p *places) at(offset int) archive.TextPos {
	line := sort.SearchInts(p.lines, offset+1) - 1
	return archive.TextPos{
		Line:   int32(p.doc.FirstLine + line),
		Column: int32(1 + utf8.RuneCountInString(p.doc.Text[p.lines[line]:offset])),
	}
}

func (p *places) position(offset int) diag.Position {
	at := p.at(offset)
	return diag.Position{Path: p.doc.Path, Line: int(at.Line), Column: int(at.Column)}
}
