package build

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const glancedArticle = "---\ntitle: سفينة قمح تصل إلى المرفأ\ndate: 2025-01-01\nsource: صحيفة الضفة\n---\n"

// desk is a site with a session that has built it.
func desk(t *testing.T) (dir string, s *Session, save func(name, text string)) {
	t.Helper()
	dir = t.TempDir()
	save = func(name, text string) {
		t.Helper()
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	save("hugo.toml", "title = 'تجربة'\n")
	save("content/articles/ship.md", glancedArticle+"وصلت السفينة فجر اليوم محملة بالقمح.\n")
	save("content/articles/other.md", "---\ntitle: خبر آخر\ndate: 2025-01-02\n---\nعاد الصيادون إلى الرصيف القديم قبل العاصفة.\n")
	save("content/clippings/c.txt", "وفد يبحث عقد الميناء\nالاثنين 3 فبراير 2025\nبحث الوفد عقد تشغيل الميناء مع الشركة وفق بيان رسمي نشر مساء أمس.\n"+
		"وقال رئيس الوفد إن المحادثات كانت مفيدة، وإن جولة أخرى ستعقد في الخريف المقبل على الأرجح.\n")
	s = NewSession(Options{Source: dir, Destination: filepath.Join(dir, "live"), CacheDir: filepath.Join(dir, "cache"), Now: time.Date(2025, 6, 1, 12, 0, 0, 0, time.UTC)})
	if g := s.Glance("articles/ship.md"); g != nil {
		t.Errorf("a glance before the first build: %v", g)
	}
	whole(t, s)
	return dir, s, save
}

func whole(t *testing.T, s *Session) {
	t.Helper()
	r, problems, err := s.Run(context.Background())
	if err != nil || !r.Done {
		t.Fatalf("%v, %v", problems, err)
	}
}

func TestAGlanceShowsWhatWasSavedAndTheNextBuildIsClean(t *testing.T) {
	dir, s, save := desk(t)
	for i, text := range []string{"تغير نص الخبر كله هذه المرة.", "ثم تغير مرة ثانية قبل البناء."} {
		save("content/articles/ship.md", strings.Replace(glancedArticle, "تصل إلى", "ترسو في", i)+text+"\n")
		pages := s.Glance("articles/ship.md")
		if len(pages) != 1 || pages[0].Path != "articles/ship/index.html" || !strings.Contains(string(pages[0].HTML), text) {
			t.Fatalf("%d pages: %.300s", len(pages), pages)
		}
		built, err := os.ReadFile(filepath.Join(dir, "live", "articles", "ship", "index.html"))
		if err != nil || strings.Contains(string(built), text) {
			t.Errorf("a glance wrote to the site: %v", err)
		}
	}
	save("content/clippings/c.txt", "وفد يبحث عقد الميناء\nالاثنين 3 فبراير 2025\nبحث الوفد عقد تشغيل الميناء مع الشركة وفق بيان رسمي نشر مساء أمس.\n"+
		"وقال رئيس الوفد إن المحادثات كانت مفيدة، وإن جولة أخرى ستعقد في الخريف المقبل على الأرجح، إذا وافق المجلس.\n")
	if pages := s.Glance("clippings/c.txt"); len(pages) > 0 && !strings.Contains(string(pages[0].HTML), "إذا وافق المجلس") {
		t.Errorf("a clipping shows its old text")
	}
	whole(t, s)
	clean := NewSession(s.o)
	clean.o.Destination, clean.o.CacheDir = filepath.Join(dir, "clean"), filepath.Join(dir, "cache2")
	whole(t, clean)
	for _, name := range []string{"articles/ship/index.html", "index.html", "articles/index.html", "index.xml"} {
		a, err := os.ReadFile(filepath.Join(dir, "live", name))
		if err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(filepath.Join(dir, "clean", name))
		if err != nil || string(a) != string(b) {
			t.Errorf("%s differs from a clean build, %v", name, err)
		}
	}
}

func TestAGlanceSaysNothingThatOnlyTheBuildKnows(t *testing.T) {
	_, s, save := desk(t)
	save("content/articles/new.md", "---\ntitle: جديد\ndate: 2025-01-03\n---\nنص.\n")
	save("content/pages/about.md", "---\ntitle: عن الموقع\n---\nنص.\n")
	for _, name := range []string{"articles/new.md", "articles/gone.md", "pages/about.md", "entities.yaml", "../hugo.toml", "themes/x/_index.md"} {
		if g := s.Glance(name); g != nil {
			t.Errorf("%s: %v", name, g[0].Path)
		}
	}
	for what, text := range map[string]string{
		"broken front matter": "---\ntitle: \"بلا نهاية\n---\nنص.\n",
		"another address":     strings.Replace(glancedArticle, "source:", "slug: moved\nsource:", 1) + "نص.\n",
		"a draft":             strings.Replace(glancedArticle, "source:", "draft: true\nsource:", 1) + "نص.\n",
		"withdrawn":           strings.Replace(glancedArticle, "source:", "withdrawn: بطلب من الناشر\nsource:", 1) + "نص.\n",
		"nothing":             "",
	} {
		save("content/articles/ship.md", text)
		if g := s.Glance("articles/ship.md"); g != nil {
			t.Errorf("%s: a page is shown", what)
		}
	}
}
