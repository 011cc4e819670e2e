package diag

import "strings"

// Nearest returns the candidate that word is most likely a slip of, or "" when
// none is close: at most one edit for each three letters, two at most for a
// short word; else one that goes on where word ends («alias», «aliases»). Equal
// distances keep the earlier candidate.
func Nearest(word string, candidates []string) string {
	folded := []rune(strings.ToLower(word))
	limit := max(1, min(3, len(folded)/3))
	best, found := limit+1, ""
	for _, c := range candidates {
		if d := distance(folded, []rune(strings.ToLower(c)), best); d < best {
			best, found = d, c
		}
	}
	for _, c := range candidates {
		if found == "" && len(folded) >= 3 && strings.HasPrefix(strings.ToLower(c), string(folded)) {
			found = c
		}
	}
	return found
}

// DidYouMean words the hint for Nearest: `did you mean "x"?`, or fallback.
func DidYouMean(word string, candidates []string, fallback string) string {
	if near := Nearest(word, candidates); near != "" {
		return `did you mean "` + near + `"?`
	}
	return fallback
}

// distance counts insertions, removals, replacements and swaps of neighbours
// (optimal string alignment); it gives limit when there are at least as many.
func distance(a, b []rune, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	before, prev, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(prev[j]+1, row[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, prev, row = prev, row, before
	}
	return min(prev[len(b)], limit)
}
