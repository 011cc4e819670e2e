package extract

import (
	"strings"
	"unicode/utf8"

	"warraq/internal/arabic"
	"warraq/internal/editorial"
)

// Some crawlers keep no line ends: title, date label, text, source and the
// next article stand in one line. Its labels still part it. Elsewhere the same
// words inside a line are prose more often than labels, so only a clipping of
// one or two lines is cut like this.

const runOnWords = 40 // a line shorter than this is just a line

// runOn reports whether a text lost its line ends.
func runOn(text string) bool {
	lines := 0
	for line := range strings.SplitSeq(text, "\n") {
		if strings.TrimSpace(line) != "" {
			if lines++; lines > 2 {
				return false
			}
		}
	}
	return lines > 0
}

// runOnBreaks gives the offsets inside start to end at which labels begin, and
// at which what belongs to a label ends.
func (s *sheet) runOnBreaks(start, end int) []int {
	w0 := len(s.words)
	defer func() { s.words = s.words[:w0] }()
	for at := start; at < end; {
		a, b := arabic.NextWord(s.text[:end], at)
		if a >= end {
			break
		}
		s.words = append(s.words, word{int32(a), int32(b), s.wordHash(s.text[a:b])})
		at = b
	}
	if len(s.words)-w0 < runOnWords {
		return nil
	}
	whole := line{start: start, end: end, w0: w0, w1: len(s.words)}
	var breaks []int
	add := func(at int) {
		for at > start { // an opening sign belongs to what it opens
			r, n := utf8.DecodeLastRuneInString(s.text[start:at])
			if !strings.ContainsRune("«“([\"", r) {
				break
			}
			at -= n
		}
		if at > start && at < end && (len(breaks) == 0 || at > breaks[len(breaks)-1]) {
			breaks = append(breaks, at)
		}
	}
	dated := false
	for i := w0; i < len(s.words); i++ {
		skip := 0
		s.markersAt(&whole, i, func(f found) bool {
			if f.glued {
				return false
			}
			from := int(s.words[i].start)
			switch f.kind {
			case editorial.DateLabel, editorial.UpdatedLabel:
				run, ok := s.dateAt(f.next, len(s.words))
				if !f.sep || !ok || dated && f.kind == editorial.DateLabel && len(f.words) < 2 {
					return false
				}
				dated = true
				next := run.next
				for k := f.next; k < next; k++ {
					// A zone ends a date; the place behind it opens a dateline.
					if zone := s.folded(s.words[k]); zone == "gmt" || zone == "utc" {
						next = k + 1
					}
				}
				add(from)
				add(s.wordStart(next, end))
				skip = next
			case editorial.SourceLabel, editorial.KeywordsLabel, editorial.RelatedBegins:
				if !f.sep {
					return false
				}
				add(from)
				skip = f.next
			case editorial.Boilerplate:
				if len(f.words) < 3 {
					return false
				}
				add(from)
				add(s.wordStart(f.next, end))
				skip = f.next
			default:
				return false
			}
			return true
		})
		if skip > i {
			i = skip - 1
		}
	}
	return breaks
}

// wordStart is where a word begins, or the end when there is none.
func (s *sheet) wordStart(i, end int) int {
	if i >= len(s.words) {
		return end
	}
	return int(s.words[i].start)
}
