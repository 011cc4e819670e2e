package diag

// Record is a problem as `inspect --json` and reports write it.
type Record struct {
	Kind     string `json:"kind"` // "problem"
	Code     Code   `json:"code"`
	Severity string `json:"severity"`
	Path     string `json:"path"`
	Line     int    `json:"line"`
	Column   int    `json:"column"`
	Message  string `json:"message"`
	Remedy   string `json:"remedy"`
}

// Record gives the JSON form of p.
func (p Problem) Record() Record {
	return Record{"problem", p.Code, p.Severity.String(), p.Path, p.Line, p.Column, p.Message, p.Remedy}
}
