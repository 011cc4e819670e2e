package assemble

import (
	"cmp"
	"hash/crc32"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"warraq/internal/archive"
	"warraq/internal/civil"
	"warraq/internal/dates"
	"warraq/internal/diag"
)

// Limits of merging: a day's tellings are compared with each other while they
// are few; on a crowded day only those that share one of their smallest stems.
const (
	dayCompared  = 24
	stemsIndexed = 4
	eventLetters = 5
	doubtful     = 0.5 // a date less sure than this would rather be no event
)

// telling is one article's dated statement, resolved.
type telling struct {
	date       civil.Date
	article    archive.ArticleIndex
	kind       archive.DateKind
	absolute   bool // the sentence itself says the date
	confidence float32
	draft      *archive.DraftEvent
	evidence   string
	stems      []uint32
}

// mergeEvents resolves the articles' dated statements and merges the tellings of one event.
func mergeEvents(in *Input, a *archive.Archive, entries []entry, kept []int32, r *reporter) {
	tellings := resolveEvents(a, entries, kept, r)
	// Tellings come in article order; packed keys sort many times faster than
	// the tellings themselves, and keep it.
	keys := make([]uint64, len(tellings))
	for i := range tellings {
		d := tellings[i].date
		keys[i] = (uint64(d.Y)<<9|uint64(d.M)<<5|uint64(d.D))<<32 | uint64(i)
	}
	slices.Sort(keys)
	a.Events = make([]archive.Event, 0, len(tellings))
	m := merging{a: a, taken: map[string]bool{}, byStem: map[uint32][]int32{}}
	for i := 0; i < len(keys); {
		j := i + 1
		for j < len(keys) && keys[j]>>32 == keys[i]>>32 {
			j++
		}
		m.day = m.day[:0]
		for _, k := range keys[i:j] {
			m.day = append(m.day, &tellings[k&math.MaxUint32])
		}
		first := len(a.Events)
		m.cluster()
		m.tell()
		slices.SortFunc(a.Events[first:], func(x, y archive.Event) int { return strings.Compare(x.ID, y.ID) })
		i = j
	}
	if cap(a.Events) > len(a.Events)+len(a.Events)/8 {
		a.Events = slices.Clone(a.Events)
	}
	fileEvents(a)
}

// resolveEvents turns phrases into dates. A statement about the article's
// future is no event yet; one that needs a date the article lacks is left out.
func resolveEvents(a *archive.Archive, entries []entry, kept []int32, r *reporter) []telling {
	n := 0
	for _, i := range kept {
		n += len(entries[i].draft.Events)
	}
	tellings := make([]telling, 0, n)
	for at, i := range kept {
		e := &entries[i]
		date := &a.Articles[at].Date
		if e.decision != nil && e.decision.Events != nil {
			for _, d := range *e.decision.Events {
				if !d.Date.IsZero() {
					tellings = append(tellings, telling{date: d.Date, article: archive.ArticleIndex(at), kind: archive.DateStated, absolute: true,
						confidence: 1, draft: &archive.DraftEvent{Sentence: d.Sentence}, evidence: decidedBy, stems: stemsOf(d.Sentence)})
				}
			}
			continue
		}
		unresolved := 0
		for j := range e.draft.Events {
			d := &e.draft.Events[j]
			t := telling{article: archive.ArticleIndex(at), draft: d, evidence: d.Phrase.Text, stems: d.Stems}
			if d.Phrase.Teaser {
				continue
			}
			res, ok := dates.Resolve(d.Phrase.Phrase, date.Value)
			if !ok {
				unresolved++
				continue
			}
			if res.Confidence < doubtful || res.Future && !(d.Phrase.Phrase.Today && date.Value.DaysUntil(res.Date) == 1) {
				continue
			}
			t.date, t.kind, t.confidence = res.Date, archive.DateStated, res.Confidence
			t.absolute = d.Phrase.Phrase.Kind == dates.Absolute
			if !t.absolute {
				t.kind, t.confidence = date.Kind, res.Confidence*date.Confidence
				t.evidence += " ← " + date.Value.String()
			}
			if len(t.stems) == 0 {
				t.stems = stemsOf(d.Sentence)
			}
			tellings = append(tellings, t)
		}
		if unresolved > 0 {
			r.add(diag.EventsUndated, diag.Info, titleOf(e.draft),
				"dated statements could not be resolved: the article's own date is not known", decideDate(e.id))
		}
	}
	return tellings
}

