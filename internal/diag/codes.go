package diag

import "slices"

// Explanation is the longer text of a code, for `warraq explain CODE`.
type Explanation struct {
	Code     Code
	Severity Severity // the severity it is reported with
	Summary  string   // one line
	Details  string   // what causes it and how to mend it, plain text
}

// Explanations returns every code of the program, sorted by code. Each room
// declares its codes in a codes_<room>.go file of this package and is listed here.
func Explanations() []Explanation {
	all := slices.Concat(
		assembleCodes(),
		auditCodes(),
		intakeCodes(),
		configCodes(),
		editorialCodes(),
		fileCodes(),
		searchCodes(),
		sourceCodes(),
		storeCodes(),
		extractCodes(),
		outputCodes(),
		renderCodes(),
	)
	slices.SortFunc(all, func(a, b Explanation) int {
		if a.Code < b.Code {
			return -1
		}
		return 1
	})
	return all
}
