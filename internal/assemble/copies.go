package assemble

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"math"
	"slices"

	"warraq/internal/archive"
	"warraq/internal/diag"
	"warraq/internal/match"
)

// Containment of the smaller text in the larger: from nearDuplicate on one
// page, from sharedWire on two linked ones.
const (
	nearDuplicate = 0.8
	sharedWire    = 0.5
)

// bodiesCompared bounds the pairs whose bodies are read at every build: a small
// archive is judged exactly, while in a large one full of wire
// stories reading all doubtful pairs would cost more than assembling does.
const bodiesCompared = 256

// link joins two entries with pages of their own that share text.
type link struct {
	a, b        int32 // a < b
	containment float32
	apart       bool // near duplicates that a decision keeps apart
}

// leastShingles: a text shorter than about a sentence says too little to be
// known again. «التفاصيل بعد قليل» under two titles is two articles, unless the
// titles agree as well.
const leastShingles = 12

// textOf is what exact copies have in common.
func textOf(d *archive.Draft) archive.Hash {
	h := d.ExactHash
	if d.Shingles < leastShingles {
		sum := sha256.Sum256([]byte(string(h[:]) + foldName(d.Title)))
		copy(h[:], sum[:])
	}
	return h
}

// containment of the smaller of two texts in the other, estimated from samples.
func containment(x, y *archive.Draft) float32 {
	switch {
	case x.ExactHash == y.ExactHash && textOf(x) == textOf(y):
		return 1
	case min(x.Shingles, y.Shingles) < leastShingles:
		return 0
	}
	return match.Containment(x.Sketch, x.Shingles, y.Sketch, y.Shingles)
}

// folding is the work of foldCopies.
//
// Clusters are stars, not chains: a text is folded only onto a leader that it
// is itself a copy of. With chains A≈B≈C a page would show versions that have
// little in common, and one addition could weld two clusters together.
type folding struct {
	in      *Input
	entries []entry
	r       *reporter
	apart   map[[2]int32]bool // not_same_as, both orders
	near    map[int32][]int32 // neighbours at nearDuplicate or more, of leaders
	wire    []link
	whole   map[[2]int32]float32 // pairs compared on their whole bodies
	budget  int                  // how many more may be
}

// foldCopies folds exact copies and near duplicates onto their leaders and
// returns the links between the rest that share wire text.
func foldCopies(in *Input, entries []entry, r *reporter) []link {
	f := &folding{in: in, entries: entries, r: r, apart: map[[2]int32]bool{}, near: map[int32][]int32{}, whole: map[[2]int32]float32{}, budget: bodiesCompared}
	ids := f.idsOfDecisions()
	f.keepApart(ids)
	f.exact()
	f.joinSame(ids)
	for _, e := range estimate(entries, candidates(entries)) {
		f.compare(e.a, e.b, e.containment)
	}
	f.cluster()
	f.flatten()
	f.announce()
	return f.links()
}

// estimated is a pair of entries with the containment that their samples show.
type estimated struct {
	a, b        int32 // a < b
	containment float32
}

// estimate gives the pairs in order, without those whose containment is so small
// that settle would leave it and compare pass over it: most candidates. It is
// the one step here that is work, and free of order.
func estimate(entries []entry, pairs *pairing) []estimated {
	outlines := make([]match.Outline, len(entries))
	inChunks(len(entries), func(from, to int) {
		for i := from; i < to; i++ {
			outlines[i] = match.NewOutline(entries[i].draft.Sketch, entries[i].draft.Shingles)
		}
	})
	var least [256]float32 // by how many samples there are; more only raise it
	for n := range least {
		c := float32(sharedWire)
		for c > 0 && inDoubt(c, n) {
			c -= 0.005
		}
		least[n] = max(0, c-0.01)
	}
	var all []estimated
	var estimates []float32 // of one part
	for part := range pairs.parts {
		of := pairs.take(part)
		estimates = slices.Grow(estimates[:0], len(of))[:len(of)]
		inChunks(len(of), func(from, to int) {
			for i := from; i < to; i++ {
				a, b := of[i]>>32, of[i]&0xffffffff
				x, y := &outlines[a], &outlines[b]
				estimates[i] = 0
				if !x.Below(y, least[min(x.Len(), y.Len(), len(least)-1)]) {
					estimates[i] = containment(entries[a].draft, entries[b].draft)
				}
			}
		})
		for i, c := range estimates {
			if c > 0 {
				all = append(all, estimated{int32(of[i] >> 32), int32(of[i] & 0xffffffff), c})
			}
		}
	}
	slices.SortFunc(all, func(x, y estimated) int { return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b)) })
	return all
}

