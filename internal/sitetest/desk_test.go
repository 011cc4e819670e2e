package sitetest

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// answeringCmd starts another site, with /good and /gone, and writes its address
// for http://linkserver.example in a file.
func answeringCmd(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 || neg {
		ts.Fatalf("usage: answering FILE")
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/good" {
			w.WriteHeader(http.StatusGone)
		}
	}))
	ts.Defer(server.Close)
	text := strings.ReplaceAll(ts.ReadFile(args[0]), "http://linkserver.example", server.URL)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o644))
}

// addressesCmd: addresses DIR DIR: both sites answer at the same article addresses.
func addressesCmd(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 || neg {
		ts.Fatalf("usage: addresses DIR DIR")
	}
	list := func(dir string) []string {
		found, err := filepath.Glob(filepath.Join(ts.MkAbs(dir), "articles", "*", "index.html"))
		ts.Check(err)
		for i := range found {
			found[i] = filepath.Base(filepath.Dir(found[i]))
		}
		slices.Sort(found)
		return found
	}
	if a, b := list(args[0]), list(args[1]); !slices.Equal(a, b) || len(a) == 0 {
		ts.Fatalf("the addresses differ:\n%q\n%q", a, b)
	}
}

// one expands a pattern that must match one file.
func one(ts *testscript.TestScript, pattern string) string {
	found, err := filepath.Glob(ts.MkAbs(pattern))
	ts.Check(err)
	if len(found) != 1 {
		ts.Fatalf("%s matches %q", pattern, found)
	}
	return found[0]
}

func rmglobCmd(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 || neg {
		ts.Fatalf("usage: rmglob PATTERN")
	}
	ts.Check(os.Remove(one(ts, args[0])))
}

// appendtoCmd: appendto PATTERN TEXT: adds a paragraph to the one file that matches.
func appendtoCmd(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 || neg {
		ts.Fatalf("usage: appendto PATTERN TEXT")
	}
	name := one(ts, args[0])
	raw, err := os.ReadFile(name)
	ts.Check(err)
	ts.Check(os.WriteFile(name, []byte(string(raw)+"\n"+args[1]+"\n"), 0o644))
}
