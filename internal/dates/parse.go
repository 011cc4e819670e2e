package dates

import (
	"errors"
	"fmt"
	"time"

	"warraq/internal/civil"
)

// ErrNone says that a text holds no date.
var ErrNone = errors.New("dates: no date")

// Parse reads the date of a line that is known to state one: the value of a
// front matter key, of a field of a crawled document, or the text behind a
// label («9th, December 2024 GMT», «الاثنين 9 ديسمبر 2024 - 10:41 مساءً»,
// "2024-12-09T10:41:00+03:00", "Mon, 09 Dec 2024 10:41:00 GMT", seconds since
// 1970). The first whole date wins over phrases beside it. The error is
// ErrNone, or says why what looks like a date is impossible.
func Parse(s string) (Phrase, error) {
	if len(s) > maxDateLine {
		s = s[:maxDateLine]
	}
	if ph, ok := unix(s); ok {
		return ph, nil
	}
	p := parser{scanner: scanner{text: s}, lax: true}
	var best Phrase
	found := false
	for {
		m, ok := p.next()
		if !ok {
			break
		}
		if !found || m.Phrase.Kind == Absolute && best.Kind != Absolute {
			best, found = m.Phrase, true
		}
		if best.Kind == Absolute && best.Date.Precision() == civil.Day {
			break
		}
	}
	switch {
	case p.why != "" && (!found || best.Kind != Absolute || best.Date.Precision() != civil.Day):
		return Phrase{}, fmt.Errorf("dates: %s", p.why)
	case !found:
		return Phrase{}, ErrNone
	}
	return best, nil
}

// maxDateLine is more bytes than any date line has.
const maxDateLine = 400

// unix reads seconds or milliseconds since 1970, as crawlers write them.
func unix(s string) (Phrase, bool) {
	if len(s) != 10 && len(s) != 13 {
		return Phrase{}, false
	}
	n := int64(0)
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return Phrase{}, false
		}
		n = n*10 + int64(c-'0')
	}
	if len(s) == 13 {
		n /= 1000
	}
	t := time.Unix(n, 0).UTC()
	return Phrase{Kind: Absolute, Date: civil.FromTime(t), Clock: int16(t.Hour()*60 + t.Minute()), Zone: "UTC"}, true
}
