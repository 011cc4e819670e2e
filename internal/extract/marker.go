package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"warraq/internal/arabic"
	"warraq/internal/editorial"
)

// marker is a compiled editorial.Marker.
type marker struct {
	kind  editorial.MarkerKind
	whole bool
	words []uint64 // hashes of its folded words
	last  string   // its last word, folded: for text glued to it
}

// markerTable finds markers by their first word; longer markers come first.
type markerTable map[uint64][]marker

func compileMarkers(list []editorial.Marker) markerTable {
	table := make(markerTable)
	for _, m := range list {
		c := marker{kind: m.Kind, whole: m.Whole}
		for start, end := range arabic.Words(m.Text) {
			c.last = arabic.Fold(m.Text[start:end])
			c.words = append(c.words, hashBytes([]byte(c.last)))
		}
		if len(c.words) == 0 {
			continue
		}
		at := 0
		same := table[c.words[0]]
		for at < len(same) && len(same[at].words) >= len(c.words) {
			at++
		}
		same = append(same, marker{})
		copy(same[at+1:], same[at:])
		same[at] = c
		table[c.words[0]] = same
	}
	return table
}

// found is a marker found in a line.
type found struct {
	*marker
	next  int  // index of the word behind it
	after int  // offset behind it and behind what parts it from its value
	sep   bool // a colon, dash, slash or bar parts them
	glued bool // the next text is glued to its last word
}

// markersAt tries the markers that begin with word i of a line; try decides.
func (s *sheet) markersAt(l *line, i int, try func(found) bool) bool {
	candidates := (*s.marks)[s.words[i].hash]
	for c := range candidates {
		m := &candidates[c]
		n := len(m.words)
		if i+n > l.w1 {
			continue
		}
		matched := 1
		for matched < n && s.words[i+matched].hash == m.words[matched] {
			matched++
		}
		f := found{marker: m, next: i + n}
		switch {
		case matched == n:
			f.after, f.sep = s.separator(int(s.words[i+n-1].end), l.end)
		case matched == n-1 && n >= 2:
			at, ok := s.gluedEnd(s.words[i+n-1], m.last)
			if !ok {
				continue
			}
			f.glued, f.after, f.next = true, at, i+n-1
		default:
			continue
		}
		if try(f) {
			return true
		}
	}
	return false
}

// gluedEnd finds where a marker's last word ends inside a word that begins
// with it. Only words that cannot go on, those that end in ة, ى or tanween,
// are believed: «صلة» + «أعلن», but not «خبر» + «هم».
func (s *sheet) gluedEnd(w word, last string) (int, bool) {
	text := s.text[w.start:w.end]
	folded, at := arabic.AppendFoldAt(nil, nil, text)
	if !strings.HasPrefix(string(folded), last) || len(folded) == len(last) {
		return 0, false
	}
	cut := int(at[len(last)])
	switch r, _ := utf8.DecodeLastRuneInString(text[:cut]); r {
	case 'ة', 'ى', 'ً', 'ٌ', 'ٍ', 'ء':
		return int(w.start) + cut, true
	}
	if last == "ايضا" || last == "المزيد" {
		return int(w.start) + cut, true
	}
	if text[cut] < utf8.RuneSelf { // an address glued to an Arabic word
		return int(w.start) + cut, true
	}
	return 0, false
}

// separator skips blanks and the signs that part a label from its value.
func (s *sheet) separator(at, end int) (int, bool) {
	sep := false
	for at < end {
		r, n := utf8.DecodeRuneInString(s.text[at:end])
		switch {
		case strings.ContainsRune(":：/|-–—ـ=»›>►▶←→•·*,", r):
			sep = true
		case unicode.IsSpace(r) || strings.ContainsRune(".…،؟!?)]}_", r) || r == '\uFE0F':
		case r >= 0x2190 && r <= 0x2BFF || r >= 0x1F000: // arrows, signs, emoji
		default:
			return at, sep
		}
		at += n
	}
	return at, sep
}
