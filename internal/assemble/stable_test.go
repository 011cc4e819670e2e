package assemble

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"warraq/internal/archive"
)

// shown is what pages show of other articles, by id.
func shown(a *archive.Archive) map[string]string {
	out := map[string]string{}
	for i := range a.Articles {
		var b strings.Builder
		for _, r := range a.Articles[i].Relations {
			fmt.Fprintln(&b, r.Kind, a.Articles[r.Article].ID, r.Containment)
		}
		for _, e := range a.Articles[i].Events {
			fmt.Fprintln(&b, a.Events[e].ID)
		}
		out[a.Articles[i].ID] = b.String()
	}
	return out
}

// An added article may change the pages of its neighbours in its own tags, and
// no others but where a tag grows past a power of two.
func TestAnAdditionDisturbsFew(t *testing.T) {
	const n = 4000
	drafts, ed := corpus(n)
	rng := rand.New(rand.NewPCG(5, 6))
	var changes []int
	for range 9 {
		left := rng.IntN(n)
		in := Input{Drafts: slices.Delete(slices.Clone(drafts), left, left+1), Editorial: ed, Site: site()}
		before, _ := Assemble(in)
		in.Drafts = drafts
		after, _ := Assemble(in)
		was, changed := shown(before), 0
		for id, is := range shown(after) {
			if was[id] != is {
				changed++
			}
		}
		changes = append(changes, changed)
	}
	slices.Sort(changes)
	t.Log("pages that one addition changes:", changes)
	if median := changes[len(changes)/2]; median > 60 {
		t.Errorf("an addition changes the relations of %d articles in the median: %v", median, changes)
	}
}
