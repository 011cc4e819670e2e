package browser

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The archive that figures for readers are taken from: an article of 600 words,
// and a day of 1,000 events told in 15 to 25 words each, which is the longest
// page that the rule for lists allows. The words are the example archive's own, put
// together three by three, so that no two texts are alike: the archive would tell
// them once.
const (
	crowdedEvents = 1000 // at least: two may be alike all the same, and are told once
	crowdedDay    = "/timeline/2024/12/09/"
	reports       = 50
	perReport     = 21
)

func crowdedSite(t *testing.T) string {
	t.Helper()
	words := exampleWords(t)
	root := t.TempDir()
	articles := filepath.Join(root, "content", "articles")
	if err := os.MkdirAll(articles, 0o755); err != nil {
		t.Fatal(err)
	}
	write := func(name, text string) {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	random := rand.New(rand.NewPCG(2024, 12))
	text := func(n int) string {
		var out []string
		for len(out) < n {
			at := random.IntN(len(words) - 3)
			out = append(out, words[at:at+3]...)
		}
		return strings.Join(out[:n], " ")
	}
	write(filepath.Join(root, "hugo.toml"), "baseURL = \"https://example.org/\"\ntitle = \"أرشيف مزدحم\"\nlocale = \"ar\"\n")
	for i := range reports {
		var b strings.Builder
		fmt.Fprintf(&b, "---\ntitle: %q\ndate: 2024-12-09\nsource: %q\nevents:\n", text(9), []string{"جريدة المرفأ", "بوابة الميناء", "صحيفة الضفة"}[i%3])
		for range perReport {
			fmt.Fprintf(&b, "  - {date: 2024-12-09, text: %q}\n", text(15+random.IntN(11)))
		}
		fmt.Fprintf(&b, "---\n%s\n", text(150))
		write(filepath.Join(articles, fmt.Sprintf("report-%02d.md", i)), b.String())
	}
	var body strings.Builder
	for range 10 {
		body.WriteString(text(60) + "\n\n")
	}
	write(filepath.Join(articles, "six-hundred-words.md"), "---\ntitle: خبر من ستمئة كلمة\ndate: 2024-11-02\nsource: جريدة المرفأ\n---\n"+body.String())

	site := filepath.Join(root, "site")
	program := filepath.Join(filepath.Dir(exampleSite(t)), "warraq")
	out, err := exec.Command(program, "build", "--source", root, "--destination", site, "--cache-dir", filepath.Join(root, "cache")).CombinedOutput()
	if err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	day, err := os.ReadFile(filepath.Join(site, filepath.FromSlash(crowdedDay), "index.html"))
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if n := strings.Count(string(day), `id="e-`); n < crowdedEvents {
		t.Fatalf("%d events on the day of %d", n, crowdedEvents)
	}
	return site
}

// exampleWords are the words of the example archive's articles and clippings.
func exampleWords(t *testing.T) []string {
	t.Helper()
	var words []string
	for _, pattern := range []string{"articles/*.md", "clippings/*.txt"} {
		names, err := filepath.Glob(filepath.Join(repository, "content", filepath.FromSlash(pattern)))
		if err != nil || len(names) == 0 {
			t.Fatal("the example archive is not here", err)
		}
		for _, name := range names {
			raw, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			parts := strings.SplitN(string(raw), "\n---\n", 2)
			for _, w := range strings.Fields(parts[len(parts)-1]) {
				if !strings.ContainsAny(w, "\"\\|#*[]{}0123456789") {
					words = append(words, w)
				}
			}
		}
	}
	return words
}

// rival is the page that shows the same events by TimelineJS.
const rival = "TimelineJS"

// timelineJS makes a folder with TimelineJS and the events of a site.
func timelineJS(t *testing.T, site string) string {
	t.Helper()
	root := t.TempDir()
	if err := os.CopyFS(filepath.Join(root, "timelinejs"), os.DirFS("node_modules/@knight-lab/timelinejs/dist")); err != nil {
		t.Fatal(err)
	}
	export, err := os.ReadFile(filepath.Join(site, "timeline", "timelinejs.json"))
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(export), `"unique_id"`); n < crowdedEvents {
		t.Fatalf("the export has %d events", n)
	}
	for name, data := range map[string][]byte{"site/timeline/timelinejs.json": export, "index.html": []byte(timelinePage)} {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}
