package intake

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"warraq/internal/archive"
	"warraq/internal/config"
	"warraq/internal/diag"
	"warraq/internal/editorial"
	"warraq/internal/extract"
	"warraq/internal/match"
	"warraq/internal/source"
)

func extractor(t testing.TB) (*extract.Extractor, *match.Matcher) {
	t.Helper()
	ed := editorial.Embedded()
	m, problems := match.Compile(ed)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return extract.New(ed, m, extract.Options{}), m
}

// clippings are the labelled set of package extract, and the source clippings
// beside the repository where they are.
func clippings(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("../extract/testdata/clippings/*.txt")
	if err != nil || len(files) < 60 {
		t.Fatalf("%d labelled clippings, %v", len(files), err)
	}
	seeds, _ := filepath.Glob("../../../shared/seeds/*.txt")
	return append(files, seeds...)
}

func paragraphTexts(p []extract.Paragraph) []string {
	var out []string
	for _, p := range p {
		out = append(out, strings.Join(strings.Fields(p.Text), " "))
	}
	return out
}

// What import writes reads back as the article it came from.
func TestImportLosesNothing(t *testing.T) {
	x, m := extractor(t)
	n := 0
	for _, name := range clippings(t) {
		docs, _ := source.ReadPath(name, source.Options{})
		for _, doc := range docs {
			result := x.Extract(doc)
			for i := range result.Drafts {
				want := &result.Drafts[i]
				text, err := Markdown(want, result.Texts[i].Paragraphs, want.AutoID, m)
				if err != nil {
					t.Fatal(err)
				}
				got, paragraphs := reread(t, x, text)
				n++
				at := filepath.Base(name) + " " + want.Title
				if got.ID != want.AutoID || got.Title != want.Title || got.SourceName != want.SourceName || got.Author != want.Author || got.SourceURL != want.SourceURL {
					t.Errorf("%s: id %q title %q source %q author %q, want %q %q %q", at, got.ID, got.Title, got.SourceName, got.Author, want.AutoID, want.SourceName, want.Author)
				}
				a, okA := stated(want.Published)
				b, okB := stated(got.Published)
				if a != b || okA != okB {
					t.Errorf("%s: dated %v, want %v", at, b, a)
				}
				if !slices.Equal(paragraphs, paragraphTexts(result.Texts[i].Paragraphs)) {
					t.Errorf("%s: paragraphs\n%q\nwant\n%q", at, paragraphs, paragraphTexts(result.Texts[i].Paragraphs))
				}
				for _, tag := range want.Keywords {
					if !slices.Contains(got.Keywords, tag) {
						t.Errorf("%s: the keyword %q is gone", at, tag)
					}
				}
				if got.ExactHash != want.ExactHash {
					t.Errorf("%s: the text differs", at)
				}
			}
		}
	}
	if n < 60 {
		t.Errorf("only %d articles were compared", n)
	}
}

func reread(t *testing.T, x *extract.Extractor, text []byte) (archive.Draft, []string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "articles"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "articles", "a.md"), text, 0o644); err != nil {
		t.Fatal(err)
	}
	files, _ := source.Walk(os.DirFS(dir))
	docs, problems := source.Read(os.DirFS(dir), files[0], source.Options{})
	if len(problems) > 0 || len(docs) != 1 {
		t.Fatalf("%v\n%s", problems, text)
	}
	r := x.Extract(docs[0])
	if len(r.Drafts) != 1 {
		t.Fatalf("%d articles of\n%s", len(r.Drafts), text)
	}
	for _, p := range r.Problems {
		if p.Severity > 0 {
			t.Errorf("%v in\n%s", p, text)
		}
	}
	return r.Drafts[0], paragraphTexts(r.Texts[0].Paragraphs)
}

