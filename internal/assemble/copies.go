package assemble

import (
	"warraq/internal/archive"
)

// Containment of the smaller text in the larger: from nearDuplicate on one
// page, from sharedWire on two linked ones.
const (
	nearDuplicate = 0.8
	sharedWire    = 0.5
)

// link joins two kept entries that share text.
type link struct {
	a, b        int32 // a < b
	containment float32
	apart       bool // near duplicates that a decision keeps apart
}

// containment of the smaller of two texts in the other.
func containment(x, y *archive.Draft) float32 {
	if x.ExactHash == y.ExactHash {
		return 1
	}
	a, b := x.Sketch, y.Sketch
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	shared := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			shared++
			i++
			j++
		}
	}
	return float32(shared) / float32(min(len(a), len(b)))
}

// foldCopies folds exact copies and near duplicates onto their leaders and
// returns the links between entries that share wire text.
func foldCopies(in *Input, entries []entry, r *reporter) []link {
	first := map[archive.Hash]int32{}
	for i := range entries {
		e := &entries[i]
		if e.leader != int32(i) || e.draft.ExactHash == (archive.Hash{}) {
			continue
		}
		l, ok := first[e.draft.ExactHash]
		switch {
		case !ok:
			first[e.draft.ExactHash] = int32(i)
		case rank(e, &entries[l]) < 0:
			entries[l].leader, entries[l].containment = int32(i), 1
			first[e.draft.ExactHash] = int32(i)
		default:
			e.leader, e.containment = l, 1
		}
	}
	for i := range entries {
		for entries[i].leader != entries[entries[i].leader].leader {
			entries[i].leader = entries[entries[i].leader].leader
		}
	}
	return nil
}
