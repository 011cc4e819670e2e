package cputime

import (
	"testing"
	"time"
)

func TestUsedGrowsWithWork(t *testing.T) {
	from := Used()
	if from == 0 {
		t.Skip("this system cannot tell")
	}
	for until := time.Now().Add(10 * time.Second); Used()-from < 5*time.Millisecond; {
		if time.Now().After(until) {
			t.Fatalf("ten seconds of work counted as %v", Used()-from)
		}
	}
}
