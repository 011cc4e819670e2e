package editorial

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"warraq/internal/civil"
	"warraq/internal/diag"
	"warraq/internal/syntax"
)

// reader checks one file's values and collects what is wrong with them. Its
// methods give the value or, after reporting a problem, a zero: one run reports
// everything that is wrong in a file.
type reader struct {
	path     string
	lines    []string // of the whole file, for excerpts
	shift    int      // lines above the parsed text: the opening line of front matter
	problems []diag.Problem
	places   Places
}

func newReader(path string, raw []byte) *reader {
	return &reader{path: path, lines: strings.Split(string(raw), "\n"), places: Places{}}
}

func (r *reader) report(code diag.Code, severity diag.Severity, line, col int, message, remedy string) {
	line += r.shift
	excerpt := ""
	if line >= 1 && line <= len(r.lines) {
		excerpt = diag.ExcerptOf(r.lines[line-1], 1)
	}
	r.problems = append(r.problems, diag.Problem{
		Code: code, Severity: severity, Excerpt: excerpt, Message: message, Remedy: remedy,
		Position: diag.Position{Path: r.path, Line: line, Column: col},
	})
}

func (r *reader) fail(code diag.Code, v syntax.Value, message, remedy string) {
	r.report(code, diag.Error, v.Line, v.Column, message, remedy)
}

// syntax reports what keeps the file from being read.
func (r *reader) syntax(err error) {
	at, message := syntax.Value{Line: 1, Column: 1}, err.Error()
	if e, ok := err.(*syntax.Error); ok {
		at.Line, at.Column, message = e.Line, e.Column, e.Message
	}
	r.fail(diag.EditorialSyntax, at, message, "correct the syntax at this place")
}

// keys are the keys a table may have and what reads each.
type keys map[string]func(syntax.Field)

// table hands every field to its reader; an unknown or repeated key is a problem.
func (r *reader) table(v syntax.Value, what string, known keys) bool {
	if v.Kind != syntax.Mapping {
		r.fail(diag.EditorialWrongType, v, fmt.Sprintf("%s must be a table of keys, not %s", what, v.Kind), "write `key: value` lines")
		return false
	}
	seen := map[string]int{}
	for _, f := range v.Fields {
		if line, twice := seen[f.Key]; twice {
			r.report(diag.EditorialDuplicate, diag.Error, f.Line, f.Column,
				fmt.Sprintf("key %q stands twice in this table, first on line %d", f.Key, line+r.shift), "remove one of them")
			continue
		}
		seen[f.Key] = f.Line
		read, ok := known[f.Key]
		if !ok {
			names := make([]string, 0, len(known))
			for name := range known {
				names = append(names, name)
			}
			slices.Sort(names)
			r.report(diag.EditorialUnknownKey, diag.Error, f.Line, f.Column,
				fmt.Sprintf("unknown key %q in %s", f.Key, what), suggest(f.Key, names))
			continue
		}
		read(f)
	}
	return true
}

// suggest words the remedy for a name that is not among the known ones.
func suggest(word string, known []string) string {
	listed := strings.Join(known[:min(12, len(known))], ", ")
	if len(known) > 12 {
		listed += ", …"
	}
	return diag.DidYouMean(word, known, "use one of: "+listed)
}

// text reads a scalar that must say something.
func (r *reader) text(v syntax.Value) string {
	if v.Kind != syntax.Scalar {
		r.fail(diag.EditorialWrongType, v, fmt.Sprintf("one value is expected here, not %s", v.Kind), "write the value on this line, in quotes when it has a colon or begins with a sign")
		return ""
	}
	s := strings.TrimSpace(v.Text)
	if s == "" {
		r.fail(diag.EditorialBadValue, v, "the value is empty", "write a value or remove the key")
	} else if _, known := r.places[s]; !known {
		r.places[s] = diag.Position{Path: r.path, Line: v.Line + r.shift, Column: v.Column}
	}
	return s
}

// texts reads a list of scalars; a lone scalar is a list of one.
func (r *reader) texts(v syntax.Value) []string {
	switch v.Kind {
	case syntax.Scalar:
		return []string{r.text(v)}
	case syntax.List:
		out := make([]string, 0, len(v.Items))
		for _, item := range v.Items {
			if s := r.text(item); s != "" {
				out = append(out, s)
			}
		}
		return out
	}
	r.fail(diag.EditorialWrongType, v, fmt.Sprintf("a list is expected here, not %s", v.Kind), "write [one, two] or a line beginning with - for each")
	return nil
}

func (r *reader) number(v syntax.Value, least, most float64) float64 {
	n, err := strconv.ParseFloat(r.text(v), 64)
	if err != nil || n < least || n > most || v.Quoted {
		r.fail(diag.EditorialBadValue, v, fmt.Sprintf("%q is not a number from %s to %s", v.Text, plain(least), plain(most)), "write a number with Western digits, without quotes")
		return 0
	}
	return n
}

// plain writes a number without an exponent.
func plain(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

func (r *reader) whole(v syntax.Value, least, most int) int {
	n := r.number(v, float64(least), float64(most))
	if n != float64(int(n)) {
		r.fail(diag.EditorialBadValue, v, fmt.Sprintf("%q is not a whole number", v.Text), "write a number without a fraction")
	}
	return int(n)
}

func (r *reader) truth(v syntax.Value) bool {
	switch s := r.text(v); s {
	case "true", "false":
		return s == "true"
	}
	r.fail(diag.EditorialWrongType, v, fmt.Sprintf("%q is neither true nor false", v.Text), "write true or false")
	return false
}

func (r *reader) date(v syntax.Value) civil.Date {
	d, err := civil.Parse(r.text(v))
	if err != nil {
		r.fail(diag.EditorialBadDate, v, fmt.Sprintf("%q is not a date", v.Text), "write YYYY-MM-DD, or YYYY-MM or YYYY where the day is not known")
	}
	return d
}

// id reads an identifier that becomes part of a URL.
func (r *reader) id(v syntax.Value) string {
	s := r.text(v)
	if s != "" && !validID(s) {
		r.fail(diag.EditorialBadID, v, fmt.Sprintf("%q cannot be an id", s), "use lower-case ASCII letters, digits and single hyphens, at most 60")
	}
	return s
}

func validID(s string) bool {
	if len(s) > 60 || strings.HasPrefix(s, "-") || strings.HasSuffix(s, "-") || strings.Contains(s, "--") {
		return false
	}
	for _, c := range []byte(s) {
		if c != '-' && (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return s != ""
}
