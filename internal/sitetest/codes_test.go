package sitetest

import (
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/text/encoding/charmap"

	"warraq/internal/diag"
)

// mark stands in a script's file where the problem is to be reported. It is taken
// out before the script runs.
const mark = "⟦"

// elsewhere are the codes that no script can bring about, and the tests that do.
var elsewhere = map[diag.Code]string{
	diag.SourceChanged: "internal/search/plan_test.go: a source must change while a build runs",
	diag.BadID:         "internal/assemble/assemble_test.go: extraction refuses such an id as front-matter-value",
	diag.OutputLocked:  "internal/build/lock_unix_test.go: another build must be running",
	diag.PagePath:      "internal/output/output_test.go: no source gets as far as planning such a page",
}

// TestEveryCodeHasItsPlaceAndRemedy runs a small site for every code of
// `warraq explain` and looks at where the program says the problem is.
func TestEveryCodeHasItsPlaceAndRemedy(t *testing.T) {
	scripts, err := filepath.Glob("testdata/codes/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	shown := map[diag.Code]bool{}
	for _, name := range scripts {
		shown[diag.Code(strings.TrimSuffix(filepath.Base(name), ".txtar"))] = true
	}
	for _, e := range diag.Explanations() {
		if shown[e.Code] == (elsewhere[e.Code] != "") {
			t.Errorf("%s needs a script in testdata/codes or an entry in elsewhere, one of the two", e.Code)
		}
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/codes",
		Setup: func(env *testscript.Env) error {
			env.Setenv("SOURCE_DATE_EPOCH", "1767225600")
			place, err := takeMark(env.WorkDir)
			env.Values["place"] = place
			return err
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"reports":     reportsCmd,
			"bytes":       bytesCmd,
			"windows1256": windows1256Cmd,
			"noise":       noiseCmd,
			"closed":      closedCmd,
			"appendto":    appendtoCmd,
		},
	})
}

// takeMark removes the mark from the files below dir and gives its place, "" for
// none.
func takeMark(dir string) (string, error) {
	place := ""
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		before, after, found := strings.Cut(string(raw), mark)
		if !found {
			return nil
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		line := before[strings.LastIndexByte(before, '\n')+1:]
		place = fmt.Sprintf("%s:%d:%d", filepath.ToSlash(rel), 1+strings.Count(before, "\n"), 1+utf8.RuneCountInString(line))
		return os.WriteFile(name, []byte(before+after), 0o644)
	})
	return place, err
}

var problemLine = regexp.MustCompile(`^(error|warning|info): .{8,} \(([a-z0-9-]+)\)$`)

// reportsCmd: reports CODE [of PLACE] [by ARGS…]: warraq says the problem once,
// at PLACE, or else at the mark, with the severity that explain gives and a
// remedy.
func reportsCmd(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) == 0 || neg {
		ts.Fatalf("usage: reports CODE [of PLACE] [by ARGS…]")
	}
	code, want, command := args[0], ts.Value("place").(string), []string{"check"}
	if rest := args[1:]; len(rest) >= 2 && rest[0] == "of" {
		want, args = rest[1], append(args[:1:1], rest[2:]...)
	}
	if rest := args[1:]; len(rest) >= 2 && rest[0] == "by" {
		command = rest[1:]
	}
	if i := slices.Index(command, "--site"); i >= 0 && command[0] == "check" {
		want = strings.TrimPrefix(want, command[i+1]+"/")
	}
	_ = ts.Exec("warraq", append(command, "--verbose")...) // problems may end it with any code
	lines := strings.Split(ts.ReadFile("stderr"), "\n")
	var places []string
	for i, line := range lines {
		m := problemLine.FindStringSubmatch(line)
		if m == nil || m[2] != code {
			continue
		}
		var block []string
		for _, next := range lines[i+1:] {
			if !strings.HasPrefix(next, "  ") {
				break
			}
			block = append(block, strings.TrimSpace(next))
		}
		if len(block) < 2 || len(block[len(block)-1]) < 8 {
			ts.Fatalf("no place or no remedy: %q %q", line, block)
		}
		for _, e := range diag.Explanations() {
			// In a text, garbage is a warning; of a template it is an error.
			if string(e.Code) == code && e.Severity.String() != m[1] && e.Code != diag.HTMLGarbage {
				ts.Fatalf("%s is %s, explain says %s", code, m[1], e.Severity)
			}
		}
		places = append(places, filepath.ToSlash(block[0]))
	}
	if places = slices.Compact(places); len(places) != 1 || places[0] != want {
		ts.Fatalf("%s is reported at %q, want %q:\n%s", code, places, want, strings.Join(lines, "\n"))
	}
}

// bytesCmd: bytes FILE "GO STRING": for what a script cannot hold.
func bytesCmd(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 || neg {
		ts.Fatalf("usage: bytes FILE 'TEXT'")
	}
	text, err := strconv.Unquote(`"` + args[1] + `"`)
	ts.Check(err)
	ts.Check(os.MkdirAll(filepath.Dir(ts.MkAbs(args[0])), 0o755))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o644))
}

// windows1256Cmd: windows1256 FILE: converts it to that character set.
func windows1256Cmd(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 || neg {
		ts.Fatalf("usage: windows1256 FILE")
	}
	raw, err := charmap.Windows1256.NewEncoder().String(ts.ReadFile(args[0]))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(raw), 0o644))
}

// noiseCmd: noise FILE N: adds N bytes that compress badly.
func noiseCmd(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 || neg {
		ts.Fatalf("usage: noise FILE N")
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	text := []byte(ts.ReadFile(args[0]))
	for r, end := rand.New(rand.NewPCG(1, 1)), len(text)+n; len(text) < end; {
		text = fmt.Appendf(text, "%x ", r.Uint64())
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), text, 0o644))
}

// closedCmd: closed FILE: writes the address of a server that is gone for
// http://closed.example.
func closedCmd(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 || neg {
		ts.Fatalf("usage: closed FILE")
	}
	server := httptest.NewServer(nil)
	server.Close()
	text := strings.ReplaceAll(ts.ReadFile(args[0]), "http://closed.example", server.URL)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o644))
}
