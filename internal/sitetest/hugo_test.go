package sitetest

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// An archive can move in from Hugo and out again: Hugo, of the version that is
// our module, builds the example's content tree and publishes its articles, and
// neither clippings nor the editors' files.
func TestHugoBuildsTheContentTree(t *testing.T) {
	if testing.Short() {
		t.Skip("building Hugo is left out of -short runs")
	}
	repository, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	if ours, theirs := hugoVersion(t, repository, "go.mod"), hugoVersion(t, repository, "internal/devtools/go.mod"); ours != theirs {
		t.Fatalf("we import Hugo %s and build %s: raise both", ours, theirs)
	}
	dir := t.TempDir()
	hugo := filepath.Join(dir, "hugo")
	// The program needs more modules than its packages that we import: they stay
	// out of the main go.mod.
	build := exec.Command("go", "build", "-modfile=internal/devtools/go.mod", "-o", hugo, "github.com/gohugoio/hugo")
	build.Dir = repository
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	site := filepath.Join(dir, "site")
	if err := os.CopyFS(filepath.Join(site, "content"), os.DirFS(filepath.Join(repository, "content"))); err != nil {
		t.Fatal(err)
	}
	config, err := os.ReadFile(filepath.Join(repository, "hugo.toml"))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"hugo.toml":        string(config),
		"layouts/all.html": `<!doctype html><title>{{ .Title }}</title>{{ .Content }}`,
	} {
		p := filepath.Join(site, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	run := exec.Command(hugo, "--source", site, "--cacheDir", filepath.Join(dir, "cache"), "--panicOnWarning")
	run.Env = append(os.Environ(), "HUGO_NUMWORKERMULTIPLIER=1")
	if out, err := run.CombinedOutput(); err != nil {
		t.Fatalf("hugo: %v\n%s", err, out)
	}
	articles := 0
	err = filepath.WalkDir(filepath.Join(site, "public"), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(filepath.Join(site, "public"), name)
		switch ext := filepath.Ext(name); {
		case ext == ".txt", ext == ".yaml", ext == ".go", strings.Contains(rel, "clippings"):
			t.Errorf("Hugo publishes %s", rel)
		case strings.HasPrefix(rel, "articles"+string(filepath.Separator)) && filepath.Base(name) == "index.html":
			raw, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			if strings.Contains(string(raw), "<p>") {
				articles++
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if articles < 8 {
		t.Errorf("Hugo publishes %d articles", articles)
	}
}

// hugoVersion reads which Hugo a go.mod requires.
func hugoVersion(t *testing.T, repository, file string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(repository, filepath.FromSlash(file)))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(raw), "github.com/gohugoio/hugo v")
	if !ok {
		t.Fatalf("%s requires no Hugo", file)
	}
	version, _, _ := strings.Cut(rest, "\n")
	return strings.TrimSuffix(strings.TrimSpace(version), " // indirect")
}
