package render

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// Every selector of the whole style that matches something on a page must be in
// the page's own: a pruned page looks as it would with all of the sheets.
func TestPruningKeepsWhatMatches(t *testing.T) {
	a, b := fixture(420)
	r := newRenderer(t, site(), Options{})
	whole := site()
	whole.Minify = false
	all := newRenderer(t, whole, Options{}) // nothing is pruned
	// What a page can come to be (:hover, ::before, :checked) goes by what it is of.
	states := regexp.MustCompile(`::?(?:hover|focus-visible|focus|target|checked|before|after)`)
	conditions := regexp.MustCompile(`:(?:has|is)\((?:[^()]|\([^()]*\))*\)`)
	seen := map[kind]bool{}
	fewer := 0
	for path, page := range built(t, r, a, b) {
		body := regexp.MustCompile(`<body class="p-([\w-]+)"`).FindStringSubmatch(page)
		if body == nil {
			continue
		}
		k := kind(body[1])
		if k == kindArticle && seen[k] && !strings.Contains(path, "a000") {
			continue // the first ten show all there is
		}
		seen[k] = true
		doc := parsed(t, page)
		kept := selectorsOf(doc.Find("style").Text())
		for _, selector := range selectorsOf(string(all.sets[k].css)) {
			if slices.Contains(kept, selector) {
				continue
			}
			fewer++
			bare := conditions.ReplaceAllString(states.ReplaceAllString(selector, ""), "")
			if strings.Trim(bare, " >+*") == "" {
				t.Errorf("%s: %q is gone", path, selector)
				continue
			}
			if doc.FindMatcher(goquery.Single(bare)).Length() > 0 {
				t.Errorf("%s: %q matches and is gone", path, selector)
			}
		}
	}
	if len(seen) < 14 || fewer == 0 {
		t.Errorf("looked at %d page types, %d selectors pruned", len(seen), fewer)
	}
}

// selectorsOf lists a sheet's selectors in the minifier's spelling, without
// those of @font-face and the like.
func selectorsOf(css string) []string {
	css = regexp.MustCompile(`(?s)/\*.*?\*/`).ReplaceAllString(css, "")
	var out []string
	for css != "" {
		head := scanStyle(css, '{', ';')
		if head == len(css) || css[head] == ';' {
			css = css[min(head+1, len(css)):]
			continue
		}
		prelude, end := strings.TrimSpace(css[:head]), blockEnd(css, head)
		switch {
		case strings.HasPrefix(prelude, "@media"):
			out = append(out, selectorsOf(css[head+1:end])...)
		case !strings.HasPrefix(prelude, "@"):
			for prelude != "" {
				at := scanStyle(prelude, ',')
				out = append(out, spelled(prelude[:at]))
				prelude = prelude[min(at+1, len(prelude)):]
			}
		}
		css = css[min(end+1, len(css)):]
	}
	return out
}

func spelled(selector string) string {
	return regexp.MustCompile(`\s*([>+,])\s*`).ReplaceAllString(strings.TrimSpace(selector), "$1")
}

func TestPruning(t *testing.T) {
	p := pruning{kind: kindPeriod, known: names{".gone": true, "#gone": true, ".here": true}, present: names{"here": true}}
	for _, c := range []struct{ sheet, want string }{
		{`.here{a:b}.gone{a:b}`, `.here{a:b}`},
		{`.gone,.here a{a:b}`, `.here a{a:b}`},
		{`@media print{.gone{a:b}}`, ``},
		{`@media print{.gone{a:b}p{a:b}}`, `@media print{p{a:b}}`},
		{`@font-face{src:url(a;b)}@page{margin:2cm}`, `@font-face{src:url(a;b)}@page{margin:2cm}`},
		{`.unknown{content:"}.gone{"}`, `.unknown{content:"}.gone{"}`},
		{`body:not(.gone) p{a:b}main:has(#gone:checked) :is(.gone,p){a:b}`, `body:not(.gone) p{a:b}main:has(#gone:checked) :is(.gone,p){a:b}`},
		{`#gone{a:b}.p-home .here{a:b}.p-period .here{a:b}`, `.p-period .here{a:b}`},
		{`@charset "x";.here{a:b}`, `@charset "x";.here{a:b}`},
		{`.here{`, `.here{}`},
	} {
		if got := p.sheet(c.sheet); got != c.want {
			t.Errorf("%s\ngives %s\n want %s", c.sheet, got, c.want)
		}
	}
}
