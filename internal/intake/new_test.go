package intake

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"warraq/internal/source"
)

var today = time.Date(2025, 10, 15, 9, 0, 0, 0, time.UTC)

func TestNewArticleIsReadyToWrite(t *testing.T) {
	site := t.TempDir()
	path, err := New(NewOptions{Site: site, Kind: "article", Title: `الشرع في موسكو: "زيارة" أولى`, Now: today})
	if err != nil {
		t.Fatal(err)
	}
	if dir := filepath.Join(site, "content", "articles"); filepath.Dir(path) != dir {
		t.Errorf("written to %s", path)
	}
	rel, err := filepath.Rel(filepath.Join(site, "content"), path)
	if err != nil {
		t.Fatal(err)
	}
	files, problems := source.Walk(os.DirFS(filepath.Join(site, "content")))
	if len(files) != 1 || files[0].Path != filepath.ToSlash(rel) || len(problems) > 0 {
		t.Fatalf("the site's own reader finds %v, %v", files, problems)
	}
	docs, problems := source.Read(os.DirFS(filepath.Join(site, "content")), files[0], source.Options{})
	if len(problems) > 0 || len(docs) != 1 {
		t.Fatalf("%v", problems)
	}
	if got := docs[0].Matter.Values["title"]; got != `الشرع في موسكو: "زيارة" أولى` {
		t.Errorf("title %q", got)
	}
}

func TestNewNeverOverwrites(t *testing.T) {
	site := t.TempDir()
	o := NewOptions{Site: site, Kind: "clipping", Title: "خبر", Name: "news", Now: today}
	path, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("my words"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := New(o); !errors.Is(err, ErrExists) {
		t.Errorf("the second time: %v", err)
	}
	if raw, _ := os.ReadFile(path); string(raw) != "my words" {
		t.Error("the file was overwritten")
	}
}

func TestNewRefusesNamesThatLeaveTheFolder(t *testing.T) {
	for _, name := range []string{"../x", "a/b", ".hidden", "", "a b", "-x"} {
		title := "عنوان"
		if name == "" {
			title = "  "
		}
		if path, err := New(NewOptions{Site: t.TempDir(), Kind: "clipping", Title: title, Name: name, Now: today}); err == nil {
			t.Errorf("%q was written to %s", name, path)
		}
	}
	// What build would refuse afterwards is not made.
	for _, name := range []string{"تركيا", "Turkey", "a_b", "a--b"} {
		if path, err := New(NewOptions{Site: t.TempDir(), Kind: "theme", Title: "عنوان", Name: name, Now: today}); err == nil || !strings.Contains(err.Error(), "--name") {
			t.Errorf("the theme %q was written to %q: %v", name, path, err)
		}
	}
	if _, err := New(NewOptions{Site: t.TempDir(), Kind: "page", Title: "x", Now: today}); err == nil || !strings.Contains(err.Error(), "clipping") {
		t.Errorf("an unknown kind: %v", err)
	}
}

func TestSitesOwnArchetypeWins(t *testing.T) {
	site := t.TempDir()
	if err := os.MkdirAll(filepath.Join(site, "archetypes"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(site, "archetypes", "article.md"), []byte("---\ntitle: {{ .Title }}\n---\nقالبنا"), 0o644); err != nil {
		t.Fatal(err)
	}
	path, err := New(NewOptions{Site: site, Kind: "article", Title: "خبر", Now: today})
	if err != nil {
		t.Fatal(err)
	}
	if raw, _ := os.ReadFile(path); !strings.Contains(string(raw), "قالبنا") {
		t.Errorf("%s", raw)
	}
}
