package sitetest

import (
	"debug/elf"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/gobwas/glob"
)

// instruction of a Dockerfile, in its stage.
type instruction struct {
	stage      int
	name, rest string
}

func dockerfile(t *testing.T, name string) []instruction {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	text := regexp.MustCompile(`(?m)^\s*#.*\n`).ReplaceAllString(string(raw), "")
	text = regexp.MustCompile(`\\\n\s*`).ReplaceAllString(text, "")
	var out []instruction
	stage := -1
	for line := range strings.Lines(text) {
		name, rest, found := strings.Cut(strings.TrimSpace(line), " ")
		if !found {
			continue
		}
		if name == "FROM" {
			stage++
		}
		out = append(out, instruction{stage, name, strings.TrimSpace(rest)})
	}
	return out
}

// buildContext copies what docker would send: the tracked files, without those
// that .dockerignore names.
func buildContext(t *testing.T, repo string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(repo, ".dockerignore"))
	if err != nil {
		t.Fatal(err)
	}
	var ignored []glob.Glob
	for _, pattern := range strings.Fields(string(raw)) {
		ignored = append(ignored, glob.MustCompile(pattern, '/'), glob.MustCompile(pattern+"/**", '/'))
	}
	list := exec.Command("git", "ls-files", "-z")
	list.Dir = repo
	names, err := list.Output()
	if err != nil {
		t.Skipf("there is no repository to build an image from: %v", err)
	}
	dir := t.TempDir()
	for _, name := range strings.Split(strings.TrimSuffix(string(names), "\x00"), "\x00") {
		if slices.ContainsFunc(ignored, func(g glob.Glob) bool { return g.Match(name) }) {
			continue
		}
		raw, err := os.ReadFile(filepath.Join(repo, filepath.FromSlash(name)))
		if os.IsNotExist(err) {
			continue // removed, and not yet committed
		}
		if err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, raw, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestDockerfile does what `docker build` would, step by step in a folder that
// stands for the root of the image: no engine is needed. The package manager of
// the base image is not run, and the compiler, which takes minutes where nothing
// is cached, only in make audit; otherwise it just says what it would do.
func TestDockerfile(t *testing.T) {
	if testing.Short() || runtime.GOOS != "linux" {
		t.Skip("the image is left out of -short runs, and of other systems")
	}
	compile := os.Getenv("WARRAQ_AUDIT") != ""
	repo, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	context, root := buildContext(t, repo), t.TempDir()
	steps := dockerfile(t, filepath.Join(repo, "Dockerfile"))
	workdir, installed := "/", ""
	made := map[string]bool{} // in the first stage
	var user, entry string
	args := map[string]string{}
	for _, s := range steps {
		switch s.name {
		case "WORKDIR":
			workdir = s.rest
		case "ARG":
			name, value, _ := strings.Cut(s.rest, "=")
			args[name] = value
		case "USER":
			user = s.rest
		case "ENTRYPOINT":
			entry = s.rest
		case "COPY":
			words := strings.Fields(s.rest)
			if from, ok := strings.CutPrefix(words[0], "--from="); ok {
				if from != "build" || !made[words[1]] && !provided(installed, words[1]) {
					t.Errorf("COPY %s: nothing of stage %q makes it", s.rest, from)
				}
				continue
			}
			if s.stage != 0 {
				t.Errorf("COPY %s: the last stage takes sources", s.rest)
			}
			to := path.Join(workdir, words[len(words)-1])
			for _, from := range words[:len(words)-1] {
				target := to
				if strings.HasSuffix(words[len(words)-1], "/") && from != "." {
					target = path.Join(to, path.Base(from))
				}
				target = filepath.Join(root, filepath.FromSlash(target))
				if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
					t.Fatal(err)
				}
				if out, err := exec.Command("cp", "-rT", filepath.Join(context, filepath.FromSlash(from)), target).CombinedOutput(); err != nil {
					t.Fatalf("COPY %s: %v\n%s", s.rest, err, out)
				}
			}
		case "RUN":
			if packages, ok := strings.CutPrefix(s.rest, "apk add "); ok {
				installed += " " + packages + " "
				continue
			}
			// A path of the image is one below root here.
			command := regexp.MustCompile(`-o (/\S+)`).ReplaceAllStringFunc(s.rest, func(o string) string {
				made[strings.TrimPrefix(o, "-o ")] = true
				return "-o " + root + strings.TrimPrefix(o, "-o ")
			})
			if !compile {
				command = strings.Replace(command, "go build ", "go build -n ", 1)
			}
			cmd := exec.Command("sh", "-euc", command)
			cmd.Dir = filepath.Join(root, filepath.FromSlash(workdir))
			cmd.Env = append(os.Environ(), "GOFLAGS=")
			for name, value := range args {
				cmd.Env = append(cmd.Env, name+"="+value)
			}
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("RUN %s: %v\n%s", s.rest, err, out)
			}
		}
	}
	if !regexp.MustCompile(`^[1-9]\d*:[1-9]\d*$`).MatchString(user) {
		t.Errorf("the image runs as %q; a number that is not root's is known as such without a list of users", user)
	}
	if from := steps[slices.IndexFunc(steps, func(s instruction) bool { return s.stage == 1 })]; from.rest != "scratch" {
		t.Errorf("the last stage is made of %s", from.rest)
	}
	if want := `["/usr/bin/warraq"]`; entry != want || !slices.ContainsFunc(steps, func(s instruction) bool {
		return s.stage == 1 && s.name == "COPY" && strings.HasSuffix(s.rest, " /usr/bin/warraq")
	}) {
		t.Errorf("the entry point %s is not what was copied", entry)
	}
	if !compile {
		return
	}
	program := filepath.Join(root, "warraq")
	f, err := elf.Open(program)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if slices.ContainsFunc(f.Progs, func(p *elf.Prog) bool { return p.Type == elf.PT_INTERP }) {
		t.Error("the program needs a loader, which an empty image has not")
	}
	out, err := exec.Command(program, "version").CombinedOutput()
	if err != nil || !strings.Contains(string(out), args["VERSION"]) {
		t.Errorf("%s, %v", out, err)
	}
}

// provided tells what the packages of the base image put into the image.
func provided(installed, file string) bool {
	return strings.HasPrefix(file, "/etc/ssl/certs") && strings.Contains(installed, " ca-certificates ") ||
		strings.HasPrefix(file, "/usr/share/zoneinfo") && strings.Contains(installed, " tzdata ")
}
