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

	// The last column counted: places are asked for in order, and a line may be
	// the whole clipping.
	lastLine, lastOffset, lastColumn int
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
	from, column := p.lines[line], 1
	if p.lastLine == line && p.lastColumn > 0 && p.lastOffset <= offset {
		from, column = p.lastOffset, p.lastColumn
	}
	column += utf8.RuneCountInString(p.doc.Text[from:offset])
	p.lastLine, p.lastOffset, p.lastColumn = line, offset, column
	return archive.TextPos{Line: int32(p.doc.FirstLine + line), Column: int32(column)}
}

func (p *places) position(offset int) diag.Position {
	at := p.at(offset)
	return diag.Position{Path: p.doc.Path, Line: int(at.Line), Column: int(at.Column)}
}
