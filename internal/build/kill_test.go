package build

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// childDir makes the test binary build the site in that folder and end.
const childDir = "WARRAQ_TEST_BUILD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		report, _, err := Run(context.Background(), Options{
			Source: dir, Now: time.Date(2025, 6, 1, 12, 0, 0, 0, time.UTC), Version: "test",
		})
		if err != nil || !report.Done {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(3)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// A build killed at any moment leaves a tree in which whatever can be reached
// from the home page is there, and the next build completes it.
func TestAKilledBuildIsRepaired(t *testing.T) {
	kills := 12
	if testing.Short() || raceDetector {
		kills = 3
	}
	for seed := range kills {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			s := newEdited(t, 1000+uint64(seed))
			s.careful = true
			s.theme("assad-asylum", "لجوء الأسد", "لجوء")
			whole := s.child(0)
			for range 3 {
				for range 3 {
					s.edit()
				}
				s.now = time.Date(2025, 6, 1, 12, 0, 0, 0, time.UTC)
				// The kill falls anywhere between the start and a bit after the end.
				s.child(time.Duration(s.r.Int64N(int64(whole)*5/4)) + time.Millisecond)
				s.reachable()
				s.build()
				s.compare()
			}
		})
	}
}

// child builds in a process of its own and kills it after a while; 0 is never.
// It returns how long the process ran.
func (s *edited) child(after time.Duration) time.Duration {
	s.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), childDir+"="+s.dir)
	begun := time.Now()
	if err := c.Start(); err != nil {
		s.Fatal(err)
	}
	if after > 0 {
		timer := time.AfterFunc(after, func() { c.Process.Kill() })
		defer timer.Stop()
	}
	err := c.Wait()
	var exit *exec.ExitError
	if err != nil && (after == 0 || !errors.As(err, &exit) || exit.Exited()) {
		s.Fatalf("after %v the build in its own process failed: %v", s.log, err)
	}
	return time.Since(begun)
}

var links = regexp.MustCompile(`(?:href|src)="?([^"\s>]+)`)

// reachable follows the links of the tree from its home page.
func (s *edited) reachable() {
	s.Helper()
	public := filepath.Join(s.dir, "public")
	tree := readTree(s.T, public)
	if _, ok := tree["index.html"]; !ok {
		return
	}
	seen := map[string]bool{"index.html": true}
	for queue := []string{"index.html"}; len(queue) > 0; {
		from := queue[0]
		queue = queue[1:]
		if !strings.HasSuffix(from, ".html") {
			continue
		}
		for _, m := range links.FindAllSubmatch(tree[from], -1) {
			to, _, _ := strings.Cut(strings.TrimPrefix(string(m[1]), "https://example.org"), "#")
			to, _, _ = strings.Cut(to, "?")
			to, ok := strings.CutPrefix(to, "/")
			if !ok {
				continue
			}
			// Either base URL may have been in force when the page was written: an
			// edit changes it, and the kill falls between two pages.
			to = strings.TrimPrefix(to, "archive/")
			if to = unescape(to); to == "" || strings.HasSuffix(to, "/") {
				to = path.Join(to, "index.html")
			}
			if _, there := tree[to]; !there {
				s.Errorf("after %v and a kill: %s links to %s, which is missing", s.log, from, to)
				continue
			}
			if !seen[to] {
				seen[to] = true
				queue = append(queue, to)
			}
		}
	}
	if s.Failed() {
		s.FailNow()
	}
}

