package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"warraq/internal/arabic"
)

// word is a word of the prepared text with the hash of its folded form.
type word struct {
	start, end int32
	hash       uint64
}

// role is what a line is, as far as the line alone tells.
type role uint8

const (
	content       role = iota // text of an article, or a title
	beginsRelated             // block markers; what follows decides what they begin
	beginsTeasers
	inlineTeaser // teaser with its marker, to be dropped as it stands
	leftMarker   // a marker whose block was lost by scraping
	endsBlock    // «الأكثر قراءة نهاية», «end of list»
	boilerplate
	sourceLine
	keywordsLine
	dateLine
	updatedLine
	authorLine
)

// line is a line of the prepared text, or a part of one that a marker cuts off.
type line struct {
	start, end int // trimmed
	w0, w1     int // its words
	hash       uint64
	role       role
	marked     bool // role comes from a marker of the list
	weak       bool // by a word that may begin a title too
	value      int  // offset where what follows a marker or label begins; end when nothing does
	glued      bool // cut off the line before, not on a line of its own
	stop       bool // ends like a sentence
	chain      int  // offset of the teasers' titles with dates that are all of the line, cut off the text behind; else 0
	cut        bool // ends in dots, or after a comma or colon: truncated, or announcing
}

// sheet is a clipping's text as lines of words.
type sheet struct {
	prepared
	words []word
	lines []line
	fold  []byte // scratch
	marks *markerTable

	arabic bool // most of the text's beginning is in Arabic letters
}

func newSheet(src string, marks *markerTable) *sheet {
	s := &sheet{prepared: prepare(src), marks: marks}
	s.arabic = mostlyArabic(s.text)
	s.words = make([]word, 0, len(src)/10+8)
	s.lines = make([]line, 0, 64)
	unbroken := runOn(s.text)
	for at := 0; at < len(s.text); {
		end := strings.IndexByte(s.text[at:], '\n')
		if end < 0 {
			end = len(s.text)
		} else {
			end += at
		}
		if unbroken {
			for _, cut := range s.runOnBreaks(at, end) {
				s.addLine(at, cut)
				at = cut
			}
		}
		s.addLine(at, end)
		at = end + 1
	}
	s.partGluedTitles()
	return s
}

// partGluedTitles cuts the titles off that are glued to the text above them. A
// labelled date below tells that the line ends with a title: «… أموال مجمدة.موسكو:
// سفن تعبر إلى المحيط» above «تاريخ النشر: …».
func (s *sheet) partGluedTitles() {
	var parted []line // nil while there was none: they are rare, and insertions would move all lines each
	for i := range s.lines {
		title, ok := s.gluedTitleAt(i)
		if ok && parted == nil {
			parted = append(make([]line, 0, len(s.lines)+8), s.lines[:i]...)
		}
		if parted != nil {
			parted = append(parted, s.lines[i])
		}
		if ok {
			parted = append(parted, title)
		}
	}
	if parted != nil {
		s.lines = parted
	}
}

// gluedTitleAt cuts the title off that is glued to the text of line i.
func (s *sheet) gluedTitleAt(i int) (title line, ok bool) {
	const leastText, leastTitle, mostTitle = 5, 3, 24
	if i+1 >= len(s.lines) {
		return line{}, false
	}
	l, below := &s.lines[i], &s.lines[i+1]
	if l.role != content || l.stop && s.lastRune(l) == '.' || below.role != dateLine || !below.marked {
		return line{}, false
	}
	for w := l.w1 - leastTitle; w >= l.w0+leastText && l.w1-w <= mostTitle; w-- {
		switch s.text[s.words[w-1].end:s.words[w].start] {
		case ".", ".\"", "\".", ".»", "».", "؟", "!":
		default:
			continue
		}
		if s.words[w-1].end-s.words[w-1].start <= 4 || s.words[w].end-s.words[w].start <= 4 {
			continue // «أ.ف.ب»
		}
		title = s.split(l, int(s.words[w].start))
		title.glued = false
		s.finish(l)
		s.finish(&title)
		return title, true
	}
	return line{}, false
}

