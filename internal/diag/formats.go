package diag

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// Formats are the names that Print knows besides "text".
var formats = []string{"text", "json", "sarif", "github"}

// Formats lists the names that Print takes.
func Formats() []string { return append([]string(nil), formats...) }

// Print writes problems in a format of Formats; version names the program.
func Print(w io.Writer, format, version string, problems []Problem, o TextOptions) error {
	switch format {
	case "", "text":
		return Text(w, problems, o)
	case "json":
		return jsonLines(w, problems)
	case "sarif":
		return sarif(w, version, problems)
	case "github":
		return github(w, problems, o.Verbose)
	}
	return fmt.Errorf("there is no format %q; it is one of %s", format, strings.Join(formats, ", "))
}

// jsonLines writes one Record a line, infos too.
func jsonLines(w io.Writer, problems []Problem) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, p := range problems {
		if err := enc.Encode(p.Record()); err != nil {
			return err
		}
	}
	return nil
}

// github writes workflow commands, which GitHub shows beside the lines of a
// change. It shows ten of a kind in a step, so infos are left out unless asked for:
// https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
func github(w io.Writer, problems []Problem, verbose bool) error {
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	b := bufio.NewWriter(w)
	for _, p := range problems {
		level := p.Severity.String()
		if p.Severity == Info {
			if !verbose {
				continue
			}
			level = "notice"
		}
		var at []string
		if p.Path != "" {
			at = append(at, "file="+property.Replace(p.Path))
		}
		if p.Line > 0 {
			at = append(at, fmt.Sprintf("line=%d", p.Line))
		}
		if p.Column > 0 {
			at = append(at, fmt.Sprintf("col=%d", p.Column))
		}
		at = append(at, "title="+property.Replace(string(p.Code)))
		text := p.Message
		if p.Remedy != "" {
			text += "\n" + p.Remedy
		}
		fmt.Fprintf(b, "::%s %s::%s\n", level, strings.Join(at, ","), data.Replace(text))
	}
	return b.Flush()
}

type (
	sarifText struct {
		Text string `json:"text"`
	}
	sarifRule struct {
		ID      string    `json:"id"`
		Short   sarifText `json:"shortDescription"`
		Full    sarifText `json:"fullDescription"`
		Default struct {
			Level string `json:"level"`
		} `json:"defaultConfiguration"`
	}
	sarifRegion struct {
		Line   int `json:"startLine"`
		Column int `json:"startColumn,omitempty"`
	}
	sarifPhysical struct {
		Artifact struct {
			URI string `json:"uri"`
		} `json:"artifactLocation"`
		Region *sarifRegion `json:"region,omitempty"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifResult struct {
		Rule      string          `json:"ruleId"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations,omitempty"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
)

func sarifLevel(s Severity) string {
	if s == Info {
		return "note"
	}
	return s.String()
}

// sarif writes the Static Analysis Results Interchange Format 2.1.0
// (https://docs.oasis-open.org/sarif/sarif/v2.1.0/).
func sarif(w io.Writer, version string, problems []Problem) error {
	run := sarifRun{Tool: sarifTool{sarifDriver{Name: "warraq", Version: version, Rules: []sarifRule{}}}, ColumnKind: "unicodeCodePoints", Results: []sarifResult{}}
	used := map[Code]bool{}
	for _, p := range problems {
		used[p.Code] = true
		r := sarifResult{Rule: string(p.Code), Level: sarifLevel(p.Severity), Message: sarifText{p.Message}}
		if p.Remedy != "" {
			r.Message.Text += " (" + p.Remedy + ")"
		}
		if p.Path != "" {
			var l sarifLocation
			l.Physical.Artifact.URI = uri(p.Path)
			if p.Line > 0 {
				l.Physical.Region = &sarifRegion{p.Line, p.Column}
			}
			r.Locations = []sarifLocation{l}
		}
		run.Results = append(run.Results, r)
	}
	for _, e := range Explanations() {
		if used[e.Code] {
			rule := sarifRule{ID: string(e.Code), Short: sarifText{e.Summary}, Full: sarifText{e.Details}}
			rule.Default.Level = sarifLevel(e.Severity)
			run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, rule)
		}
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}})
}

// uri percent-encodes a path as SARIF wants it: a relative URI reference.
func uri(path string) string {
	var b strings.Builder
	for i := range len(path) {
		c := path[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("/._-~", c) >= 0 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
