// Package internal holds no code: only the test of who may import whom.
package internal

import (
	"encoding/json"
	"errors"
	"io"
	"maps"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// allowed is the table of docs/architecture.md: what each room may import
// besides diag, config and civil, which everyone may.
var allowed = map[string][]string{
	"civil":        {},
	"syntax":       {},
	"digest":       {},
	"editdistance": {},
	"diag":         {"editdistance"},
	"arabic":       {},
	"dates":        {"arabic"},
	"config":       {},
	"archive":      {"arabic", "dates", "digest"},
	"source":       {"syntax"},
	"editorial":    {"archive", "arabic", "syntax"},
	"match":        {"archive", "arabic", "dates", "editorial"},
	"markup":       {"arabic"},
	"extract":      {"archive", "arabic", "dates", "editorial", "markup", "match", "source"},
	"assemble":     {"archive", "arabic", "dates", "digest", "editorial", "match"},
	"output":       {"digest"},
	"render":       {"archive", "arabic", "dates", "markup", "output"},
	"feed":         {"archive", "arabic", "dates", "markup", "output"},
	"search":       {"archive", "arabic", "editdistance", "markup", "output"},
	"store":        {"archive", "arabic", "dates"},
	"intake":       {"archive", "arabic", "dates", "editorial", "extract", "markup", "match", "source"},
	"audit":        {"archive", "arabic", "dates", "editorial", "output"},
	"publish":      {"output"},
	"build": {"archive", "assemble", "editorial", "extract", "feed", "markup", "match",
		"output", "render", "search", "source", "store"},
	"preview": {"archive", "build", "output", "source"},
	"cli": {"archive", "arabic", "assemble", "audit", "build", "dates", "editorial", "extract", "intake",
		"match", "output", "preview", "publish", "search", "source"},
}

// leaves may import neither diag nor config.
var leaves = []string{"civil", "arabic", "digest", "editdistance", "syntax"}

func TestImportsFollowTheTable(t *testing.T) {
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	dec := json.NewDecoder(strings.NewReader(string(out)))
	seen := 0
	for {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		room, ok := strings.CutPrefix(p.ImportPath, "warraq/internal/")
		if !ok {
			continue
		}
		room, _, _ = strings.Cut(room, "/")
		if room == "bench" || room == "release" || room == "browser" || room == "sitetest" {
			continue // developers' programs and tests may use anything
		}
		may, known := allowed[room]
		if !known {
			t.Errorf("room %q is not in the table: add it here and to docs/architecture.md", room)
			continue
		}
		seen++
		for _, imp := range p.Imports {
			to, ok := strings.CutPrefix(imp, "warraq/internal/")
			if !ok {
				if strings.HasPrefix(imp, "github.com/gohugoio/hugo") &&
					!slices.Contains([]string{"config", "source", "preview", "publish"}, room) {
					t.Errorf("%s imports %s: Hugo is known to config, source, preview and publish only", p.ImportPath, imp)
				}
				continue
			}
			to, _, _ = strings.Cut(to, "/")
			common := to == "diag" || to == "config" || to == "civil"
			switch {
			case to == room:
			case common && !slices.Contains(leaves, room) && !(room == "diag"):
			case slices.Contains(may, to):
			default:
				t.Errorf("%s imports %s, which the table forbids", p.ImportPath, imp)
			}
		}
	}
	if seen < 8 {
		t.Errorf("only %d rooms were checked", seen)
	}
}

// The table that contributors read is the one that is enforced.
func TestTheDocumentHasTheTable(t *testing.T) {
	page, err := os.ReadFile("../docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	written := map[string]string{}
	for _, row := range regexp.MustCompile("(?m)^\\| `([a-z]+)` \\|[^|]*\\| ([^|]*) \\|$").FindAllStringSubmatch(string(page), -1) {
		written[row[1]] = row[2]
	}
	for _, room := range slices.Sorted(maps.Keys(allowed)) {
		want := strings.Join(slices.Sorted(slices.Values(allowed[room])), ", ")
		if want == "" {
			want = "–"
		}
		if written[room] != want {
			t.Errorf("docs/architecture.md says that %s may import %q; the test says %q", room, written[room], want)
		}
		delete(written, room)
	}
	for room := range written {
		t.Errorf("docs/architecture.md has a room %q that the test does not know", room)
	}
}
