package sitetest

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// reasons for which a documented command is not run by this test. Each is run
// elsewhere.
var reasons = []string{
	"network",            // needs more than the repository: continuous integration
	"runs-until-stopped", // warraq serve: package preview
	"needs-a-bucket",     // deployment: package publish
	"needs-a-server",     // rsync: the recipes' tests
	"needs-root",         // nginx: package publish, in make audit
	"takes-minutes",      // benchmarks, releases
}

var fence = regexp.MustCompile("(?ms)^```(sh[^\n]*)\n(.*?)^```")

// documents gives the pages of the documentation by their names.
func documents(t *testing.T) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob("../../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string][]byte{}
	for _, name := range append(names, "../../README.md") {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		pages[filepath.Base(name)] = raw
	}
	return pages
}

// TestCommandsThatAreNotRunSayWhy is quick, so that -short runs have it.
func TestCommandsThatAreNotRunSayWhy(t *testing.T) {
	for name, raw := range documents(t) {
		for _, block := range fence.FindAllSubmatch(raw, -1) {
			if info := string(block[1]); info != "sh" && !slices.Contains(reasons, strings.TrimPrefix(info, "sh skip=")) {
				t.Errorf("%s: a block is marked %q, which is no reason", name, info)
			}
		}
	}
}

// TestDocumentedCommands runs the sh blocks of the documentation, in order, in a
// copy of the example site.
func TestDocumentedCommands(t *testing.T) {
	if testing.Short() {
		t.Skip("the documented commands are left out of -short runs")
	}
	repository, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	bin := t.TempDir()
	if out, err := exec.Command("go", "build", "-o", filepath.Join(bin, "warraq"), "warraq/cmd/warraq").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	ran := 0
	for name, raw := range documents(t) {
		var commands []string
		for _, block := range fence.FindAllSubmatch(raw, -1) {
			if string(block[1]) == "sh" {
				commands = append(commands, string(block[2]))
			}
		}
		if len(commands) == 0 {
			continue
		}
		ran += len(commands)
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			site := t.TempDir()
			for _, part := range []string{"hugo.toml", "content"} {
				if out, err := exec.Command("cp", "-r", filepath.Join(repository, part), site).CombinedOutput(); err != nil {
					t.Fatalf("cp: %v\n%s", err, out)
				}
			}
			cmd := exec.Command("bash", "-euxo", "pipefail", "-c", strings.Join(commands, "\n"))
			cmd.Dir = site
			cmd.Env = append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"), "SOURCE_DATE_EPOCH=1767225600")
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
	if ran < 3 {
		t.Errorf("only %d blocks of commands were found", ran)
	}
}
