package main

import (
	"reflect"
	"testing"
)

const topOutput = `File: warraq
Type: cpu
Active filters:
   focus=render
Showing nodes accounting for 2310ms, 41.25% of 5600ms total
Dropped 20 nodes (cum <= 28ms)
Showing top 2 nodes out of 9
      flat  flat%   sum%        cum   cum%
     700ms 12.50% 12.50%      910ms 16.25%  runtime.mallocgc
     0.10s  1.79% 14.29%      0.10s  1.79%  strings.(*asciiSet).contains (inline)
`

func TestProfileIsRead(t *testing.T) {
	want := []profiled{{"runtime.mallocgc", 12.5}, {"strings.(*asciiSet).contains", 1.79}}
	if got := topRows(topOutput); !reflect.DeepEqual(got, want) {
		t.Errorf("rows %+v, want %+v", got, want)
	}
	if share, err := focused(topOutput); err != nil || share != 41.25 {
		t.Errorf("focus %v %v, want 41.25", share, err)
	}
	if share, err := focused("Type: cpu\n"); err != nil || share != 0 {
		t.Errorf("no sample: %v %v", share, err)
	}
}
