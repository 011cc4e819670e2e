package score

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"warraq/internal/archive"
	"warraq/internal/assemble"
	"warraq/internal/config"
	"warraq/internal/extract"
	"warraq/internal/source"
)

// respell writes a text as another outlet would: other hamzas, Persian
// letters, no tashkeel, tatweel, other quotes and blanks.
var respell = strings.NewReplacer("أ", "ا", "إ", "ا", "ي", "ی", "ك", "ک", "ة", "ه", "«", "\"", "»", "\"", "ُ", "", "َ", "", "ِ", "", "ّ", "", "ً", "", " في ", "  في ", "قال", "قـــال")

// Every labelled article is published again by another outlet, once in other
// spelling, once with a paragraph of its own; nothing else is folded.
func TestCopiesAreFoundAndNothingElseIs(t *testing.T) {
	e := newEngine(t)
	var all []piece
	for _, p := range pieces(t) {
		if len(strings.Fields(strings.Join(p.paragraphs, " "))) >= 40 {
			all = append(all, p)
		}
	}
	if len(all) < 15 {
		t.Fatalf("only %d articles long enough", len(all))
	}
	tree := fstest.MapFS{}
	put := func(kind string, i int, text string) {
		tree[fmt.Sprintf("clippings/%s-%03d.txt", kind, i)] = &fstest.MapFile{Data: []byte(text)}
	}
	for i, p := range all {
		put("a", i, p.clipping("تاريخ النشر: 9th, March 2025 GMT", "المصدر: جريدة المرفأ"))
		other := piece{title: p.title}
		for _, x := range p.paragraphs {
			other.paragraphs = append(other.paragraphs, respell.Replace(x))
		}
		put("b", i, other.clipping("10/03/2025\nتابعونا على فيسبوك", "شارك هذا الخبر\nالمصدر: بوابة الميناء"))
		longer := piece{title: "عن صحيفة الضفة: " + p.title, paragraphs: append(append([]string{}, p.paragraphs...),
			"وزادت صحيفة الضفة أن مراسلها حضر وسأل ثلاثة من الحاضرين فاتفقت رواياتهم.")}
		put("c", i, longer.clipping("11 آذار 2025", "المصدر: صحيفة الضفة"))
	}
	a := e.assembleTree(t, tree)
	folded := map[string]string{}
	for i := range a.Articles {
		x := &a.Articles[i]
		for _, o := range x.Origins {
			folded[o.Path] = x.Origins[0].Path
		}
		for _, v := range x.Versions {
			folded[v.Origin.Path] = x.Origins[0].Path
		}
	}
	copies, versions := 0, 0
	for i := range all {
		first, second, third := folded[fmt.Sprintf("clippings/a-%03d.txt", i)], folded[fmt.Sprintf("clippings/b-%03d.txt", i)], folded[fmt.Sprintf("clippings/c-%03d.txt", i)]
		if first == second {
			copies++
		} else {
			t.Logf("not one article: %s in other spelling", all[i].name)
		}
		if first == third {
			versions++
		} else {
			t.Logf("not one article: %s with a paragraph more", all[i].name)
		}
	}
	for path, kept := range folded {
		if path[len(path)-7:] != kept[len(kept)-7:] {
			t.Errorf("%s was folded into %s, another story", path, kept)
		}
	}
	t.Logf("%d stories: %d copies, %d versions found", len(all), copies, versions)
	if copies < len(all) || versions < len(all) {
		t.Errorf("want every copy and every version")
	}
}

// assembleTree makes an archive of a content tree.
func (e engine) assembleTree(t *testing.T, tree fstest.MapFS) *archive.Archive {
	t.Helper()
	files, _ := source.Walk(tree)
	var drafts []*archive.Draft
	for _, f := range files {
		docs, _ := source.Read(tree, f, source.Options{})
		for _, doc := range docs {
			drafts = archive.AppendPointers(drafts, e.extractor.Extract(doc).Drafts)
		}
	}
	a, _ := assemble.Assemble(assemble.Input{
		Drafts: drafts, Editorial: e.editorial, Matcher: e.matcher,
		Site: &config.Site{Archive: config.Archive{DateThreshold: 0.6}}, Bodies: extract.NewBodies(tree, e.extractor),
	})
	return a
}
