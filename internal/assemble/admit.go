package assemble

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"maps"
	"path"
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

// admit gives every draft its id, its decision and its stated date, and settles
// drafts that claim one id. The entries come out sorted by id, those of one id
// by rank.
func admit(in *Input, r *reporter) []entry {
	entries := make([]entry, len(in.Drafts))
	for i := range in.Drafts {
		d := &in.Drafts[i]
		e := &entries[i]
		e.draft, e.id, e.withdrawn = d, d.AutoID, d.Withdrawn
		if d.ID != "" {
			if id, ok := cleanID(d.ID); ok {
				e.id = id
			} else {
				r.add(diag.BadID, diag.Error, titleOf(d), fmt.Sprintf("the id %q cannot be a path below articles/", d.ID),
					"use letters, digits, hyphens and slashes between them")
			}
		}
		e.date = statedDate(d, r)
	}
	byID := func(x, y entry) int { return cmp.Or(strings.Compare(x.id, y.id), rank(&x, &y)) }
	if !slices.IsSortedFunc(entries, byID) {
		slices.SortFunc(entries, byID)
	}
	claims(entries, r)
	decide(in, entries, r)
	for i := range entries {
		if entries[i].leader < 0 {
			entries[i].leader = int32(i)
		}
	}
	return entries
}

// claims settles entries of one id. An imported clipping is folded onto its
// Markdown whatever became of the text since; of two clippings the second is
// folded when it is a copy and gets an id of its own when it merely begins alike.
func claims(entries []entry, r *reporter) {
	for i := range entries {
		entries[i].leader = -1
	}
	renamed := false
	for i := 0; i < len(entries); {
		j := i + 1
		for j < len(entries) && entries[j].id == entries[i].id {
			j++
		}
		first := &entries[i]
		for k := i + 1; k < j; k++ {
			e := &entries[k]
			c := containment(first.draft, e.draft)
			switch {
			case e.markdown():
				r.add(diag.SamePath, diag.Error, titleOf(e.draft),
					fmt.Sprintf("two articles claim %s: %s and %s", archive.ArticlePath(e.id), first.draft.Origin.Path, e.draft.Origin.Path),
					"give one of them another id in its front matter")
				e.leader = int32(i)
			case first.markdown() || c >= nearDuplicate:
				e.leader, e.containment = int32(i), c
			default:
				e.id += "-" + hex.EncodeToString(e.draft.ExactHash[:3])
				renamed = true
			}
		}
		i = j
	}
	if renamed {
		resort(entries)
	}
}

// resort restores the order by id after renaming, and the leaders with it.
func resort(entries []entry) {
	type key struct {
		id    string
		draft *archive.Draft
	}
	leaders := map[*archive.Draft]*archive.Draft{}
	for i := range entries {
		if l := entries[i].leader; l >= 0 {
			leaders[entries[i].draft] = entries[l].draft
		}
	}
	slices.SortStableFunc(entries, func(x, y entry) int { return cmp.Or(strings.Compare(x.id, y.id), rank(&x, &y)) })
	at := make(map[*archive.Draft]int32, len(leaders))
	for i := range entries {
		at[entries[i].draft] = int32(i)
	}
	for i := range entries {
		if l, ok := leaders[entries[i].draft]; ok {
			entries[i].leader = at[l]
		}
	}
}

// cleanID accepts what can be a folder below articles/.
func cleanID(id string) (string, bool) {
	id = strings.Trim(strings.TrimSpace(id), "/")
	if id == "" || len(id) > 400 || path.Clean(id) != id || strings.ContainsAny(id, "\\?#%:*\"<>|") {
		return "", false
	}
	for _, part := range strings.Split(id, "/") {
		if part[0] == '.' {
			return "", false
		}
	}
	for _, c := range id {
		if c <= ' ' || c == 0x7f {
			return "", false
		}
	}
	return id, true
}

// decide attaches the editors' decisions.
func decide(in *Input, entries []entry, r *reporter) {
	decisions := in.Editorial.Decisions
	if len(decisions.ByID) == 0 {
		return
	}
	find := func(id string) (int, bool) {
		return slices.BinarySearchFunc(entries, id, func(e entry, id string) int { return strings.Compare(e.id, id) })
	}
	reported := 0
	for _, id := range slices.Sorted(maps.Keys(decisions.ByID)) {
		d := decisions.ByID[id]
		at := diag.Position{Path: decisions.Path, Line: d.Line}
		i, ok := find(id)
		for ; ok && i < len(entries) && entries[i].id == id; i++ {
			e := &entries[i]
			e.decision = &d
			if d.Withdrawn != "" {
				e.withdrawn = d.Withdrawn
			}
			if d.Date != nil {
				e.date = archive.ArticleDate{Value: *d.Date, Kind: archive.DateStated, Confidence: 1, Clock: -1, Evidence: "decisions.yaml"}
				if d.Date.IsZero() {
					e.date = unknownDate()
				}
			}
		}
		for _, name := range slices.Concat([]string{id}, d.SameAs, d.NotSameAs) {
			if _, ok := find(name); !ok && reported < 50 {
				reported++
				r.add(diag.DecisionUnknown, diag.Warning, at, fmt.Sprintf("no article has the id %q", name), nearIDs(entries, name))
			}
		}
	}
}

func unknownDate() archive.ArticleDate { return archive.ArticleDate{Clock: -1} }

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
			r.add(diag.Unpublished, diag.Info, titleOf(entries[i].draft), "not published: "+why[i], "")
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

// notBefore is the day an article may appear: its publishDate, else its date, as in Hugo.
func notBefore(e *entry) civil.Date {
	if !e.draft.Publish.IsZero() {
		return e.draft.Publish
	}
	return e.date.Value
}

// nearIDs names ids an editor may have meant.
func nearIDs(entries []entry, name string) string {
	type near struct {
		id       string
		distance int
	}
	var best []near
	for i := range entries {
		id := entries[i].id
		if i > 0 && id == entries[i-1].id || abs(len(id)-len(name)) > 3 {
			continue
		}
		if n := common(id, name); n*2 >= len(name) {
			best = append(best, near{id, -n})
		}
	}
	slices.SortFunc(best, func(x, y near) int { return cmp.Or(cmp.Compare(x.distance, y.distance), strings.Compare(x.id, y.id)) })
	if len(best) == 0 {
		return "remove the entry, or take the id from `warraq inspect`"
	}
	var names []string
	for _, n := range best[:min(3, len(best))] {
		names = append(names, n.id)
	}
	return "did you mean " + strings.Join(names, ", ") + "?"
}

// common counts the bytes at both ends that two ids share.
func common(x, y string) int {
	n := 0
	for n < min(len(x), len(y)) && x[n] == y[n] {
		n++
	}
	m := 0
	for m < min(len(x), len(y))-n && x[len(x)-1-m] == y[len(y)-1-m] {
		m++
	}
	return n + m
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
