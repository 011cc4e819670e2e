package score

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"warraq/internal/archive"
	"warraq/internal/extract"
	"warraq/internal/source"
)

// piece is a labelled article in the layout that most outlets share.
type piece struct {
	name       string
	title      string
	paragraphs []string
}

// pieces are the labelled clippings of one plain article with a lead to speak of.
func pieces(t *testing.T) []piece {
	t.Helper()
	data := filepath.Join(root(t), "internal", "extract", "testdata", "clippings")
	var all []piece
	for _, w := range loadWants(t, data, data) {
		if len(w.Articles) != 1 {
			continue
		}
		a := w.Articles[0]
		if w.Encoding != "" || w.Group != "" || a.TitleAny || len(a.Paragraphs) < 2 {
			continue
		}
		p := piece{name: w.name, title: a.Title}
		for _, x := range a.Paragraphs {
			if x.Optional {
				continue
			}
			p.paragraphs = append(p.paragraphs, strings.TrimSpace(x.Text))
		}
		short := 0 // a price list in an article's place is nobody's related article
		for _, x := range p.paragraphs {
			if len(strings.Fields(x)) < 6 && !strings.ContainsAny(x, ".؟!") {
				short++
			}
		}
		if len(strings.Fields(p.paragraphs[0])) >= 10 && short < 3 {
			all = append(all, p)
		}
	}
	return all
}

// Whatever article stands behind whatever other, both come out whole, and of
// the teasers behind them nothing does.
func TestJoinedClippingsComeApart(t *testing.T) {
	e := newEngine(t)
	all := pieces(t)
	if len(all) < 40 {
		t.Fatalf("only %d pieces to join", len(all))
	}
	markers := []string{"إقرأ أيضاً:", "اقرأ أيضا", "طالع أيضًا:", "قد يهمك أيضا", "شاهد أيضاً"}
	joined, articles, whole := 0, 0, 0
	for i := range all {
		for k, step := range []int{1, 7, 19} {
			main, related, teaser, other := all[i], all[(i+step)%len(all)], all[(i+2*step+3)%len(all)], all[(i+3*step+5)%len(all)]
			marker := markers[(i+k)%len(markers)]
			text := main.clipping(fmt.Sprintf("تاريخ النشر: %dth, March 2025 GMT", 4+i%15), "المصدر: جريدة المرفأ") +
				marker + "\n" + related.clipping("تابع أحدث الأخبار عبر تطبيق", "") +
				"\nقراءة المزيد\n\n" + teaser.teaser() + other.teaser()
			r := e.extractor.Extract(source.Document{Path: "clippings/joined.txt", Kind: source.Text, FirstLine: 1, Text: text})
			joined++
			articles += 2
			for n, want := range []piece{main, related} {
				if n >= len(r.Drafts) {
					t.Logf("%s + %s: article %d is missing", main.name, related.name, n+1)
					continue
				}
				if why := want.differs(r, n); why != "" {
					t.Logf("%s + %s, article %d: %s", main.name, related.name, n+1, why)
					continue
				}
				whole++
			}
			if len(r.Drafts) > 2 {
				t.Errorf("%s + %s: a teaser became an article: %s", main.name, related.name, r.Drafts[2].Title)
			}
			if len(r.Drafts) > 1 && inherits(r.Drafts[1]) {
				t.Errorf("%s + %s: the related article inherits date or source", main.name, related.name)
			}
		}
	}
	t.Logf("%d joined clippings: %d of %d articles whole", joined, whole, articles)
	if float64(whole) < wholeFloor*float64(articles) {
		t.Errorf("fewer than %.1f %% of the joined articles are whole", 100*wholeFloor)
	}
}

// wholeFloor is the share of joined articles that must come out whole.
const wholeFloor = 0.99

// inherits reports the main article's label on a related one.
func inherits(d archive.Draft) bool {
	return d.SourceName == "جريدة المرفأ" || slices.ContainsFunc(d.Published, func(p archive.DatePhrase) bool {
		return strings.Contains(p.Text, "March")
	})
}

func (p piece) clipping(below, after string) string {
	return p.title + "\n" + below + "\n" + strings.Join(p.paragraphs, "\n") + "\n" + after + "\n"
}

// teaser is the title twice and a lead cut inside a sentence.
func (p piece) teaser() string {
	words := strings.Fields(p.paragraphs[0])
	return p.title + "\n\n" + p.title + "\n\n" + strings.Join(words[:max(6, len(words)*2/3)], " ") + "\n\n"
}

// differs says how a draft is not the piece, "" when it is.
func (p piece) differs(r extract.Result, n int) string {
	if letters(r.Drafts[n].Title) != letters(p.title) {
		return "title " + r.Drafts[n].Title
	}
	have := r.Texts[n].Paragraphs
	for i, want := range p.paragraphs {
		if i >= len(have) || letters(have[i].Text) != letters(want) {
			return "lost or changed: " + want
		}
	}
	if len(have) > len(p.paragraphs) {
		return "one too many: " + have[len(p.paragraphs)].Text
	}
	return ""
}
