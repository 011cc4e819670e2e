package build

import (
	"time"

	"warraq/internal/diag"
	"warraq/internal/output"
)

// Report is what a build did, as --report writes it.
type Report struct {
	Version     string        `json:"version"`
	Done        bool          `json:"done"` // false: nothing was published
	BuildDay    string        `json:"buildDay"`
	Destination string        `json:"destination"`
	Jobs        int           `json:"jobs"`
	Content     Content       `json:"content"`
	Pages       PageCounts    `json:"pages"`
	Stages      []StageTime   `json:"stages"` // in order
	Seconds     float64       `json:"seconds"`
	PeakMemory  uint64        `json:"peakMemory"` // bytes of RAM the process had at most
	Errors      int           `json:"errors"`
	Warnings    int           `json:"warnings"`
	Infos       int           `json:"infos"`
	Problems    []diag.Record `json:"problems"`
}

// Content counts what was found.
type Content struct {
	Sources   int `json:"sources"`   // source files
	Extracted int `json:"extracted"` // of them read in this build, the others came from the cache
	Drafts    int `json:"drafts"`
	Articles  int `json:"articles"`
	Undated   int `json:"undated"`
	Copies    int `json:"copies"` // origins and versions folded into other articles
	Dropped   int `json:"dropped"`
	Withdrawn int `json:"withdrawn"`
	Themes    int `json:"themes"`
	Tags      int `json:"tags"`
	Outlets   int `json:"outlets"`
	Events    int `json:"events"`
}

// PageCounts is output.Result with names for JSON.
type PageCounts struct {
	Pages   int   `json:"planned"`
	New     int   `json:"new"`
	Changed int   `json:"changed"`
	Same    int   `json:"same"`
	Kept    int   `json:"kept"`
	Removed int   `json:"removed"`
	Bytes   int64 `json:"bytes"`
	Foreign int   `json:"foreign"`
}

var _ = PageCounts(output.Result{})

// StageTime is the wall time of one stage.
type StageTime struct {
	Stage   string  `json:"stage"`
	Seconds float64 `json:"seconds"`
}

func (r *Report) count(problems []diag.Problem) {
	r.Problems = make([]diag.Record, 0, len(problems))
	for _, p := range problems {
		switch p.Severity {
		case diag.Error:
			r.Errors++
		case diag.Warning:
			r.Warnings++
		default:
			r.Infos++
		}
		r.Problems = append(r.Problems, p.Record())
	}
}

// watch times the stages.
type watch struct {
	report      *Report
	begun, last time.Time
}

// lap ends a stage, or the next part of the stage that ended last.
func (w *watch) lap(stage string) {
	now := time.Now()
	took, stages := now.Sub(w.last).Seconds(), w.report.Stages
	if n := len(stages) - 1; n >= 0 && stages[n].Stage == stage {
		stages[n].Seconds += took
	} else {
		w.report.Stages = append(stages, StageTime{stage, took})
	}
	w.last = now
}

func (w *watch) stop() {
	w.report.Seconds = time.Since(w.begun).Seconds()
	w.report.PeakMemory = peakMemory()
}
