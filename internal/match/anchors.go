package match

import (
	"unicode/utf8"

	"warraq/internal/archive"
	"warraq/internal/dates"
)

// anchored is how many paragraphs of a text's beginning tell its day.
const anchored = 2

// findAnchors finds the date phrases of a text's beginning that only the
// article's own date resolves: they narrow it where no label states it.
//
// Whole paragraphs are read here and sentences in findEvents: a date that goes
// over the end of a sentence dates no event, and may still be the article's.
func (s *scan) findAnchors() []archive.DatePhrase {
	var anchors []archive.DatePhrase
	for para := 1; para < len(s.text) && para <= anchored; para++ {
		text := s.text[para]
		s.findDates(text, 0, int(s.first[para]), int(s.first[para+1]))
		for _, m := range s.matches {
			if m.Phrase.Kind == dates.Weekday || m.Phrase.Today || m.Phrase.Kind == dates.Yearless {
				anchors = append(anchors, archive.DatePhrase{
					Phrase: m.Phrase, Text: text[m.Start:m.End],
					At: archive.TextPos{Line: int32(para), Column: int32(utf8.RuneCountInString(text[:m.Start])) + 1},
				})
			}
		}
	}
	return anchors
}
