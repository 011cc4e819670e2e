package assemble

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	"warraq/internal/archive"
	"warraq/internal/civil"
	"warraq/internal/diag"
	"warraq/internal/editorial"
)

// entry is a draft on its way into the archive.
type entry struct {
	draft     *archive.Draft
	decision  *editorial.Decision // nil: the editors said nothing about it
	id        string
	date      archive.ArticleDate
	withdrawn string // reason; not empty: a tombstone
	future    bool   // shown only because the build asked for the future
	clash     bool   // claims the path of its leader: an error, reported

	leader      int32   // index of the entry whose page this one is on; its own when kept
	containment float32 // of this text in its leader's, 1 for an exact copy
	article     archive.ArticleIndex
}

func (e *entry) title() string {
	if e.decision != nil && e.decision.Title != nil {
		return *e.decision.Title
	}
	return e.draft.Title
}

// markdown entries are what an editor wrote or imported: they go first.
func (e *entry) markdown() bool { return e.draft.Origin.Role == archive.Markdown }

// rank orders entries by which of two copies is kept: the imported Markdown,
// then the more complete, the dated, the earlier, the smaller id. It breaks
// every tie, so that clusters do not depend on the order of the drafts.
func rank(x, y *entry) int {
	return cmp.Or(
		before(x.markdown(), y.markdown()),
		cmp.Compare(y.draft.Words, x.draft.Words),
		before(!x.date.Value.IsZero(), !y.date.Value.IsZero()),
		x.date.Value.Compare(y.date.Value),
		cmp.Compare(x.id, y.id),
		byPlace(x.draft, y.draft),
	)
}

// before orders what is so before what is not.
func before(x, y bool) int {
	switch {
	case x == y:
		return 0
	case x:
		return -1
	}
	return 1
}

func byPlace(x, y *archive.Draft) int {
	return cmp.Or(
		strings.Compare(x.Origin.Path, y.Origin.Path),
		cmp.Compare(x.Body.Record, y.Body.Record),
		cmp.Compare(x.Origin.Ordinal, y.Origin.Ordinal),
		cmp.Compare(x.Origin.Line, y.Origin.Line),
	)
}

// claimed finds entries by id.
type claimed struct {
	first map[string]int32
	more  map[string][]int32 // all entries of an id that several have
}

func (c *claimed) add(id string, at int32) {
	first, ok := c.first[id]
	if !ok {
		c.first[id] = at
		return
	}
	if c.more[id] == nil {
		c.more[id] = []int32{first}
	}
	c.more[id] = append(c.more[id], at)
}

func (c *claimed) all(id string) []int32 {
	if list := c.more[id]; list != nil {
		return list
	}
	if first, ok := c.first[id]; ok {
		return []int32{first}
	}
	return nil
}

// admit gives every draft its id, its decision and its stated date, and settles
// drafts that claim one id. The entries come out in the order of their places
// in the content, whatever the order of the drafts.
func admit(in *Input, r *reporter) []entry {
	drafts := in.Drafts
	if !slices.IsSortedFunc(drafts, byPlace) {
		drafts = slices.Clone(drafts)
		slices.SortFunc(drafts, byPlace)
	}
	entries := make([]entry, len(drafts))
	ids := claimed{make(map[string]int32, len(drafts)), map[string][]int32{}}
	for i, d := range drafts {
		e := &entries[i]
		e.draft, e.id, e.withdrawn, e.leader = d, d.AutoID, d.Withdrawn, int32(i)
		if d.ID != "" {
			if id, ok := archive.ArticleID(d.ID); ok {
				e.id = id
			} else {
				r.add(diag.BadID, diag.Error, titleOf(d), fmt.Sprintf("the id %q cannot be a path below articles/", d.ID),
					"use letters, digits and hyphens, with slashes between folders")
			}
		}
		e.date = statedDate(d, in.Site.TimeZone, r)
		ids.add(e.id, int32(i))
	}
	claims(entries, &ids, r)
	sameButForCase(entries, r)
	decide(in, entries, &ids, r)
	return entries
}

// claims settles entries of one id. An imported clipping is folded onto its
// Markdown whatever became of the text since; of two clippings the second is
// folded when it is a copy and gets an id of its own when it merely begins alike.
func claims(entries []entry, ids *claimed, r *reporter) {
	for _, id := range slices.Sorted(maps.Keys(ids.more)) {
		list := slices.Clone(ids.more[id])
		slices.SortFunc(list, func(x, y int32) int { return rank(&entries[x], &entries[y]) })
		first := &entries[list[0]]
		for _, i := range list[1:] {
			e := &entries[i]
			c := containment(first.draft, e.draft)
			switch {
			case e.markdown():
				r.add(diag.SamePath, diag.Error, titleOf(e.draft),
					fmt.Sprintf("two articles claim %s: %s and %s", archive.ArticlePath(id), first.draft.Origin.Path, e.draft.Origin.Path),
					"give one of them another id in its front matter")
				e.leader, e.clash = list[0], true
			case first.markdown() || c >= nearDuplicate:
				e.leader, e.containment = list[0], c
			default:
				e.id = id + "-" + hex.EncodeToString(e.draft.ExactHash[:4])
				ids.add(e.id, i)
			}
		}
		ids.more[id] = slices.DeleteFunc(ids.more[id], func(i int32) bool { return entries[i].id != id })
	}
}

