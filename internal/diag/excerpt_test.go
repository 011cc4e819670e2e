package diag

import (
	"strings"
	"testing"
)

func TestExcerptOf(t *testing.T) {
	text := "سطر أول\n  ثانٍ \t\r\n\nرابع"
	for line, want := range map[int]string{1: "سطر أول", 2: "  ثانٍ", 3: "", 4: "رابع", 5: "", 0: "سطر أول"} {
		if got := ExcerptOf(text, line); got != want {
			t.Errorf("line %d is %q, want %q", line, got, want)
		}
	}
	long := ExcerptOf(strings.Repeat("م", 10<<20), 1)
	if n := len([]rune(long)); n != maxExcerpt+1 || !strings.HasSuffix(long, "م…") {
		t.Errorf("a long line gives %d characters", n)
	}
}

func TestColumnOf(t *testing.T) {
	text := "أب\nجدهx"
	for offset, want := range map[int]int{0: 1, 2: 2, 4: 3, 5: 1, 7: 2, 11: 4, 99: 5, -1: 1} {
		if got := ColumnOf(text, offset); got != want {
			t.Errorf("offset %d is column %d, want %d", offset, got, want)
		}
	}
}