func TestImportIsIdempotentAndOverwritesNothing(t *testing.T) {
	root := t.TempDir()
	o := ImportOptions{Site: config.Default(root), Paths: []string{"../extract/testdata/clippings"}}
	dry := o
	dry.DryRun = true
	planned, _, err := Import(context.Background(), dry)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(root, "content")); err == nil {
		t.Error("a dry run wrote something")
	}
	first, _, err := Import(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(planned, first) || len(first) < 60 {
		t.Errorf("planned %d, done %d", len(planned), len(first))
	}
	// An editor's change to an imported article stays.
	mine := filepath.Join(root, filepath.FromSlash(first[0].Path))
	raw, err := os.ReadFile(mine)
	if err != nil {
		t.Fatal(err)
	}
	edited := append(raw, []byte("\nفقرة المحرر.\n")...)
	if err := os.WriteFile(mine, edited, 0o644); err != nil {
		t.Fatal(err)
	}
	second, _, err := Import(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	for _, im := range second {
		if im.New {
			t.Errorf("%s was written again", im.Path)
		}
	}
	if now, _ := os.ReadFile(mine); string(now) != string(edited) {
		t.Error("an edited article was overwritten")
	}
}

func TestImportOfAFeed(t *testing.T) {
	root := t.TempDir()
	feed := filepath.Join(root, "feed.xml")
	if err := os.WriteFile(feed, []byte(`<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>مرصد الشرق</title>
<item><title>الشرع يصل إلى موسكو</title><link>https://example.org/1</link><pubDate>Wed, 15 Oct 2025 09:00:00 +0300</pubDate>
<description>&lt;p&gt;وصل الرئيس السوري إلى موسكو في زيارة هي الأولى من نوعها منذ توليه منصبه.&lt;/p&gt;&lt;p&gt;وقال الكرملين إن المحادثات تناولت القاعدتين الروسيتين على الساحل.&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;</description></item>
</channel></rss>`), 0o644); err != nil {
		t.Fatal(err)
	}
	out, problems, err := Import(context.Background(), ImportOptions{Site: config.Default(root), Paths: []string{feed}})
	if err != nil || len(out) != 1 {
		t.Fatalf("%v, %v, %v", out, problems, err)
	}
	raw, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(out[0].Path)))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"title: الشرع يصل إلى موسكو", "2025-10-15", "https://example.org/1", "\n\nوصل الرئيس", "\n\nوقال الكرملين"} {
		if !strings.Contains(string(raw), want) {
			t.Errorf("no %q in\n%s", want, raw)
		}
	}
	if strings.Contains(string(raw), "alert") {
		t.Errorf("a script was imported:\n%s", raw)
	}
}

// What feeds hold in the wild: an item without a text, entities in titles, other
// charsets, markup that ends nowhere. Each is imported or told, with its line.
func TestFeedsAsTheyAre(t *testing.T) {
	root := t.TempDir()
	text := `<![CDATA[وصل القطار الأول إلى المحطة الجديدة صباح الأربعاء بعد توقف طويل.<br><br>وقال السائق إن الرحلة استغرقت ثلاث ساعات، أي ما نسبته <5 من الجدول القديم <img src="]]>`
	rss := `<?xml version="1.0" encoding="windows-1256"?>
<rss version="2.0"><channel><title>نشرة قديمة</title>
<item><title>قطار &amp;quot;الساحل&amp;quot; يصل</title>
<link>https://example.org/9</link><pubDate>Wed, 05 Feb 2025 10:00:00 +0300</pubDate><description>` + text + `</description></item>
<item><title>عنوان بلا نص</title><link>https://example.org/10</link></item>
</channel></rss>`
	raw, err := charmap.Windows1256.NewEncoder().String(rss)
	if err != nil {
		t.Fatal(err)
	}
	feed := filepath.Join(root, "old.rss")
	if err := os.WriteFile(feed, []byte(raw), 0o644); err != nil {
		t.Fatal(err)
	}
	out, problems, err := Import(context.Background(), ImportOptions{Site: config.Default(root), Paths: []string{feed}})
	if err != nil || len(out) != 1 || out[0].Title != `قطار "الساحل" يصل` || out[0].Origin.Line != 3 {
		t.Fatalf("%+v, %v", out, err)
	}
	written, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(out[0].Path)))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"صباح الأربعاء بعد توقف طويل.\n", "<5 من الجدول", "القديم"} {
		if !strings.Contains(strings.ReplaceAll(string(written), "\\", ""), want) {
			t.Errorf("no %q in\n%s", want, written)
		}
	}
	told := slices.ContainsFunc(problems, func(p diag.Problem) bool {
		return p.Code == diag.ClippingNoArticle && p.Line == 5 && strings.Contains(p.Message, "عنوان بلا نص") && strings.Contains(p.Remedy, "https://example.org/10")
	})
	if !told {
		t.Errorf("the item without a text is not told: %v", problems)
	}
}
