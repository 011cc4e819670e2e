package sitetest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/pelletier/go-toml/v2"

	"warraq/internal/audit"
	"warraq/internal/diag"
)

// publishing is docs/publishing.md, whose recipes TestRecipes runs as they stand
// there. The lines that fetch and build the program take minutes where
// nothing is cached, so they are run in make audit only; otherwise the program
// of these tests stands in for theirs.
type publishing struct {
	t       *testing.T
	text    string
	repo    string // the repository that holds the program
	bin     string // folder of the program
	site    string // a repository that holds a site with the target "production"
	www     string // where that target leads
	install bool
	environ []string
}

func TestRecipes(t *testing.T) {
	if testing.Short() {
		t.Skip("recipes are left out of -short runs")
	}
	repo, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(repo, "docs", "publishing.md"))
	if err != nil {
		t.Fatal(err)
	}
	bin := t.TempDir()
	if out, err := exec.Command("go", "build", "-o", filepath.Join(bin, "warraq"), "warraq/cmd/warraq").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	for name, recipe := range map[string]func(*publishing){
		"GitHubActions": (*publishing).gitHub,
		"GitLab":        (*publishing).gitLab,
		"StaticHosts":   (*publishing).staticHosts,
		"rsync":         (*publishing).rsync,
	} {
		t.Run(name, func(t *testing.T) {
			p := &publishing{
				t: t, text: string(raw), repo: repo, bin: bin,
				site: t.TempDir(), www: filepath.Join(t.TempDir(), "www"), install: os.Getenv("WARRAQ_AUDIT") != "",
			}
			p.environ = append(os.Environ(),
				"SOURCE_DATE_EPOCH=1767225600", // the runs happen on one day
				"GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_AUTHOR_NAME=desk", "GIT_AUTHOR_EMAIL=desk@example.org", "GIT_COMMITTER_NAME=desk", "GIT_COMMITTER_EMAIL=desk@example.org")
			if p.install {
				p.servesReleases()
			}
			p.run(p.site, nil, fmt.Sprintf(`cp -r %[1]q/content %[1]q/hugo.toml .
printf '\n[[deployment.targets]]\nname = "production"\nurl = "file://%[2]s"\n' >> hugo.toml
printf '.warraq/\npublic/\n' > .gitignore
git init -q -b main . && git add -A && git commit -qm first`, repo, p.www))
			recipe(p)
		})
	}
}

// servesReleases makes git find the program's repository, with the version that
// the documentation names, at the address it gives.
func (p *publishing) servesReleases() {
	bare := filepath.Join(p.t.TempDir(), "warraq.git")
	if out, err := exec.Command("git", "clone", "-q", "--bare", p.repo, bare).CombinedOutput(); err != nil {
		p.t.Skipf("there is no repository to clone the program from: %s", out)
	}
	p.run(bare, nil, "git tag -f v1.0.0 HEAD")
	p.environ = append(p.environ, "GIT_CONFIG_COUNT=1",
		"GIT_CONFIG_KEY_0=url.file://"+bare+".insteadOf", "GIT_CONFIG_VALUE_0=https://example.org/warraq.git")
	// A home of its own, with the caches of the real one: modules are not fetched anew.
	for _, name := range []string{"GOCACHE", "GOMODCACHE"} {
		dir, err := exec.Command("go", "env", name).Output()
		if err != nil {
			p.t.Fatal(err)
		}
		p.environ = append(p.environ, name+"="+strings.TrimSpace(string(dir)))
	}
	p.environ = append(p.environ, "HOME="+p.t.TempDir())
}

// run runs commands in a folder, by bash that stops at the first failure.
func (p *publishing) run(dir string, env []string, commands string) string {
	p.t.Helper()
	cmd := exec.Command("bash", "-euo", "pipefail", "-c", commands)
	cmd.Dir = dir
	cmd.Env = append(append(append([]string(nil), p.environ...), "PATH="+p.bin+string(os.PathListSeparator)+os.Getenv("PATH")), env...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		p.t.Fatalf("%s\n%v\n%s", commands, err, out)
	}
	return string(out)
}

// block gives the text of the fenced block that an info string marks.
func (p *publishing) block(info string) string {
	p.t.Helper()
	m := regexp.MustCompile("(?ms)^```"+regexp.QuoteMeta(info)+"\n(.*?)^```").FindAllStringSubmatch(p.text, -1)
	if len(m) != 1 {
		p.t.Fatalf("docs/publishing.md has %d blocks %q, want one", len(m), info)
	}
	return m[0][1]
}

