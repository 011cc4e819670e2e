package diag

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode"
)

// TextOptions of Text.
type TextOptions struct {
	Colour  bool
	Verbose bool // every problem; otherwise infos and what is too many of one code only in number
}

// mostOfACode is how many problems of one code are printed one by one: a folder
// that is not the site's root has a hundred thousand dead links and hides all else.
const mostOfACode = 100

// Text prints problems for people, one block each, with the line and a caret:
//
//	error: [params.archive] has no setting "digit" (config-unknown)
//	  hugo.toml:3:1
//	    digit = 'western'
//	    ^
//	  did you mean "digits"?
//
// The problems come sorted; their order is kept.
func Text(w io.Writer, problems []Problem, o TextOptions) error {
	out := bufio.NewWriter(w)
	paint := func(colour, s string) string {
		if !o.Colour {
			return s
		}
		return "\x1b[" + colour + "m" + s + "\x1b[0m"
	}
	infos, shown, more := map[Code]int{}, map[Code]int{}, map[Code]int{}
	var codes, cut []Code
	for _, p := range problems {
		if p.Severity == Info && !o.Verbose {
			if infos[p.Code]++; infos[p.Code] == 1 {
				codes = append(codes, p.Code)
			}
			continue
		}
		if shown[p.Code]++; shown[p.Code] > mostOfACode && !o.Verbose {
			if more[p.Code]++; more[p.Code] == 1 {
				cut = append(cut, p.Code)
			}
			continue
		}
		colour := "36"
		switch p.Severity {
		case Error:
			colour = "1;31"
		case Warning:
			colour = "1;33"
		}
		fmt.Fprintf(out, "%s %s (%s)\n", paint(colour, p.Severity.String()+":"), visible(p.Message), p.Code)
		if at := p.Position.String(); at != "" {
			fmt.Fprintf(out, "  %s\n", paint("1", visible(at)))
		}
		if p.Excerpt != "" {
			line, caret := clip(p.Excerpt, p.Column)
			fmt.Fprintf(out, "    %s\n", line)
			if caret >= 0 {
				fmt.Fprintf(out, "    %s%s\n", strings.Repeat(" ", caret), paint("1;32", "^"))
			}
		}
		if p.Remedy != "" {
			fmt.Fprintf(out, "  %s\n", visible(p.Remedy))
		}
	}
	for _, c := range cut {
		fmt.Fprintf(out, "%s %d × %s (--verbose prints each)\n", paint("1", "and more:"), more[c], c)
	}
	for _, c := range codes {
		fmt.Fprintf(out, "%s %d × %s\n", paint("36", "info:"), infos[c], c)
	}
	return out.Flush()
}

// clip cuts a long line to the neighbourhood of column and returns it with the
// offset of the caret, -1 for none. Offsets are in terminal cells, for a
// terminal that shows Arabic one letter a cell in logical order, as most do.
func clip(line string, column int) (string, int) {
	const before, width = 40, 100
	letters := []rune(strings.TrimRight(line, "\r\n"))
	from := 0
	if column > before && column <= len(letters)+1 { // else the excerpt was cut before it
		from = min(column-1-before, len(letters))
	}
	to := min(len(letters), from+width)
	var b strings.Builder
	if from > 0 {
		b.WriteRune('…')
	}
	caret, cells := -1, 0
	if from > 0 {
		cells = 1
	}
	for i := from; i < to; i++ {
		if i == column-1 {
			caret = cells
		}
		r := letters[i]
		switch {
		case r == '\t':
			r = ' '
		case unicode.IsControl(r), overrides(r):
			r = '\ufffd' // a terminal obeys control characters
		}
		b.WriteRune(r)
		if !unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
			cells++
		}
	}
	if column > 0 && column-1 == len(letters) {
		caret = cells // just past the end: something is missing there
	}
	if to < len(letters) {
		b.WriteRune('…')
	}
	return b.String(), caret
}

// overrides tells the controls that turn text around, but for the marks (LRM,
// RLM, ALM), which are letters of ordinary Arabic text.
func overrides(r rune) bool { return r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' }

// visible replaces controls, those of direction too: a file name or a quoted word
// must not command the terminal, nor show as another.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || overrides(r) {
			return '\ufffd'
		}
		return r
	}, s)
}
