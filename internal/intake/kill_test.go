package intake

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"warraq/internal/config"
)

// childSite makes the test binary import its folder in/ into the site and end.
const childSite = "WARRAQ_TEST_IMPORT"

func TestMain(m *testing.M) {
	if root := os.Getenv(childSite); root != "" {
		_, problems, err := Import(context.Background(), ImportOptions{Site: config.Default(root), Paths: []string{filepath.Join(root, "in")}})
		if err != nil {
			fmt.Fprintln(os.Stderr, problems, err)
			os.Exit(3)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// many is a site with a folder of clippings to import.
func many(t *testing.T, n int) (root string) {
	t.Helper()
	root = t.TempDir()
	if err := os.MkdirAll(filepath.Join(root, "in"), 0o755); err != nil {
		t.Fatal(err)
	}
	for i := range n {
		var b strings.Builder
		fmt.Fprintf(&b, "وفد رقم %d يبحث عقد الميناء في البلدة %d\nالاثنين 3 فبراير 2025\n", i, i*31)
		for line := range 12 {
			fmt.Fprintf(&b, "وقال رئيس الوفد في البند %d من المحضر %d إن %d عاملا سيلتحقون بالرصيف قبل نهاية الخريف.\n", line, i, i*7919+line)
		}
		if err := os.WriteFile(filepath.Join(root, "in", fmt.Sprintf("c%04d.txt", i)), []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// imported gives the texts of a site's articles by their file, and how many
// temporary files lie beside them.
func imported(t *testing.T, root string) (texts map[string]string, temporary int) {
	t.Helper()
	texts = map[string]string{}
	dir := filepath.Join(root, "content", "articles")
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			temporary++
			continue
		}
		raw, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		texts[e.Name()] = strings.ReplaceAll(string(raw), root, "")
	}
	return texts, temporary
}

// An import that is killed at any moment leaves whole articles, and the next
// run brings the others.
func TestAKilledImportIsCompleted(t *testing.T) {
	const n = 300
	child := func(root string, after time.Duration) time.Duration {
		c := exec.Command(os.Args[0])
		c.Env = append(os.Environ(), childSite+"="+root)
		begun := time.Now()
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		if after > 0 {
			timer := time.AfterFunc(after, func() { c.Process.Kill() })
			defer timer.Stop()
		}
		err := c.Wait()
		var exit *exec.ExitError
		if err != nil && (after == 0 || !errors.As(err, &exit) || exit.Exited()) {
			t.Fatalf("the import in its own process failed: %v", err)
		}
		return time.Since(begun)
	}
	undisturbed := many(t, n)
	whole := child(undisturbed, 0)
	want, _ := imported(t, undisturbed)
	if len(want) != n {
		t.Fatalf("%d articles of %d clippings", len(want), n)
	}
	cut := 0
	for i := range 8 {
		root := many(t, n)
		child(root, whole*time.Duration(i+1)/9)
		got, left := imported(t, root)
		if len(got) > 0 && len(got) < n {
			cut++
		}
		for name, text := range got {
			if text != want[name] {
				t.Errorf("killed: %s holds %d bytes, want %d", name, len(text), len(want[name]))
			}
		}
		if left > 1 {
			t.Errorf("%d temporary files", left)
		}
		child(root, 0)
		got, _ = imported(t, root)
		for name, text := range want {
			if got[name] != text {
				t.Errorf("completed: %s differs", name)
			}
		}
		if len(got) != n {
			t.Errorf("completed: %d articles, want %d", len(got), n)
		}
	}
	if cut == 0 {
		t.Log("no kill fell into the writing: the machine is too quick or too slow")
	}
}

// Of many that create one file, one succeeds, and its bytes are what stays.
func TestCreateNeverReplacesAndNeverMixes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a", "one.md")
	var mu sync.Mutex
	var wg sync.WaitGroup
	won := ""
	for i := range 16 {
		wg.Go(func() {
			text := strings.Repeat(fmt.Sprint(i, " "), 10000)
			switch err := create(path, []byte(text)); {
			case err == nil:
				mu.Lock()
				defer mu.Unlock()
				if won != "" {
					t.Error("two files were created at one place")
				}
				won = text
			case !errors.Is(err, ErrExists):
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if raw, err := os.ReadFile(path); err != nil || string(raw) != won {
		t.Errorf("%d bytes, %v", len(raw), err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".*")); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

// A folder is imported whatever it is called, each file once; what cannot be
// imported is told.
func TestFoldersAreImportedWhateverTheirName(t *testing.T) {
	root := t.TempDir()
	dir := filepath.Join(root, "articles")
	text := "وفد يبحث عقد الميناء\nالاثنين 3 فبراير 2025\nبحث الوفد عقد تشغيل الميناء مع الشركة في جلسة مطولة.\nوقال رئيس الوفد إن جولة أخرى ستعقد في الخريف.\n"
	for name, text := range map[string]string{"a.txt": text, "picture.tiff": "II*", ".git/x.txt": text, ".hidden.txt": text} {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(root)
	out, problems, err := Import(context.Background(), ImportOptions{
		Site: config.Default(filepath.Join(root, "site")), Paths: []string{"articles/", "articles/a.txt", "./articles"},
	})
	if err != nil || len(out) != 1 || !out[0].New {
		t.Errorf("%v, %v", out, err)
	}
	told := 0
	for _, p := range problems {
		if p.Path == "articles/picture.tiff" {
			told++
		}
	}
	if told != 1 {
		t.Errorf("the picture is told %d times: %v", told, problems)
	}
}