// fetches tells the lines that bring the program.
func fetches(line string) bool {
	return !strings.HasPrefix(line, "warraq ")
}

// clone is a fresh checkout of the site with what the last run cached.
func (p *publishing) clone(cached []string, cache string) string {
	p.t.Helper()
	dir := filepath.Join(p.t.TempDir(), "site")
	p.run(p.site, nil, fmt.Sprintf("git clone -q . %q", dir))
	for _, name := range cached {
		if _, err := os.Stat(filepath.Join(cache, name)); err == nil {
			p.run(dir, nil, fmt.Sprintf("cp -a %q %q", filepath.Join(cache, name), name))
		}
	}
	return dir
}

// sound checks the published site as check --site does. While files are on their
// way a link may lead to a page that has not its anchor yet; the page is there.
func (p *publishing) sound(dir, when string, underWay bool) {
	p.t.Helper()
	r, err := audit.Tree(context.Background(), dir, audit.TreeOptions{BasePath: audit.BasePath(dir)})
	if err != nil || r.Pages < 100 {
		p.t.Fatalf("%s: %d pages, %v", when, r.Pages, err)
	}
	for _, problem := range r.Problems {
		if problem.Severity == diag.Error && !(underWay && problem.Code == diag.DeadAnchor) {
			p.t.Errorf("%s: %v", when, problem.Error())
		}
	}
}

const addition = "فقرة أضيفت بعد النشر الأول."

// change adds a sentence to an article of the site.
func (p *publishing) change() {
	p.t.Helper()
	p.run(p.site, nil, fmt.Sprintf(`printf '\n%s\n' >> content/articles/sharaa-in-moscow.md; git commit -qam change`, addition))
}

// history is what every recipe of continuous integration must do: publish; upload
// nothing when nothing changed; upload what one change touches.
func (p *publishing) history(run func() (said string)) {
	p.t.Helper()
	if said := run(); !strings.Contains(said, " files uploaded") {
		p.t.Errorf("first run: %s", said)
	}
	p.sound(p.www, "first run", false)
	if said := run(); !strings.Contains(said, "\n0 files uploaded") {
		p.t.Errorf("second run, nothing changed: %s", said)
	}
	p.change()
	if said := run(); strings.Contains(said, "\n0 files uploaded") {
		p.t.Errorf("third run, one article changed: %s", said)
	}
	page, err := os.ReadFile(filepath.Join(p.www, "articles", "sharaa-in-moscow", "index.html"))
	if err != nil || !strings.Contains(string(page), addition) {
		p.t.Errorf("the change was not published, %v", err)
	}
	p.sound(p.www, "third run", false)
}

func (p *publishing) gitHub() {
	t := p.t
	var workflow struct {
		Jobs map[string]struct {
			Steps []struct {
				Uses string            `yaml:"uses"`
				Run  string            `yaml:"run"`
				With map[string]string `yaml:"with"`
			} `yaml:"steps"`
		} `yaml:"jobs"`
	}
	if err := yaml.Unmarshal([]byte(p.block("yaml github")), &workflow); err != nil {
		t.Fatal(err)
	}
	cache := t.TempDir()
	var install, steps, cached []string
	for _, step := range workflow.Jobs["publish"].Steps {
		switch {
		case strings.HasPrefix(step.Uses, "actions/cache@"):
			cached = strings.Fields(step.With["path"])
		case step.Run != "" && fetches(step.Run):
			install = append(install, step.Run)
		case step.Run != "":
			steps = append(steps, step.Run)
		}
	}
	if len(install) == 0 || len(steps) < 3 || len(cached) != 2 {
		t.Fatalf("the workflow has lost its steps: %q, %q, %q", install, steps, cached)
	}
	if p.install {
		temp, paths := t.TempDir(), filepath.Join(t.TempDir(), "path")
		for _, step := range install {
			t.Log(step)
			p.run(t.TempDir(), []string{"RUNNER_TEMP=" + temp, "GITHUB_PATH=" + paths}, step)
		}
		raw, err := os.ReadFile(paths)
		if err != nil {
			t.Fatal(err)
		}
		p.bin = strings.TrimSpace(string(raw))
	}
	p.history(func() string {
		dir := p.clone(cached, cache)
		said := ""
		for _, step := range steps { // each in a shell of its own
			out := p.run(dir, nil, step)
			t.Logf("%s → %s", step, lastLine(out))
			said += "\n" + out
		}
		p.run(cache, nil, fmt.Sprintf("rm -rf %[2]s; cd %[1]q && cp -a %[2]s %[3]q", dir, strings.Join(cached, " "), cache))
		return said
	})
}

