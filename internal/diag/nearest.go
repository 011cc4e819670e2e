package diag

import (
	"strings"

	"warraq/internal/editdistance"
)

// Nearest returns the candidate that word is most likely a slip of, or "" when
// none is close: at most one edit for each three letters, two at most for a
// short word; else one that goes on where word ends («alias», «aliases»). Equal
// distances keep the earlier candidate.
func Nearest(word string, candidates []string) string {
	folded := []rune(strings.ToLower(word))
	limit := max(1, min(3, len(folded)/3))
	best, found := limit+1, ""
	for _, c := range candidates {
		if d := editdistance.Within(folded, []rune(strings.ToLower(c)), best-1); d < best {
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