func (f *folding) idsOfDecisions() map[string]int32 {
	ids := map[string]int32{}
	for i := range f.entries {
		if e := &f.entries[i]; e.decision != nil && (len(e.decision.SameAs) > 0 || len(e.decision.NotSameAs) > 0) {
			for _, id := range e.decision.SameAs {
				ids[id] = -1
			}
			for _, id := range e.decision.NotSameAs {
				ids[id] = -1
			}
		}
	}
	if len(ids) > 0 {
		for i := range f.entries {
			if at, ok := ids[f.entries[i].id]; ok && at < 0 {
				ids[f.entries[i].id] = f.entries[i].leader
			}
		}
	}
	return ids
}

func (f *folding) keepApart(ids map[string]int32) {
	for i := range f.entries {
		e := &f.entries[i]
		if e.decision == nil {
			continue
		}
		for _, id := range e.decision.NotSameAs {
			if j, ok := ids[id]; ok && j >= 0 {
				f.apart[[2]int32{e.leader, j}] = true
				f.apart[[2]int32{j, e.leader}] = true
			}
		}
	}
}

// fold puts the page of one leader under another's: the better ranked keeps it.
func (f *folding) fold(x, y int32, containment float32) {
	if x == y {
		return
	}
	if f.lower(&f.entries[x], &f.entries[y]) {
		x, y = y, x
	}
	f.entries[y].leader, f.entries[y].containment = x, containment
}

// lower: a withdrawn text takes its copies with it, whichever is better
// otherwise; what was taken down must not come up under another id.
func (f *folding) lower(x, y *entry) bool {
	return cmp.Or(before(x.withdrawn != "", y.withdrawn != ""), rank(x, y)) > 0
}

func (f *folding) exact() {
	first := make(map[archive.Hash]int32, len(f.entries))
	for i := range f.entries {
		e := &f.entries[i]
		if e.leader != int32(i) || e.draft.ExactHash == (archive.Hash{}) {
			continue
		}
		text := textOf(e.draft)
		l, ok := first[text]
		if ok && f.apart[[2]int32{int32(i), l}] {
			f.wire = append(f.wire, link{min(l, int32(i)), max(l, int32(i)), 1, true})
			continue
		}
		if ok {
			f.fold(l, int32(i), 1)
		}
		if e.leader == int32(i) {
			first[text] = int32(i)
		}
	}
}

// joinSame obeys same_as: the group's best keeps the page.
func (f *folding) joinSame(ids map[string]int32) {
	for i := range f.entries {
		e := &f.entries[i]
		if e.decision == nil {
			continue
		}
		for _, id := range e.decision.SameAs {
			if j, ok := ids[id]; ok && j >= 0 {
				x, y := f.top(int32(i)), f.top(j)
				f.fold(x, y, containment(f.entries[x].draft, f.entries[y].draft))
			}
		}
	}
}

func (f *folding) top(i int32) int32 {
	for f.entries[i].leader != i {
		i = f.entries[i].leader
	}
	return i
}

func (f *folding) compare(x, y int32, estimate float32) {
	c := f.settle(x, y, estimate)
	switch {
	case c < sharedWire:
	case c >= nearDuplicate && f.apart[[2]int32{x, y}]:
		f.wire = append(f.wire, link{min(x, y), max(x, y), c, true})
	case c >= nearDuplicate:
		f.near[x] = append(f.near[x], y)
		f.near[y] = append(f.near[y], x)
	default:
		f.wire = append(f.wire, link{min(x, y), max(x, y), c, false})
	}
}

// cluster folds near duplicates, best ranked first. A text next to a folded one
// is measured against that one's leader: candidates are found through samples,
// which do not join every pair of a large cluster.
func (f *folding) cluster() {
	order := make([]int32, 0, len(f.near))
	for i := range f.near {
		order = append(order, i)
	}
	slices.SortFunc(order, func(x, y int32) int {
		if f.lower(&f.entries[x], &f.entries[y]) {
			return 1
		}
		return -1
	})
	settled := make(map[int32]bool, len(order))
	for _, i := range order {
		best, most := int32(-1), float32(0)
		var tried []int32
		for _, j := range f.near[i] {
			if !settled[j] {
				continue
			}
			l := f.entries[j].leader
			if slices.Contains(tried, l) || f.apart[[2]int32{i, l}] || len(tried) == 16 {
				continue
			}
			tried = append(tried, l)
			c := f.measure(i, l)
			if c >= nearDuplicate && (c > most || c == most && f.lower(&f.entries[best], &f.entries[l])) {
				best, most = l, c
			}
		}
		settled[i] = true
		if best >= 0 {
			f.entries[i].leader, f.entries[i].containment = best, most
			continue
		}
		for _, l := range tried {
			if c := f.measure(i, l); c >= sharedWire {
				f.wire = append(f.wire, link{min(i, l), max(i, l), c, c >= nearDuplicate})
			}
		}
	}
}

