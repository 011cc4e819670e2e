package diag

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

var samples = []Problem{
	{Code: "dead-link", Severity: Error, Position: Position{"content/خبر.md", 3, 7}, Message: "رابط: ميت, هنا\nسطر", Remedy: "أصلحه"},
	{Code: "article-orphan", Severity: Info, Position: Position{Path: "x"}, Message: "100% هنا"},
}

func printed(t *testing.T, format string) string {
	t.Helper()
	var b bytes.Buffer
	if err := Print(&b, format, "1.0", samples, TextOptions{Verbose: true}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestGitHubCommandsStayOnOneLine(t *testing.T) {
	lines := strings.Split(strings.TrimSuffix(printed(t, "github"), "\n"), "\n")
	if len(lines) != 2 {
		t.Fatalf("%d lines: %q", len(lines), lines)
	}
	if want := "::error file=content/خبر.md,line=3,col=7,title=dead-link::رابط: ميت, هنا%0Aسطر%0Aأصلحه"; lines[0] != want {
		t.Errorf("got %q\nwant %q", lines[0], want)
	}
	if want := "::notice file=x,title=article-orphan::100%25 هنا"; lines[1] != want {
		t.Errorf("got %q", lines[1])
	}
}

func TestSARIFIsCompleteAndValid(t *testing.T) {
	var log sarifLog
	if err := json.Unmarshal([]byte(printed(t, "sarif")), &log); err != nil {
		t.Fatal(err)
	}
	r := log.Runs[0].Results
	if len(r) != 2 || r[0].Level != "error" || r[1].Level != "note" {
		t.Errorf("%+v", r)
	}
	if got := r[0].Locations[0].Physical; got.Artifact.URI != "content/%D8%AE%D8%A8%D8%B1.md" || got.Region.Line != 3 {
		t.Errorf("%+v", got)
	}
	if len(log.Runs[0].Tool.Driver.Rules) != 2 {
		t.Errorf("rules: %+v", log.Runs[0].Tool.Driver.Rules)
	}
}

func TestJSONLinesHoldEveryProblem(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(printed(t, "json")), "\n")
	if len(lines) != 2 || !json.Valid([]byte(lines[0])) {
		t.Errorf("%q", lines)
	}
}

func TestAnUnknownFormatIsRefused(t *testing.T) {
	if err := Print(&bytes.Buffer{}, "xml", "", nil, TextOptions{}); err == nil {
		t.Error("no error")
	}
}