// sameButForCase warns of ids that differ by the case of letters only: where a
// file system tells no case, as on macOS and Windows, one page replaces the
// other. Clippings' own ids are lower-case, so few ids are looked at.
func sameButForCase(entries []entry, r *reporter) {
	upper := map[string]*entry{} // by the id in lower case
	for i := range entries {
		if e := &entries[i]; e.id != strings.ToLower(e.id) {
			upper[strings.ToLower(e.id)] = e
		}
	}
	if len(upper) == 0 {
		return
	}
	for i := range entries {
		e := &entries[i]
		if other := upper[strings.ToLower(e.id)]; other != nil && other.id != e.id {
			r.add(diag.SameButForCase, diag.Warning, titleOf(e.draft),
				fmt.Sprintf("%s differs only by the case of letters from %s of %s", archive.ArticlePath(e.id), archive.ArticlePath(other.id), other.draft.Origin.Path),
				"give one of them another id in its front matter: not every file system tells them apart")
		}
	}
}

// decidedBy is the evidence of what the editors settled, shown to readers.
const decidedBy = "قرار المحررين"

// decide attaches the editors' decisions.
func decide(in *Input, entries []entry, ids *claimed, r *reporter) {
	decisions := in.Editorial.Decisions
	if len(decisions.ByID) == 0 {
		return
	}
	reported := 0
	for _, id := range slices.Sorted(maps.Keys(decisions.ByID)) {
		d := decisions.ByID[id]
		for _, i := range ids.all(id) {
			e := &entries[i]
			e.decision = &d
			if d.Withdrawn != "" {
				e.withdrawn = d.Withdrawn
			}
			if d.Date != nil {
				e.date = archive.ArticleDate{Value: *d.Date, Kind: archive.DateStated, Confidence: 1, Clock: -1, Evidence: decidedBy}
				if d.Date.IsZero() {
					e.date = unknownDate()
				}
			}
		}
		for _, name := range slices.Concat([]string{id}, d.SameAs, d.NotSameAs) {
			if len(ids.all(name)) == 0 && reported < 50 {
				reported++
				r.add(diag.DecisionUnknown, diag.Warning, decisions.Places.Of(name, decisions.Path), fmt.Sprintf("no article has the id %q", name), nearIDs(entries, name))
			}
		}
	}
}

// publishable leaves out what the editors dropped and what the build day does
// not show, saying so.
func publishable(in *Input, entries []entry, r *reporter) []entry {
	out := func(e *entry, lead *entry) string {
		d := lead.draft
		switch {
		case e.decision != nil && e.decision.Drop:
			return "dropped by a decision"
		case lead.withdrawn != "":
			return ""
		case d.Draft && !in.Site.BuildDrafts:
			return "a draft; --drafts shows it"
		case in.Build.IsZero():
			return ""
		case !d.Expiry.IsZero() && d.Expiry.Compare(in.Build) <= 0 && !in.Site.BuildExpired:
			return "expired on " + d.Expiry.String() + "; --expired shows it"
		}
		if from := notBefore(lead); from.Compare(in.Build) > 0 {
			if !in.Site.BuildFuture {
				return "not before " + from.String() + "; --future shows it"
			}
			lead.future = true
		}
		return ""
	}
	why := make([]string, len(entries))
	gone := false
	for i := range entries {
		// What an editor says of the imported Markdown holds for its clipping:
		// a draft's clipping must not come up in its stead.
		why[i] = out(&entries[i], &entries[entries[i].leader])
		gone = gone || why[i] != ""
	}
	if !gone {
		return entries
	}
	moved := make([]int32, len(entries))
	rest := entries[:0:0]
	for i := range entries {
		moved[i] = -1
		if why[i] != "" {
			e, severity, remedy := &entries[i], diag.Info, "nothing, if it is meant so"
			if lead := &entries[e.leader]; !lead.markdown() && notBefore(lead).Compare(in.Build) > 0 {
				severity, remedy = diag.Warning, decideDate(e.id) // nobody planned it: a date misread or mistyped
			}
			r.add(diag.Unpublished, severity, titleOf(e.draft), "not published: "+why[i], remedy)
			continue
		}
		moved[i] = int32(len(rest))
		rest = append(rest, entries[i])
	}
	for i := range rest {
		rest[i].leader = moved[rest[i].leader]
		if rest[i].leader < 0 {
			rest[i].leader = int32(i)
		}
	}
	return rest
}

// steady gives the build days around this one on which publishable would decide
// alike: it asks of each date only whether it has come.
func steady(in *Input, entries []entry) (since, until civil.Date) {
	meet := func(d civil.Date) {
		switch {
		case d.Compare(in.Build) > 0:
			if until.IsZero() || d.Compare(until) < 0 {
				until = d
			}
		case d.Compare(since) > 0:
			since = d
		}
	}
	for i := range entries {
		meet(entries[i].draft.Expiry)
		meet(notBefore(&entries[i]))
	}
	return since, until
}

// notBefore is the day an article may appear: its publishDate, else its date, as in Hugo.
func notBefore(e *entry) civil.Date {
	if !e.draft.Publish.IsZero() {
		return e.draft.Publish
	}
	return e.date.Value
}

// nearIDs names an id an editor may have meant. Measuring the distance to a
// million ids is dear: only those that begin or end alike are.
func nearIDs(entries []entry, name string) string {
	const fallback = "remove the entry, or take the id from `warraq inspect`"
	if len(name) < 3 {
		return fallback
	}
	var candidates []string
	for i := range entries {
		id := entries[i].id
		if abs(len(id)-len(name)) <= 3 && (strings.HasPrefix(id, name[:3]) || strings.HasSuffix(id, name[len(name)-3:])) {
			candidates = append(candidates, id)
		}
	}
	slices.Sort(candidates)
	return diag.DidYouMean(name, slices.Compact(candidates), fallback)
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