// merging is the work on one date's tellings.
type merging struct {
	a      *archive.Archive
	day    []*telling
	heads  []int32            // first telling of each cluster
	of     []int32            // cluster of each telling
	byStem map[uint32][]int32 // stem → clusters whose first telling has it among its smallest
	taken  map[string]bool    // ids of the date

	outlets  []archive.SourceIndex
	themes   []archive.ThemeIndex
	tellings []archive.Telling

	keptThemes   arena[archive.ThemeIndex]
	keptTellings arena[archive.Telling]
}

// cluster groups the date's tellings by event. A telling joins the first
// cluster whose first telling is alike: a star again, never a chain.
func (m *merging) cluster() {
	m.heads, m.of = m.heads[:0], m.of[:0]
	crowded := len(m.day) > dayCompared
	clear(m.byStem)
	for i, t := range m.day {
		c := m.find(t, crowded)
		if c < 0 {
			c = int32(len(m.heads))
			m.heads = append(m.heads, int32(i))
			if crowded {
				for _, s := range t.stems[:min(stemsIndexed, len(t.stems))] {
					if len(m.byStem[s]) < dayCompared {
						m.byStem[s] = append(m.byStem[s], c)
					}
				}
			}
		}
		m.of = append(m.of, c)
	}
}

func (m *merging) find(t *telling, crowded bool) int32 {
	if !crowded {
		for c, head := range m.heads {
			if alike(m.day[head], t) {
				return int32(c)
			}
		}
		return -1
	}
	for _, s := range t.stems[:min(stemsIndexed, len(t.stems))] {
		for _, c := range m.byStem[s] {
			if alike(m.day[m.heads[c]], t) {
				return c
			}
		}
	}
	return -1
}

// alike decides that two sentences of one date tell one event: they share half
// of the shorter one's content stems, or a third and two named entities. It
// errs on the side of two entries: a wrong merge hides an event, a missed one
// only shows it twice.
func alike(x, y *telling) bool {
	shorter := min(len(x.stems), len(y.stems))
	if shorter < 3 {
		return slices.Equal(x.stems, y.stems) && x.draft.Sentence == y.draft.Sentence
	}
	shared := sharedSorted(x.stems, y.stems)
	if x.date.Precision() != civil.Day {
		return shared >= 4 && shared*10 >= shorter*7
	}
	if shared >= 3 && shared*2 >= shorter {
		return true
	}
	named := 0
	for _, e := range x.draft.Entities {
		if slices.Contains(y.draft.Entities, e) {
			named++
		}
	}
	return named >= 2 && shared >= 3 && shared*3 >= shorter
}

func sharedSorted(a, b []uint32) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			n++
			i++
			j++
		}
	}
	return n
}

// tell makes the events of the date's clusters.
func (m *merging) tell() {
	clear(m.taken)
	for c := range m.heads {
		m.a.Events = append(m.a.Events, m.event(int32(c)))
	}
}