// mostlyArabic looks at the beginning of a text, whose Arabic letters are of two
// bytes and Latin ones of one.
func mostlyArabic(text string) bool {
	const sample = 4096
	text = text[:min(len(text), sample)]
	two := 0
	for i := range len(text) {
		if c := text[i]; c >= 0xD8 && c <= 0xDB {
			two++
		}
	}
	return two*4 > len(text)
}

// addLine reads the words of a line and cuts it where markers stand inside.
func (s *sheet) addLine(start, end int) {
	start, end = s.trim(start, end)
	if start == end {
		return
	}
	w0 := len(s.words)
	for at := start; at < end; {
		a, b := arabic.NextWord(s.text[:end], at)
		if a >= end {
			break
		}
		s.words = append(s.words, word{int32(a), int32(b), s.wordHash(s.text[a:b])})
		at = b
	}
	l := line{start: start, end: end, w0: w0, w1: len(s.words)}
	for s.cutLine(&l) {
	}
}

// cutLine adds a line's part before its first inner marker. It reports whether
// a rest is left, which l then holds. The part is looked through once more:
// without what followed, a marker in it may fit.
func (s *sheet) cutLine(l *line) bool {
	rest, more, lost := s.cutAtMarker(l)
	if more && !lost {
		for {
			end, words := l.end, len(s.words)
			inner, again, innerLost := s.cutAtMarker(l)
			if !again || l.end >= end {
				break
			}
			grown := len(s.words) - words // a cut inside a word makes two of it
			rest.w0, rest.w1 = rest.w0+grown, rest.w1+grown
			s.add(l, innerLost)
			*l = inner
		}
	}
	s.add(l, lost)
	if more {
		*l = rest
	}
	return more
}

func (s *sheet) add(l *line, lost bool) {
	s.finish(l)
	if lost && (l.role == beginsRelated || l.role == beginsTeasers) {
		l.role = leftMarker
	}
	s.lines = append(s.lines, *l)
}

func (s *sheet) trim(start, end int) (int, int) {
	for start < end {
		r, n := utf8.DecodeRuneInString(s.text[start:end])
		if !unicode.IsSpace(r) {
			break
		}
		start += n
	}
	for start < end {
		r, n := utf8.DecodeLastRuneInString(s.text[start:end])
		if !unicode.IsSpace(r) {
			break
		}
		end -= n
	}
	return start, end
}

// finish sets what follows from a line's extent.
func (s *sheet) finish(l *line) {
	const prime = 1099511628211
	l.hash = 14695981039346656037
	for _, w := range s.words[l.w0:l.w1] {
		l.hash = (l.hash ^ w.hash) * prime
	}
	l.stop, l.cut = s.ending(l.start, l.end)
	s.classify(l)
}

func (s *sheet) wordHash(w string) uint64 {
	s.fold = arabic.AppendFold(s.fold[:0], w)
	return hashBytes(s.fold)
}

// hashBytes is FNV-1a: words are few bytes long and compared within a clipping.
func hashBytes(b []byte) uint64 {
	h := uint64(14695981039346656037)
	for _, c := range b {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return h
}

// ending tells how a text ends, behind closing quotes and brackets.
func (s *sheet) ending(start, end int) (stop, cut bool) {
	text := s.text[start:end]
	for {
		r, n := utf8.DecodeLastRuneInString(text)
		switch r {
		case '"', '»', '”', '“', '’', '\'', ')', ']', ' ', '\u00a0':
			text = text[:len(text)-n]
			continue
		case '.':
			if strings.HasSuffix(text, "..") {
				return false, true
			}
			return true, false
		case '…', ',', '،', ':', '؛', '-', '–', '—':
			return false, true
		case '!', '?', '؟':
			return true, false
		}
		return false, false
	}
}

// count is the number of words of a line.
func (l *line) count() int { return l.w1 - l.w0 }

// lineText is the prepared text of a line.
func (s *sheet) lineText(l *line) string { return s.text[l.start:l.end] }

// valueText is what follows a line's marker or label.
func (s *sheet) valueText(l *line) string { return s.text[l.value:l.end] }

// folded gives the folded form of a word.
func (s *sheet) folded(w word) string {
	s.fold = arabic.AppendFold(s.fold[:0], s.text[w.start:w.end])
	return string(s.fold)
}
