package render

import (
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"warraq/internal/archive"
)

// prose gives n words of the example archive's own articles: sizes on the wire
// mean nothing on repeated sentences.
func prose(t *testing.T, n int) []string {
	t.Helper()
	var files []string
	for _, pattern := range []string{"articles/*.md", "clippings/*.txt"} {
		found, err := filepath.Glob("../../content/" + pattern)
		if err != nil || len(found) == 0 {
			t.Skip("the example archive is not here")
		}
		files = append(files, found...)
	}
	var words []string
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		parts := strings.SplitN(string(data), "\n---\n", 2)
		words = append(words, strings.Fields(parts[len(parts)-1])...)
	}
	if len(words) < n {
		t.Skipf("the example archive has %d words of %d", len(words), n)
	}
	return words[:n]
}

// An article of 600 words reaches the reader in one round trip.
func TestArticleBudget(t *testing.T) {
	words := prose(t, 600)
	a, b := fixture(40)
	var paragraphs []string
	for i := 0; i < len(words); i += 60 {
		paragraphs = append(paragraphs, strings.Join(words[i:i+60], " "))
	}
	b[a.Articles[0].Body.Path] = archive.Body{Paragraphs: paragraphs}
	a.Articles[0].Words = 600
	content := built(t, newRenderer(t, site(), Options{}), a, b)["articles/a0000/index.html"]
	br, gz := brotlied(t, content), gzipped(t, content)
	t.Logf("600 words: %d bytes, brotli %d, gzip %d", len(content), br, gz)
	if br > 8<<10 || gz > 10<<10 {
		t.Errorf("an article of 600 words takes %d bytes by brotli and %d by gzip, the budget is 8 and 10 KB", br, gz)
	}
}

// told gives the words of the i-th event: 15 to 25, as in the example archive.
// After each pass over the archive's words the next takes them in wider steps, so
// that no two events have a phrase in common for the compressor to find.
func told(words []string, i int) string {
	steps := []int{1, 7, 11, 13, 17, 19, 23, 29, 31, 37}
	at := i * 26
	step := steps[at/len(words)]
	out := make([]string, 15+i*7%11)
	for j := range out {
		out[j] = words[(at+j*step)%len(words)]
	}
	return strings.Join(out, " ")
}

// A day of many events is the longest page that the rule for lists allows. They
// are told by articles with ids as clippings have, of which some tell many events.
func TestTimelineBudget(t *testing.T) {
	words := prose(t, 2900)
	r := newRenderer(t, site(), Options{})
	for _, c := range []struct{ events, budget int }{{200, 12 << 10}, {1000, 50 << 10}} {
		a, b := fixture(60)
		for i := range a.Articles {
			old := a.Articles[i].ID
			a.Articles[i].ID = strings.ToLower(base32.StdEncoding.EncodeToString(hashOf(old)))[:12]
		}
		a.Events, a.Articles[0].Events, a.Themes[0].Events = nil, nil, nil
		for i := range c.events {
			a.Events = append(a.Events, archive.Event{
				ID: "2024-12-09-" + strings.ToLower(base32.StdEncoding.EncodeToString(hashOf(fmt.Sprint(i))))[:5], Date: day("2024-12-09"), Kind: archive.DateStated,
				Sentence: told(words, i), Sources: int32(1 + i%3), Themes: []archive.ThemeIndex{archive.ThemeIndex(i % 2)},
				Tellings: []archive.Telling{{Article: archive.ArticleIndex(i * 7 % 60)}},
			})
		}
		pages := built(t, r, a, b)
		content := pages["timeline/2024/12/index.html"]
		if c.events > monthItems {
			content = pages["timeline/2024/12/09/index.html"]
		}
		if n := strings.Count(content, `id="e-`); n != c.events {
			t.Fatalf("%d events on the page of %d", n, c.events)
		}
		gz := gzipped(t, content)
		t.Logf("%d events: %d bytes, gzip %d", c.events, len(content), gz)
		if gz > c.budget {
			t.Errorf("a timeline of %d events takes %d bytes, the budget is %d", c.events, gz, c.budget)
		}
	}
}

// Two weights of type in at most 25 KB.
func TestFontBudget(t *testing.T) {
	total := 0
	for _, name := range []string{"fonts/naskh-400.woff2", "fonts/kufi-700.woff2"} {
		data, _, err := overlay{lower: embeddedStatic}.read(name)
		if err != nil {
			t.Fatal(err)
		}
		total += len(data)
	}
	if total > 25<<10 {
		t.Errorf("fonts take %d bytes, the budget is 25 KB", total)
	}
}

func hashOf(s string) []byte {
	h := sha256.Sum256([]byte(s))
	return h[:]
}