func (m *merging) event(c int32) archive.Event {
	a := m.a
	best := m.day[m.heads[c]]
	earliest := best
	event := archive.Event{Date: best.date}
	m.outlets, m.themes, m.tellings = m.outlets[:0], m.themes[:0], m.tellings[:0]
	for i := int(m.heads[c]); i < len(m.day); i++ {
		if m.of[i] != c {
			continue
		}
		t := m.day[i]
		if clearer(t, best) {
			best = t
		}
		if older(a, t.article, earliest.article) {
			earliest = t
		}
		if t.kind > event.Kind || t.kind == event.Kind && t.confidence > event.Confidence {
			event.Kind, event.Confidence = t.kind, t.confidence
		}
		if n := len(m.tellings); n > 0 && m.tellings[n-1].Article == t.article {
			continue // an article tells an event once, by its first sentence
		}
		m.tellings = append(m.tellings, archive.Telling{Article: t.article, Sentence: t.draft.Sentence, Evidence: t.evidence})
		s := a.Articles[t.article].Source
		if s < 0 || !slices.Contains(m.outlets, s) {
			event.Sources++
			m.outlets = append(m.outlets, s)
		}
		for _, th := range a.Articles[t.article].Themes {
			if !slices.Contains(m.themes, th.Theme) {
				m.themes = append(m.themes, th.Theme)
			}
		}
	}
	slices.Sort(m.themes)
	event.Themes, event.Tellings = m.keptThemes.keep(m.themes), m.keptTellings.keep(m.tellings)
	event.Sentence, event.Evidence = best.draft.Sentence, best.evidence
	event.ID = m.id(event.Date, a.Articles[earliest.article].ID, earliest.draft.Sentence)
	return event
}

// older says which article is the earlier telling; it names the event, since
// later additions to an archive seldom come before it.
func older(a *archive.Archive, x, y archive.ArticleIndex) bool {
	dx, dy := a.Articles[x].Date.Value, a.Articles[y].Date.Value
	if dx.IsZero() != dy.IsZero() {
		return dy.IsZero()
	}
	return cmp.Or(dx.Compare(dy), strings.Compare(a.Articles[x].ID, a.Articles[y].ID)) < 0
}

// clearer prefers a sentence that says its date itself, then the one closest to
// a readable length.
func clearer(x, y *telling) bool {
	if x.absolute != y.absolute {
		return x.absolute
	}
	far := func(t *telling) int { return abs(utf8.RuneCountInString(t.draft.Sentence) - 140) }
	return cmp.Or(cmp.Compare(far(x), far(y)), strings.Compare(x.draft.Sentence, y.draft.Sentence)) < 0
}

// id is the date and a few letters of a hash.
func (m *merging) id(date civil.Date, article, sentence string) string {
	const alphabet = "abcdefghijklmnopqrstuvwxyz"
	sum := uint64(crc32.Update(crc32.Update(0, castagnoli, []byte(article)), castagnoli, []byte(sentence)))
	id := append(appendDate(make([]byte, 0, 24), date), '-')
	for i := uint64(0); ; i++ {
		id = append(id, alphabet[sum%uint64(len(alphabet))])
		sum = sum/uint64(len(alphabet)) + i
		if i+1 >= eventLetters && !m.taken[string(id)] {
			break
		}
	}
	m.taken[string(id)] = true
	return string(id)
}

// castagnoli: a checksum that processors compute; ids need no more.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// appendDate writes what civil.Date.String does, without fmt: there is an event
// for every article or two.
func appendDate(to []byte, d civil.Date) []byte {
	digits := func(n, width int) {
		for div := []int{0, 1, 10, 100, 1000}[width]; div > 0; div /= 10 {
			to = append(to, '0'+byte(n/div%10))
		}
	}
	digits(int(d.Y), 4)
	if d.M > 0 {
		to = append(to, '-')
		digits(int(d.M), 2)
	}
	if d.D > 0 {
		to = append(to, '-')
		digits(int(d.D), 2)
	}
	return to
}

// fileEvents lists the events in their articles and themes, oldest first.
func fileEvents(a *archive.Archive) {
	counts := make([]int32, len(a.Articles))
	total := 0
	for i := range a.Events {
		total += len(a.Events[i].Tellings)
		for _, t := range a.Events[i].Tellings {
			counts[t.Article]++
		}
	}
	all := make([]archive.EventIndex, total)
	for at, n := range counts {
		if n > 0 {
			a.Articles[at].Events, all = all[:0:n], all[n:]
		}
	}
	for i := range a.Events {
		e := &a.Events[i]
		for _, t := range e.Tellings {
			a.Articles[t.Article].Events = append(a.Articles[t.Article].Events, archive.EventIndex(i))
		}
		for _, t := range e.Themes {
			a.Themes[t].Events = append(a.Themes[t].Events, archive.EventIndex(i))
		}
	}
}
