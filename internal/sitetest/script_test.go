package sitetest

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/rogpeppe/go-internal/testscript"

	"warraq/internal/audit"
	"warraq/internal/cli"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"warraq": func() {
			os.Exit(cli.Run(context.Background(), os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
		},
	})
}

func TestSites(t *testing.T) {
	repository, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	seeds := filepath.Join(repository, "../shared/seeds")
	testscript.Run(t, testscript.Params{
		Dir:           "testdata",
		UpdateScripts: os.Getenv("WARRAQ_UPDATE") != "",
		Setup: func(env *testscript.Env) error {
			env.Setenv("REPO", repository)
			env.Setenv("SOURCE_DATE_EPOCH", "1767225600") // 1 January 2026: the build day of every test
			return nil
		},
		Condition: func(cond string) (bool, error) {
			if cond == "seeds" {
				_, err := os.Stat(seeds)
				return err == nil, nil
			}
			return false, fmt.Errorf("unknown condition %q", cond)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"select":  selectCmd,
			"count":   countCmd,
			"crawl":   crawlCmd,
			"same":    sameCmd,
			"exits":   exitsCmd,
			"pages":   pagesCmd,
			"tags":    tagsCmd,
			"grepall": grepallCmd,

			"answering": answeringCmd,
			"addresses": addressesCmd,
			"rmglob":    rmglobCmd,
			"appendto":  appendtoCmd,
			"seeds": func(ts *testscript.TestScript, neg bool, args []string) {
				ts.Check(os.CopyFS(ts.MkAbs(args[0]), os.DirFS(seeds)))
			},
		},
	})
}

func document(ts *testscript.TestScript, name string) *goquery.Document {
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(ts.ReadFile(name)))
	ts.Check(err)
	return doc
}

func selectCmd(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: select FILE SELECTOR [TEXT…]")
	}
	want := strings.Join(args[2:], " ")
	found := false
	var texts []string
	document(ts, args[0]).Find(args[1]).Each(func(_ int, s *goquery.Selection) {
		text := strings.Join(strings.Fields(s.Text()), " ")
		texts = append(texts, text)
		found = found || strings.Contains(text, want)
	})
	if found == neg {
		ts.Fatalf("select %s %q %q: found %v in %d elements: %.300q", args[0], args[1], want, found, len(texts), texts)
	}
}

func countCmd(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 3 || neg {
		ts.Fatalf("usage: count FILE SELECTOR N")
	}
	want, err := strconv.Atoi(args[2])
	ts.Check(err)
	if got := document(ts, args[0]).Find(args[1]).Length(); got != want {
		ts.Fatalf("count %s %q: %d elements, want %d", args[0], args[1], got, want)
	}
}

func crawlCmd(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 1 || neg {
		ts.Fatalf("usage: crawl DIR [BASEPATH]")
	}
	base := "/"
	if len(args) > 1 {
		base = args[1]
	}
	result, err := audit.Tree(context.Background(), ts.MkAbs(args[0]), audit.TreeOptions{BasePath: base})
	ts.Check(err)
	if result.Pages == 0 {
		ts.Fatalf("%s holds no page", args[0])
	}
	if n := len(result.Problems); n > 0 {
		var b strings.Builder
		for _, p := range result.Problems[:min(30, n)] {
			fmt.Fprintf(&b, "%s: %s\n", p.Code, p.Error())
		}
		ts.Fatalf("%d problems:\n%s", n, b.String())
	}
}

// exits checks an exact exit code: exits CODE warraq ARGS… leaves what the
// program printed for stdout and stderr.
func exitsCmd(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 2 || neg {
		ts.Fatalf("usage: exits CODE PROGRAM ARGS…")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := "0"
	if err != nil {
		got = strings.TrimPrefix(err.Error(), "exit status ")
	}
	if got != args[0] {
		ts.Fatalf("%s exits %s, want %s", strings.Join(args[1:], " "), got, args[0])
	}
}

func sameCmd(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: same DIR DIR")
	}
	diffs, err := Trees(ts.MkAbs(args[0]), ts.MkAbs(args[1]))
	ts.Check(err)
	if (len(diffs) == 0) == neg {
		ts.Fatalf("same %s %s: %d differences:\n%s", args[0], args[1], len(diffs), strings.Join(diffs, "\n"))
	}
}

// folders lists the folders below dir that hold a page of their own, redirects
// left out.
func folders(ts *testscript.TestScript, dir string) []string {
	found, err := filepath.Glob(filepath.Join(ts.MkAbs(dir), "*", "index.html"))
	ts.Check(err)
	var names []string
	for _, name := range found {
		raw, err := os.ReadFile(name)
		ts.Check(err)
		if !strings.Contains(string(raw), `http-equiv="refresh"`) && !strings.Contains(string(raw), "http-equiv=refresh") {
			names = append(names, filepath.Base(filepath.Dir(name)))
		}
	}
	return names
}

func pagesCmd(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	if got := folders(ts, args[1]); len(got) != want {
		ts.Fatalf("%d pages in %s, want %d: %q", len(got), args[1], want, got)
	}
}

// functionWords may not be the whole of a tag, and no tag may begin with one.
var functionWords = []string{"في", "من", "إلى", "على", "أن", "إن", "عن", "مع", "هذا", "التي", "الذي", "أو", "و"}

// lone adjectives name nothing by themselves.
var loneAdjectives = []string{"الروسي", "الروسية", "السورية", "السوري", "الأمريكي", "الأمريكية", "الجديدة", "الرئيس"}

// tagsCmd: tags MIN DIR: at least MIN tag pages, none a function word or a lone adjective.
func tagsCmd(ts *testscript.TestScript, neg bool, args []string) {
	least, err := strconv.Atoi(args[0])
	ts.Check(err)
	names := folders(ts, args[1])
	if len(names) < least {
		ts.Fatalf("%d tag pages, want at least %d: %q", len(names), least, names)
	}
	for _, slug := range names {
		doc := document(ts, filepath.Join(ts.MkAbs(args[1]), slug, "index.html"))
		title := strings.Join(strings.Fields(doc.Find("h1").First().Text()), " ")
		for _, word := range functionWords {
			if title == word || strings.HasPrefix(title, word+" ") {
				ts.Fatalf("tag %q begins with a function word", title)
			}
		}
		if slices.Contains(loneAdjectives, title) {
			ts.Fatalf("tag %q is a lone adjective", title)
		}
	}
}

func grepallCmd(ts *testscript.TestScript, neg bool, args []string) {
	found := ""
	err := filepath.WalkDir(ts.MkAbs(args[0]), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(name)
		if err == nil && strings.Contains(string(raw), args[1]) {
			found = name
		}
		return err
	})
	ts.Check(err)
	if (found != "") == neg {
		ts.Fatalf("grepall %s %q: found in %q", args[0], args[1], found)
	}
}
