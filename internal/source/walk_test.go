package source

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"warraq/internal/diag"
)

func picture(t *testing.T, width, height int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWalkFindsSourcesInOrder(t *testing.T) {
	fsys := fstest.MapFS{
		"articles/b.md": {}, "articles/2024/a.md": {}, "articles/_index.md": {}, "articles/.draft.md": {}, "articles/a.md~": {}, "articles/notes.txt": {},
		"articles/port/index.md":        {Data: []byte("---\ntitle: المرفأ\n---\n![رصيف](quay.png)\n")},
		"articles/port/quay.png":        {Data: picture(t, 30, 20)},
		"articles/port/old/crane.png":   {Data: []byte("not a picture")},
		"articles/port/data.csv":        {},
		"clippings/z.txt":               {},
		"clippings/#وسم.txt":            {},
		"clippings/#z.txt#":             {},
		"clippings/2025/page.HTML":      {},
		"clippings/crawl.jsonl":         {},
		"clippings/crawl.warc.gz":       {},
		"clippings/readme.md":           {},
		"pages/about.md":                {},
		"themes/assad-asylum/_index.md": {},
		"entities.yaml":                 {},
	}
	files, problems := Walk(fsys)
	var got []string
	for _, f := range files {
		got = append(got, fmt.Sprintf("%s:%d:%d", f.Path, f.Kind, len(f.Resources)))
	}
	want := "articles/2024/a.md:0:0 articles/b.md:0:0 articles/port/index.md:0:2 clippings/#وسم.txt:1:0 clippings/2025/page.HTML:2:0 clippings/crawl.jsonl:3:0 clippings/crawl.warc.gz:4:0 clippings/z.txt:1:0"
	if strings.Join(got, " ") != want {
		t.Errorf("%s\nwant %s", strings.Join(got, " "), want)
	}
	var unused []string
	for _, p := range problems {
		unused = append(unused, string(p.Code)+" "+p.Path)
	}
	if strings.Join(unused, ", ") != "source-hidden articles/.draft.md, source-unused articles/notes.txt, source-unused articles/port/data.csv, source-unused clippings/readme.md" {
		t.Errorf("problems %v", unused)
	}
	docs, _ := Read(fsys, files[2], Options{})
	if len(docs) != 1 || len(docs[0].Images) != 1 || docs[0].Images[0].Name != "quay.png" || docs[0].Images[0].Width != 30 || docs[0].Images[0].Height != 20 {
		t.Fatalf("images %+v", docs)
	}
	if len(docs[0].Problems) != 1 || docs[0].Problems[0].Code != diag.SourceImage || docs[0].Problems[0].Path != "articles/port/old/crane.png" {
		t.Errorf("problems %v", docs[0].Problems)
	}
	before := docs[0].Hash
	fsys["articles/port/quay.png"].Data = picture(t, 31, 20)
	if docs, _ := Read(fsys, files[2], Options{}); docs[0].Hash == before {
		t.Error("a changed image leaves the document's hash as it was")
	}
}

// What an editor may have meant to publish is never left out without a word.
func TestWhatIsLeftOutIsNamed(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"articles/.aside/a.md", "clippings/.hidden.txt", "clippings/.DS_Store", "clippings/.git/config", "clippings/a.txt~", "clippings/Thumbs.db",
		"artciles/a.md", "a.md", "entites.yaml", "LICENSE", ".gitignore", "pages/.old.md", "pages/sub/x.md", "pages/x.txt", "pages/about.md", "elsewhere/a.txt", "clippings/f.md/a.txt"} {
		name = filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte("نص"), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	for link, to := range map[string]string{"clippings/loop": ".", "clippings/self": "self", "clippings/far.txt": "../elsewhere/a.txt", "pages/loop": "."} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Skip(err)
		}
	}
	files, problems := Walk(os.DirFS(dir))
	pages, more := Pages(os.DirFS(dir))
	var got []string
	for _, f := range append(files, pages...) {
		got = append(got, f.Path)
	}
	if want := "clippings/f.md/a.txt clippings/far.txt pages/about.md"; strings.Join(got, " ") != want {
		t.Errorf("read %q, want %q", got, want)
	}
	got = nil
	for _, p := range append(problems, more...) {
		got = append(got, fmt.Sprintf("%s %s %s", p.Severity, p.Code, p.Path))
		if p.Remedy == "" || p.Message == "" {
			t.Errorf("no remedy: %+v", p)
		}
	}
	want := []string{
		"warning source-unused a.md", "warning source-unused artciles", "info source-hidden articles/.aside", "info source-hidden clippings/.git", "info source-hidden clippings/.hidden.txt",
		"warning source-unused clippings/loop", "info source-unused clippings/self", "warning source-unused elsewhere", "warning source-unused entites.yaml",
		"info source-hidden pages/.old.md", "warning source-unused pages/loop", "info source-unused pages/sub", "info source-unused pages/x.txt",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s\nwant %s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestWhatCannotBeReadIsNamed(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "clippings"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("nowhere", filepath.Join(dir, "clippings", "gone.txt")); err != nil {
		t.Skip(err)
	}
	files, problems := Walk(os.DirFS(dir))
	if len(files) != 0 || len(problems) != 1 || !IsUnreadable(problems[0]) || problems[0].Path != "clippings/gone.txt" || problems[0].Severity != diag.Error {
		t.Errorf("%v %v", files, problems)
	}
	_, problems = Read(os.DirFS(dir), File{Path: "clippings/gone.txt", Kind: Text}, Options{})
	if len(problems) != 1 || !IsUnreadable(problems[0]) {
		t.Errorf("%v", problems)
	}
	for name, c := range map[string]struct {
		data string
		code diag.Code
	}{
		"empty.txt": {"", diag.SourceEmpty}, "blank.txt": {" \n\u200f\t\n", diag.SourceEmpty}, "binary.txt": {"\x00\x01\x02\x03\x00", diag.SourceNotText},
		"blank.html": {"<html><body></body></html>", diag.SourceEmpty}, "none.jsonl": {"\n\n", diag.SourceEmpty}, "none.warc": {"", diag.SourceEmpty}, "bad.warc.gz": {"\x1f\x8bxx", diag.SourceRecord},
	} {
		fsys := fstest.MapFS{"clippings/" + name: {Data: []byte(c.data)}}
		files, _ := Walk(fsys)
		docs, problems := Read(fsys, files[0], Options{})
		if len(docs) != 0 || len(problems) == 0 || problems[0].Code != c.code || problems[0].Severity != diag.Warning || problems[0].Path != "clippings/"+name {
			t.Errorf("%s: %d documents, %+v", name, len(docs), problems)
		}
	}
}

func TestRecordsAreReadAloneAsTogether(t *testing.T) {
	var lines strings.Builder
	for i := range 50 {
		if i%7 == 0 {
			lines.WriteString("\r\n")
		}
		fmt.Fprintf(&lines, "{\"text\": \"نص السجل رقم %d %s\"}\n", i, strings.Repeat("طويل ", i*100))
	}
	fsys := fstest.MapFS{"clippings/a.jsonl": {Data: []byte("\ufeff" + lines.String())}}
	docs, problems := Read(fsys, File{Path: "clippings/a.jsonl", Kind: JSONL}, Options{})
	if len(docs) != 50 || len(problems) != 0 {
		t.Fatalf("%d documents, %v", len(docs), problems)
	}
	records, err := OpenRecords(fsys, "clippings/a.jsonl", JSONL, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range docs {
		if text, err := records.Text(d.Record); err != nil || text != d.Text {
			t.Errorf("record %d: %v", d.Record, err)
		}
	}
	if _, err := records.Text(51); err == nil {
		t.Error("a record that is not there is read")
	}
}
