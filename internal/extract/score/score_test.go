// Package score measures extraction on labelled clippings: how much of what an
// editor sees in a clipping the program finds, and how much it finds that is
// not there. It holds tests only; the labels are in ../testdata.
//
// The clippings imitate what outlets publish, in words of their own. Expectations
// for the five sample clippings of the project's brief name line numbers, so
// that no sentence of theirs is repeated here.
package score

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// floors are the least figures that pass: {recall, precision}. A change that
// falls below one has made the archive worse.
var floors = map[string][2]float64{
	"article":   {1, 1},
	"title":     {1, 1},
	"date":      {0.99, 1},
	"source":    {0.99, 1},
	"paragraph": {0.995, 0.995},
	"theme":     {1, 1},
	"event":     {0.97, 1},
	"entity":    {0.99, 0.99},
	"tag":       {0.99, 0.99},
	"duplicate": {1, 1},
	"problem":   {1, 1},
}

// only scores a part of the clippings, to look at what one batch gives: then
// the floors, which are those of all, do not hold.
var only = flag.String("only", "", "score only the clippings whose name begins with this")

func TestLabelledClippings(t *testing.T) {
	data := filepath.Join(root(t), "internal", "extract", "testdata", "clippings")
	wants := loadWants(t, data, data)
	if len(wants) < 60 {
		t.Errorf("only %d labelled clippings, want at least 60", len(wants))
	}
	if *only != "" {
		wants = slices.DeleteFunc(wants, func(w *want) bool { return !strings.HasPrefix(w.name, *only) })
		newBoard(t, nil).score(wants)
		return
	}
	newBoard(t, floors).score(wants)
}

// seedFloors are those of the five samples.
var seedFloors = map[string][2]float64{
	"article": {1, 1}, "title": {1, 1}, "date": {1, 1}, "source": {1, 1}, "paragraph": {1, 1}, "theme": {1, 1},
	"event": {1, 1}, "entity": {0.98, 0.98}, "tag": {1, 1}, "duplicate": {1, 1}, "problem": {1, 1},
}

func TestSeeds(t *testing.T) {
	seeds := filepath.Join(root(t), "..", "shared", "seeds")
	if _, err := os.Stat(seeds); err != nil {
		t.Skipf("the sample clippings are not beside the repository: %v", err)
	}
	newBoard(t, seedFloors).score(loadWants(t, filepath.Join(root(t), "internal", "extract", "testdata", "seeds"), seeds))
}
