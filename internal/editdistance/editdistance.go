// Package editdistance counts how many slips of the pen part two words: letters
// added, dropped, replaced, or exchanged with the next (optimal string
// alignment, which counts no letter twice). Remedies guess with it what an
// editor meant to write, search which words are forms of one.
package editdistance

// Within is the distance of a and b, and limit+1 when it is more than limit.
// A small limit makes it quick: it stops at the first row that is beyond.
func Within(a, b []rune, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	// Rows of the table: for i-2, i-1 and i letters of a.
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	leastBefore := 0
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > limit && leastBefore >= limit { // an exchange looks two rows back
			return limit + 1
		}
		leastBefore = least
		before, last, row = last, row, before
	}
	return min(last[len(b)], limit+1)
}