func (p *publishing) gitLab() {
	t := p.t
	var jobs map[string]struct {
		Cache struct {
			Paths []string `yaml:"paths"`
		} `yaml:"cache"`
		Script    []string `yaml:"script"`
		Artifacts struct {
			Paths []string `yaml:"paths"`
		} `yaml:"artifacts"`
	}
	if err := yaml.Unmarshal([]byte(p.block("yaml gitlab")), &jobs); err != nil {
		t.Fatal(err)
	}
	job := jobs["publish"]
	if len(job.Script) < 5 || len(job.Cache.Paths) != 2 || len(job.Artifacts.Paths) != 1 {
		t.Fatalf("the job has lost its parts: %+v", job)
	}
	cache := t.TempDir()
	p.history(func() string {
		dir := p.clone(job.Cache.Paths, cache)
		var script []string // in one shell
		for _, line := range job.Script {
			if !p.install && fetches(line) {
				continue
			}
			script = append(script, line)
		}
		if p.install { // a runner's machine is new for every job
			p.environ = append(p.environ, "HOME="+t.TempDir())
		}
		said := p.run(dir, nil, strings.Join(script, "\n"))
		t.Logf("%d lines of script → %s", len(script), lastLine(said))
		if _, err := os.Stat(filepath.Join(dir, job.Artifacts.Paths[0], "index.html")); err != nil {
			t.Errorf("the artifact has no home page: %v", err)
		}
		p.run(cache, nil, fmt.Sprintf("rm -rf %[2]s; cd %[1]q && cp -a %[2]s %[3]q", dir, strings.Join(job.Cache.Paths, " "), cache))
		return "\n" + said
	})
}

// Netlify reads the block from the repository; Cloudflare Pages asks for the same
// command and folder.
func (p *publishing) staticHosts() {
	t := p.t
	var settings struct {
		Build struct {
			Command     string            `toml:"command"`
			Publish     string            `toml:"publish"`
			Environment map[string]string `toml:"environment"`
		} `toml:"build"`
	}
	if err := toml.Unmarshal([]byte(p.block("toml netlify")), &settings); err != nil {
		t.Fatal(err)
	}
	command := settings.Build.Command
	if !p.install {
		_, rest, found := strings.Cut(command, " && warraq ")
		if !found {
			t.Fatalf("the command does not end in warraq: %q", command)
		}
		command = "warraq " + rest
	}
	dir := p.clone(nil, "")
	t.Logf("%s → %s", command, lastLine(p.run(dir, nil, command)))
	published := filepath.Join(dir, settings.Build.Publish)
	for _, name := range []string{"index.html", "404.html", "_headers", "_redirects", ".nojekyll"} {
		if _, err := os.Stat(filepath.Join(published, name)); err != nil {
			t.Error(err)
		}
	}
	p.sound(published, "the folder to publish", false)
}

// rsync goes to a folder of this machine. After every line the published site is
// without a dead link, as the documentation says.
func (p *publishing) rsync() {
	t := p.t
	if _, err := exec.LookPath("rsync"); err != nil {
		t.Skip("there is no rsync; install it with your package manager to run its recipe")
	}
	const remote = "editor@www.example.org:/srv/www/archive/"
	lines := strings.Split(strings.TrimSpace(p.block("sh skip=needs-a-server")), "\n")
	if len(lines) < 4 || strings.Count(strings.Join(lines, "\n"), remote) != len(lines) {
		t.Fatalf("the recipe is another: %q", lines)
	}
	www := p.www + "/"
	send := func(when string) {
		p.run(p.site, nil, "warraq build --strict")
		for i, line := range lines {
			p.run(p.site, nil, "mkdir -p "+www+"\n"+strings.ReplaceAll(line, remote, www))
			p.sound(p.www, when+": after "+line, i < len(lines)-1)
		}
	}
	send("first")
	p.change()
	p.run(p.site, nil, `rm content/articles/new-start-offer.md
printf -- '---\ntitle: افتتاح رصيف جديد\ndate: 2025-12-01\nsource: صحيفة الضفة\n---\nافتتح الرصيف الجديد صباح الاثنين بحضور عمال الميناء.\n' > content/articles/new-quay.md`)
	send("one new, one changed, one gone")
	diffs, err := Trees(filepath.Join(p.site, "public"), p.www)
	if err != nil || len(diffs) > 0 {
		t.Errorf("published otherwise than built: %.3q, %v", diffs, err)
	}
}

func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return lines[len(lines)-1]
}