// unescape undoes percent-encoding; what is not valid stays.
func unescape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		var c byte
		if s[i] == '%' && i+2 < len(s) {
			if _, err := fmt.Sscanf(s[i+1:i+3], "%02x", &c); err == nil {
				b.WriteByte(c)
				i += 2
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func TestWorkersDoNotChangeBytes(t *testing.T) {
	s := newEdited(t, 2)
	for range 20 {
		s.addArticle()
	}
	one, eight := filepath.Join(s.dir, "one"), filepath.Join(s.dir, "eight")
	s.run(one, filepath.Join(s.dir, "c1"), 1)
	s.run(eight, filepath.Join(s.dir, "c8"), 8)
	want, got := readTree(t, one), readTree(t, eight)
	if len(want) != len(got) {
		t.Errorf("%d files with one worker, %d with eight", len(want), len(got))
	}
	for name := range want {
		if string(want[name]) != string(got[name]) {
			t.Errorf("%s differs: %s", name, difference(want[name], got[name]))
		}
	}
}

// An added article changes its own page and those of its tags, themes, outlet,
// neighbours and dates: a number that does not grow with the archive.
func TestAnAdditionWritesFewPages(t *testing.T) {
	counts := map[int]int{}
	for _, n := range []int{60, 240} {
		s := newEdited(t, 3)
		s.r = rand.New(rand.NewPCG(4, 4))
		for range n {
			s.addArticle()
		}
		s.write("content/articles/2025/fixed.md", "---\ntitle: خبر ثابت\ndate: 2025-03-03\ntags: [نقل]\n---\nنص قصير عن محطة جديدة.\n")
		s.build()
		s.write("content/articles/2025/added.md", "---\ntitle: خبر مضاف\ndate: 2025-03-04\ntags: [نقل]\nsource: وكالة الساحل\n---\nنص مضاف عن محطة أخرى في الشمال.\n")
		report, _, err := Run(context.Background(), Options{Source: s.dir, Now: s.now, Version: "test"})
		if err != nil || !report.Done {
			t.Fatal(err)
		}
		counts[n] = report.Pages.New + report.Pages.Changed
		if report.Pages.Kept < report.Pages.Pages/2 {
			t.Errorf("%d articles: %+v", n, report.Pages)
		}
	}
	if counts[240] > counts[60]+25 {
		t.Errorf("an addition writes %d pages among 60 articles, %d among 240", counts[60], counts[240])
	}
	t.Log(counts)
}

// A file of the site may vanish between scan and render; nothing is published then.
func TestAnUnreadableSourceFails(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may read everything")
	}
	s := newEdited(t, 5)
	s.build()
	before := readTree(t, filepath.Join(s.dir, "public"))
	name := filepath.Join(s.dir, s.articles[0])
	if err := errors.Join(os.WriteFile(name, []byte("جديد"), 0o644), os.Chmod(name, 0)); err != nil {
		t.Fatal(err)
	}
	report, problems, err := Run(context.Background(), Options{Source: s.dir, Now: s.now})
	if err != nil || report.Done || len(problems) == 0 || !problems[0].IsFailure() {
		t.Errorf("got %v, %v", problems, err)
	}
	after := readTree(t, filepath.Join(s.dir, "public"))
	if len(before) != len(after) {
		t.Error("the destination was touched")
	}
}

func TestADestinationThatIsSomethingElseIsRefused(t *testing.T) {
	s := newEdited(t, 6)
	repository := filepath.Join(t.TempDir(), "work")
	if err := os.MkdirAll(filepath.Join(repository, ".git"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, o := range []Options{
		{Source: s.dir, Destination: s.dir},
		{Source: s.dir, Destination: filepath.Dir(s.dir)},
		{Source: s.dir, Destination: filepath.Join(s.dir, "content", "public")},
		{Source: s.dir, Destination: repository, Clean: true},
		{Source: s.dir, Destination: "/", Clean: true},
	} {
		report, problems, err := Run(context.Background(), o)
		if err != nil || report.Done || len(problems) != 1 || !problems[0].IsUsage() {
			t.Errorf("%s with clean %t: %v, %v", o.Destination, o.Clean, problems, err)
		}
	}
	if _, err := os.Stat(filepath.Join(repository, ".git")); err != nil {
		t.Error(err)
	}
}
