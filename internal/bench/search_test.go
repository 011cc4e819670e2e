package main

import (
	"strings"
	"testing"
)

func TestUnansweredQueriesAreToldAndTheOthersCounted(t *testing.T) {
	c, failed := readCosts(strings.NewReader(`{"When":"first","Kind":"rare","Bytes":9000,"Records":1000,"Requests":4,"Ms":12.5}
{"When":"next","Kind":"rare","Error":"next query «تدمر» (rare): no answer within 30000 ms"}
{"When":"first","Kind":"rare","Bytes":7000,"Requests":2,"Ms":7.5}
`))
	if len(failed) != 1 || !strings.Contains(failed[0].Error(), "«تدمر»") {
		t.Errorf("failed: %v", failed)
	}
	if got := c.rows["first  rare"]; len(got) != 2 || got[0].Bytes != 9000 || got[1].Ms != 7.5 {
		t.Errorf("counted: %v", c.rows)
	}
	if _, failed = readCosts(strings.NewReader(`{"When":"first"`)); len(failed) != 1 {
		t.Errorf("an end in the middle of a line is told as %v", failed)
	}
}
