package search

import (
	"strings"

	"warraq/internal/arabic"
	"warraq/internal/archive"
	"warraq/internal/markup"
)

// bodyGap stands between title and body in positions, paragraphGap between
// paragraphs: no phrase and no nearness reaches across.
const (
	bodyGap      = 16
	paragraphGap = 8
)

// termID numbers the terms of one analyser.
type termID uint32

// analyser turns texts into terms. It remembers the words it has seen, because
// nineteen words of twenty have been seen before. One goroutine uses it.
type analyser struct {
	words map[string][]termID // surface word → its terms; nil for a stop word
	ids   map[string]termID
	terms []term
	fold  []byte
}

// term is a stem with its place in the lexicon.
type term struct {
	text string
	key  string
}

// wordsMax bounds the memory of an analyser.
const wordsMax = 400_000

func newAnalyser() *analyser {
	return &analyser{words: map[string][]termID{}, ids: map[string]termID{}}
}

// reset forgets all words when they are many. Term numbers start anew.
func (an *analyser) reset() {
	if len(an.words) > wordsMax {
		*an = *newAnalyser()
	}
}

// of gives the terms of a word as written.
func (an *analyser) of(word string) []termID {
	if ids, ok := an.words[word]; ok {
		return ids
	}
	var ids []termID
	if !isStop(word) {
		an.fold = arabic.AppendFold(an.fold[:0], word)
		segments(string(an.fold), func(segment string) {
			ids = append(ids, an.id(stemOf(segment)))
		})
	}
	an.words[strings.Clone(word)] = ids
	return ids
}

func (an *analyser) id(text string) termID {
	if id, ok := an.ids[text]; ok {
		return id
	}
	id := termID(len(an.terms))
	an.terms = append(an.terms, term{text, keyOf(text)})
	an.ids[text] = id
	return id
}

// occurrence is one term at one place of one document of a block.
type occurrence struct {
	term termID
	rank uint32 // which of the block's documents
	pos  uint32 // noPos for terms that stand nowhere in the text
}

const noPos = 1<<32 - 1

// document appends the occurrences of an article's title, tag names and body,
// and returns them with the position at which the body begins and its length.
func (an *analyser) document(dst []occurrence, rank uint32, a *archive.Archive, art *archive.Article, body archive.Body) (_ []occurrence, bodyStart, length uint32) {
	pos := uint32(0)
	text := func(s string) {
		for i := 0; ; {
			start, end := nextWord(s, i)
			if start == end {
				return
			}
			i = end
			ids := an.of(s[start:end])
			for _, id := range ids {
				dst = append(dst, occurrence{id, rank, pos})
				pos++
			}
			if len(ids) == 0 { // a stop word keeps its place, so that phrases hold it open
				pos++
			}
		}
	}
	text(art.Title)
	bodyStart = pos + bodyGap
	pos = bodyStart
	paragraphs := body.Paragraphs
	if body.Format == archive.MarkdownText {
		paragraphs = markup.Paragraphs(body.Markdown)
	}
	for _, p := range paragraphs {
		text(p)
		length = pos - bodyStart
		pos += paragraphGap
	}
	tag := func(t archive.TagIndex) {
		for start, end := range wordsOf(a.Tags[t].Name) {
			for _, id := range an.of(a.Tags[t].Name[start:end]) {
				dst = append(dst, occurrence{id, rank, noPos})
			}
		}
	}
	for _, t := range art.Tags {
		tag(t)
	}
	for _, m := range art.Mentions {
		tag(m.Tag)
	}
	return dst, bodyStart, length
}