// flatten lets every entry point to its leader directly. A copy of a copy is
// measured against the page that shows it.
func (f *folding) flatten() {
	for i := range f.entries {
		e := &f.entries[i]
		if l := f.top(int32(i)); l != e.leader {
			e.leader = l
			e.containment = containment(e.draft, f.entries[l].draft)
		}
	}
	f.adopt()
}

// adopt lets a page obey what was decided about another copy of its very text:
// editors decide about the copy they met. Of several decisions the one for the
// smallest id holds.
func (f *folding) adopt() {
	for i := range f.entries {
		e := &f.entries[i]
		if e.decision == nil || e.leader == int32(i) {
			continue
		}
		l := &f.entries[e.leader]
		own := l.decision != nil && l.decision.ID == l.id
		if own || e.draft.ExactHash != l.draft.ExactHash || l.decision != nil && l.decision.ID <= e.decision.ID {
			continue
		}
		l.decision = e.decision
		if e.decision.Date != nil {
			l.date = e.date
		}
	}
}

// announce tells the editors what was folded.
func (f *folding) announce() {
	for i := range f.entries {
		e := &f.entries[i]
		if e.leader == int32(i) || e.clash {
			continue
		}
		l := &f.entries[e.leader]
		remedy := fmt.Sprintf("a decision «not_same_as: [%s]» for %s keeps them apart", l.id, e.id)
		switch {
		case e.draft.ExactHash == l.draft.ExactHash && e.id == l.id:
			f.r.add(diag.CopyFolded, diag.Info, titleOf(e.draft), "the same text as in "+l.draft.Origin.Path+"; published once", "nothing to do; both origins are recorded")
		case e.draft.ExactHash == l.draft.ExactHash:
			f.r.add(diag.CopyFolded, diag.Info, titleOf(e.draft), "the same text as "+l.id+" in "+l.draft.Origin.Path+"; published once", remedy)
		case e.id == l.id:
			f.r.add(diag.VersionFolded, diag.Info, titleOf(e.draft), "an earlier form of "+l.draft.Origin.Path+", which has its id", "nothing to do; the page records it as a version")
		default:
			f.r.add(diag.VersionFolded, diag.Info, titleOf(e.draft),
				fmt.Sprintf("nearly the same text as %s in %s (%.0f%%); recorded there as a version", l.id, l.draft.Origin.Path, e.containment*100), remedy)
		}
	}
}

// links lifts the wire links to the leaders and gives each pair once.
func (f *folding) links() []link {
	out := f.wire[:0]
	for _, w := range f.wire {
		x, y := f.entries[w.a].leader, f.entries[w.b].leader
		if x == y {
			continue
		}
		if x != w.a || y != w.b {
			w = link{min(x, y), max(x, y), f.measure(x, y), w.apart && w.a == x && w.b == y}
			if w.containment < sharedWire {
				continue
			}
		}
		out = append(out, w)
	}
	slices.SortFunc(out, func(x, y link) int {
		return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b), before(x.apart, y.apart), cmp.Compare(y.containment, x.containment))
	})
	return slices.CompactFunc(out, func(x, y link) bool { return x.a == y.a && x.b == y.b })
}

// measure is the containment of two texts; where the samples leave in doubt on
// which side of a threshold it is, the bodies are read and compared whole.
func (f *folding) measure(x, y int32) float32 {
	return f.settle(x, y, containment(f.entries[x].draft, f.entries[y].draft))
}

// settle turns an estimate into the containment.
func (f *folding) settle(x, y int32, c float32) float32 {
	dx, dy := f.entries[x].draft, f.entries[y].draft
	if f.in.Bodies == nil || c == 1 && dx.ExactHash == dy.ExactHash || !inDoubt(c, min(len(dx.Sketch), len(dy.Sketch))) {
		return c
	}
	pair := [2]int32{min(x, y), max(x, y)}
	if known, ok := f.whole[pair]; ok {
		return known
	}
	if f.budget == 0 {
		return c
	}
	a, b := f.shingles(dx), f.shingles(dy)
	if len(a) == 0 || len(b) == 0 {
		return c // unreadable: the stage that shows the body reports it
	}
	f.budget--
	c = float32(sharedSorted(a, b)) / float32(min(len(a), len(b)))
	f.whole[pair] = c
	return c
}

// inDoubt: the estimate from so many samples lies within two standard errors of
// a threshold.
func inDoubt(c float32, samples int) bool {
	e := 2*float32(math.Sqrt(float64(c*(1-c))/float64(max(1, samples)))) + 0.02
	return abs32(c-nearDuplicate) < e || abs32(c-sharedWire) < e
}

func abs32(x float32) float32 { return max(x, -x) }

func (f *folding) shingles(d *archive.Draft) []uint32 {
	body, err := f.in.Bodies.Body(d.Body)
	if err != nil {
		return nil
	}
	if body.Format == archive.MarkdownText {
		return match.Shingles([]string{body.Markdown})
	}
	return match.Shingles(body.Paragraphs)
}
