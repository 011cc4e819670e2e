package main

import (
	"embed"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
)

// pagefindVersion is what a user of Hugo would add for search.
const pagefindVersion = "1.6.0"

//go:embed layouts
var layouts embed.FS

// tools are the programs under measurement.
type tools struct {
	ours, hugo, pagefind, floor string
}

// prepare builds and fetches the programs that will be measured.
func prepare(work string, what map[string]bool) (tools, error) {
	bin := filepath.Join(work, "bin")
	if err := os.MkdirAll(bin, 0o755); err != nil {
		return tools{}, err
	}
	t := tools{ours: filepath.Join(bin, "warraq"), hugo: filepath.Join(bin, "hugo")}
	var err error
	if t.floor, err = os.Executable(); err != nil {
		return t, err
	}
	say("building warraq")
	if err := run("go", "build", "-o", t.ours, "./cmd/warraq"); err != nil {
		return t, err
	}
	if what["hugo"] || what["pagefind"] {
		say("building Hugo from the module")
		if err := run("go", "build", "-modfile=internal/devtools/go.mod", "-o", t.hugo, "github.com/gohugoio/hugo"); err != nil {
			return t, err
		}
	}
	if what["pagefind"] {
		say("fetching Pagefind %s", pagefindVersion)
		if err := run("npm", "install", "--silent", "--no-fund", "--no-audit", "--prefix", work, "pagefind@"+pagefindVersion); err != nil {
			return t, err
		}
		// The package is a wrapper in JavaScript around this binary.
		found, err := filepath.Glob(filepath.Join(work, "node_modules/@pagefind", runtime.GOOS+"-*", "bin", "pagefind*"))
		if err != nil {
			return t, err
		}
		for _, name := range found {
			if base := filepath.Base(name); base == "pagefind_extended" || base == "pagefind" && t.pagefind == "" {
				t.pagefind = name
			}
		}
		if t.pagefind == "" {
			return t, fmt.Errorf("the npm package of Pagefind holds no binary for %s", runtime.GOOS)
		}
	}
	return t, nil
}

func run(name string, args ...string) error {
	c := exec.Command(name, args...)
	out, err := c.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, out)
	}
	return nil
}

var styleBlock = regexp.MustCompile(`(?s)<style>(.*?)</style>`)

// hugoConfig adds what the same pages need of Hugo: outlets as a taxonomy, and
// related articles by tags and date.
const hugoConfig = `outlet = "source"
[related]
threshold = 20
[[related.indices]]
name = "tags"
weight = 100
[[related.indices]]
name = "date"
weight = 10
`

// rivalConfig is the name of Hugo's configuration beside ours.
const rivalConfig = "hugo-bench.toml"

// writeLayouts gives Hugo templates for the same kinds of pages, with the same
// style sheet in each page as ours has. It cannot cut lists by year and month,
// and writes neither timeline nor exports.
func writeLayouts(site, ourHome string, related bool) error {
	dir := filepath.Join(site, "layouts")
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	inner, err := fs.Sub(layouts, "layouts")
	if err != nil {
		return err
	}
	if err := os.CopyFS(dir, inner); err != nil {
		return err
	}
	if !related {
		name := filepath.Join(dir, "page.html")
		page, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		plain := strings.ReplaceAll(string(page), "(site.RegularPages.Related .)", "(slice)")
		if err := os.WriteFile(name, []byte(plain), 0o644); err != nil {
			return err
		}
	}
	ours, err := os.ReadFile(filepath.Join(site, "hugo.toml"))
	if err != nil {
		return err
	}
	head, _, _ := strings.Cut(string(ours), "[params.archive]")
	if err := os.WriteFile(filepath.Join(site, rivalConfig), []byte(head+hugoConfig), 0o644); err != nil {
		return err
	}
	var home []byte
	if ourHome != "" {
		if home, err = os.ReadFile(ourHome); err != nil {
			return err
		}
	}
	style := ""
	if m := styleBlock.FindSubmatch(home); m != nil {
		style = string(m[1])
	}
	if err := os.MkdirAll(filepath.Join(dir, "_partials"), 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "_partials", "style.html"), []byte("{{ `"+strings.ReplaceAll(style, "`", "'")+"` }}"), 0o644)
}
