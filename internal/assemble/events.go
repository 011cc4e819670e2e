package assemble

import (
	"cmp"
	"crypto/sha256"
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
	slices.SortStableFunc(tellings, func(x, y telling) int {
		return cmp.Or(x.date.Compare(y.date), cmp.Compare(x.article, y.article))
	})
	taken := map[string]bool{}
	for i := 0; i < len(tellings); {
		j := i + 1
		for j < len(tellings) && tellings[j].date == tellings[i].date {
			j++
		}
		first := len(a.Events)
		clear(taken)
		for _, cluster := range clusterDay(tellings[i:j]) {
			a.Events = append(a.Events, tell(a, entries, kept, tellings[i:j], cluster, taken))
		}
		slices.SortFunc(a.Events[first:], func(x, y archive.Event) int { return strings.Compare(x.ID, y.ID) })
		i = j
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
			value, ok := resolve(d.Phrase.Phrase, date.Value)
			switch {
			case d.Phrase.Teaser || d.Phrase.Phrase.Future:
				continue
			case !ok:
				unresolved++
				continue
			case !date.Value.IsZero() && value.Compare(date.Value) > 0 && !value.Covers(date.Value):
				continue
			}
			t.date, t.kind, t.confidence = value, archive.DateStated, 1
			t.absolute = d.Phrase.Phrase.Kind == dates.Absolute
			if !t.absolute {
				t.kind, t.confidence = date.Kind, date.Confidence
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

// clusterDay groups one date's tellings by event. A telling joins the first
// cluster whose first telling is alike: a star again, never a chain.
func clusterDay(day []telling) [][]int32 {
	var clusters [][]int32
	if len(day) <= dayCompared {
	next:
		for i := range day {
			for c := range clusters {
				if alike(&day[clusters[c][0]], &day[i]) {
					clusters[c] = append(clusters[c], int32(i))
					continue next
				}
			}
			clusters = append(clusters, []int32{int32(i)})
		}
		return clusters
	}
	byStem := map[uint32][]int32{} // stem → clusters whose first telling has it among its smallest
	for i := range day {
		stems := day[i].stems
		joined := false
	search:
		for _, s := range stems[:min(stemsIndexed, len(stems))] {
			for _, c := range byStem[s] {
				if alike(&day[clusters[c][0]], &day[i]) {
					clusters[c] = append(clusters[c], int32(i))
					joined = true
					break search
				}
			}
		}
		if joined {
			continue
		}
		for _, s := range stems[:min(stemsIndexed, len(stems))] {
			if len(byStem[s]) < dayCompared {
				byStem[s] = append(byStem[s], int32(len(clusters)))
			}
		}
		clusters = append(clusters, []int32{int32(i)})
	}
	return clusters
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

// tell makes the event of a cluster.
func tell(a *archive.Archive, entries []entry, kept []int32, day []telling, cluster []int32, taken map[string]bool) archive.Event {
	best, earliest := &day[cluster[0]], &day[cluster[0]]
	event := archive.Event{Date: best.date}
	outlets := make([]archive.SourceIndex, 0, 4)
	for k, i := range cluster {
		t := &day[i]
		if clearer(t, best) {
			best = t
		}
		if older(a, t.article, earliest.article) {
			earliest = t
		}
		if t.kind > event.Kind || t.kind == event.Kind && t.confidence > event.Confidence {
			event.Kind, event.Confidence = t.kind, t.confidence
		}
		told := archive.Telling{Article: t.article, Sentence: t.draft.Sentence, Evidence: t.evidence}
		if k > 0 && day[cluster[k-1]].article == t.article {
			continue // an article tells an event once, by its first sentence
		}
		event.Tellings = append(event.Tellings, told)
		s := a.Articles[t.article].Source
		if s < 0 || !slices.Contains(outlets, s) {
			event.Sources++
			outlets = append(outlets, s)
		}
		for _, m := range a.Articles[t.article].Themes {
			if !slices.Contains(event.Themes, m.Theme) {
				event.Themes = append(event.Themes, m.Theme)
			}
		}
	}
	slices.Sort(event.Themes)
	event.Sentence, event.Evidence = best.draft.Sentence, best.evidence
	event.ID = eventID(event.Date, a.Articles[earliest.article].ID, earliest.draft.Sentence, taken)
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

// eventID is the date and a few letters of a hash.
func eventID(date civil.Date, article, sentence string, taken map[string]bool) string {
	const alphabet = "abcdefghijklmnopqrstuvwxyz"
	sum := sha256.Sum256([]byte(article + "\x00" + sentence))
	id := make([]byte, 0, 20)
	id = append(append(id, date.String()...), '-')
	for i, b := range sum {
		id = append(id, alphabet[int(b)%len(alphabet)])
		if i+1 >= eventLetters && !taken[string(id)] {
			break
		}
	}
	taken[string(id)] = true
	return string(id)
}

// fileEvents lists the events in their articles, in text order, and themes.
func fileEvents(a *archive.Archive) {
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
