package diag

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestNearest(t *testing.T) {
	among := []string{"digits", "months", "tagline", "relatedMax"}
	for word, want := range map[string]string{
		"digit": "digits", "dgiits": "digits", "Tagline": "tagline", "relatedmx": "relatedMax", "colour": "", "x": "",
	} {
		if got := Nearest(word, among); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", word, got, want)
		}
	}
}

func TestTextPointsAtTheCharacter(t *testing.T) {
	var b strings.Builder
	err := Text(&b, []Problem{
		{Code: "c", Severity: Error, Position: Position{"أ.md", 2, 7}, Excerpt: "قالَت x هنا", Message: "m", Remedy: "r"},
	}, TextOptions{})
	if err != nil {
		t.Fatal(err)
	}
	// The fatha has no cell of its own, so the seventh character stands in cell 5.
	want := "error: m (c)\n  أ.md:2:7\n    قالَت x هنا\n    " + strings.Repeat(" ", 5) + "^\n  r\n"
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

func TestTextClipsLongLinesAroundTheCaret(t *testing.T) {
	line := strings.Repeat("كلمة ", 200) + "هنا"
	var b strings.Builder
	column := len([]rune(line)) - 2
	if err := Text(&b, []Problem{{Code: "c", Severity: Error, Position: Position{"a", 1, column}, Excerpt: line, Message: "m"}}, TextOptions{}); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(b.String(), "\n")
	shown, caret := []rune(lines[2]), strings.Index(lines[3], "^")
	if len(shown) > 110 || shown[caret] != 'ه' {
		t.Errorf("the caret stands under %q of %q", string(shown[min(caret, len(shown)-1)]), lines[2])
	}
}

func TestTextDoesNotObeyControlCharacters(t *testing.T) {
	var b strings.Builder
	if err := Text(&b, []Problem{{Code: "c", Severity: Error, Position: Position{"\x1b[2Ja", 1, 1}, Excerpt: "\x1b]0;x\a", Message: "\x1b[31m"}}, TextOptions{}); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(b.String(), "\x1b\a") {
		t.Errorf("control characters reach the terminal: %q", b.String())
	}
}

func TestTextShowsNamesAsTheyAre(t *testing.T) {
	var b strings.Builder
	p := Problem{Code: SourceHidden, Severity: Warning, Position: Position{Path: "a\u202etxt.exe\n", Line: 1, Column: 900},
		Excerpt: "سطر \u2067قُصّ…", Message: "\u2066x", Remedy: "r\u200f"}
	if err := Text(&b, []Problem{p}, TextOptions{}); err != nil {
		t.Fatal(err)
	}
	if got := b.String(); strings.ContainsAny(got, "\u202e\u2066\u2067") || !strings.Contains(got, "سطر") || !strings.Contains(got, "\u200f") || strings.Contains(got, "^") {
		t.Errorf("%+q", got)
	}
}

func TestEveryCodeIsExplainedOnce(t *testing.T) {
	kebab := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	seen := map[Code]bool{}
	for _, e := range Explanations() {
		if seen[e.Code] {
			t.Errorf("%s is declared twice", e.Code)
		}
		seen[e.Code] = true
		if !kebab.MatchString(string(e.Code)) || e.Summary == "" || e.Details == "" {
			t.Errorf("%q lacks a proper code, summary or details", e.Code)
		}
	}
}

func TestTooManyOfACodeAreCounted(t *testing.T) {
	problems := slices.Repeat([]Problem{{Code: DeadLink, Severity: Error, Position: Position{Path: "a"}, Message: "m", Remedy: "r"}}, mostOfACode+20)
	problems = append(problems, Problem{Code: NoSource, Severity: Warning, Position: Position{Path: "b"}, Message: "n", Remedy: "r"})
	for verbose, want := range map[bool]int{false: mostOfACode, true: mostOfACode + 20} {
		var b bytes.Buffer
		if err := Text(&b, problems, TextOptions{Verbose: verbose}); err != nil {
			t.Fatal(err)
		}
		got := b.String()
		if strings.Count(got, "(dead-link)") != want || !strings.Contains(got, "(article-without-source)") || strings.Contains(got, "20 × dead-link") == verbose {
			t.Errorf("verbose %v: %d printed\n%.300s", verbose, strings.Count(got, "(dead-link)"), got[len(got)-min(len(got), 300):])
		}
	}
}
