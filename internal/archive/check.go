package archive

import (
	"cmp"
	"errors"
	"fmt"
)

// Check verifies the invariants that every stage relies on: orders, indices in
// range, links in both directions, unique paths. A broken one is a bug of
// assembling, not of the content; tests and fuzzing call it, builds do not.
func Check(a *Archive) error {
	c := checker{a: a}
	c.articles()
	c.themes()
	c.tags()
	c.sources()
	c.events()
	c.paths()
	return errors.Join(c.broken...)
}

type checker struct {
	a      *Archive
	broken []error
}

// must records what does not hold; a handful is enough to see the pattern.
func (c *checker) must(holds bool, format string, args ...any) {
	if !holds && len(c.broken) < 20 {
		c.broken = append(c.broken, fmt.Errorf("archive: "+format, args...))
	}
}

// byOrder compares articles as lists show them: date descending, then id, undated last.
func byOrder(x, y *Article) int {
	return cmp.Or(y.Date.Value.Compare(x.Date.Value), cmp.Compare(x.ID, y.ID))
}

func (c *checker) articles() {
	a := c.a
	undated := 0
	for i := range a.Articles {
		x := &a.Articles[i]
		c.must(i == 0 || byOrder(&a.Articles[i-1], x) < 0, "articles %d and %d are out of order (%s)", i-1, i, x.ID)
		c.must(x.ID != "", "article %d has no id", i)
		c.must(len(x.Origins) > 0, "article %s has no origin", x.ID)
		c.must(x.Date.Value.IsZero() == (x.Date.Kind == DateUnknown), "article %s: date %s is %s", x.ID, x.Date.Value, x.Date.Kind)
		c.must(x.Date.Confidence >= 0 && x.Date.Confidence <= 1, "article %s: confidence %g", x.ID, x.Date.Confidence)
		if x.Date.Value.IsZero() {
			undated++
		}
		c.must(x.Source >= -1 && int(x.Source) < len(a.Sources), "article %s: source %d", x.ID, x.Source)
		for _, t := range x.Tags {
			c.must(int(t) < len(a.Tags), "article %s: tag %d", x.ID, t)
		}
		for _, m := range x.Mentions {
			c.must(int(m.Tag) < len(a.Tags) && m.Count > 0, "article %s: mention %d × %d", x.ID, m.Tag, m.Count)
		}
		for _, m := range x.Themes {
			ok := int(m.Theme) < len(a.Themes) && int(m.Position) < len(a.Themes[m.Theme].Articles) &&
				a.Themes[m.Theme].Articles[m.Position] == ArticleIndex(i)
			c.must(ok, "article %s: its position in theme %d is not its own", x.ID, m.Theme)
		}
		seen := map[ArticleIndex]bool{ArticleIndex(i): true}
		for j, r := range x.Relations {
			ok := r.Article >= 0 && int(r.Article) < len(a.Articles)
			c.must(ok && !seen[r.Article], "article %s: relation %d goes to %d, itself or twice", x.ID, j, r.Article)
			c.must(r.Containment >= 0 && r.Containment <= 1, "article %s: containment %g", x.ID, r.Containment)
			seen[r.Article] = true
		}
		for _, v := range x.Versions {
			c.must(v.Source >= -1 && int(v.Source) < len(a.Sources), "article %s: version's source %d", x.ID, v.Source)
		}
		for _, f := range x.Facts {
			c.must(f.Article >= -1 && int(f.Article) < len(a.Articles), "article %s: fact cites article %d", x.ID, f.Article)
		}
		for _, e := range x.Events {
			c.must(int(e) < len(a.Events), "article %s: event %d", x.ID, e)
		}
	}
	c.must(undated == a.Undated, "%d undated articles, recorded %d", undated, a.Undated)
}

// ascending checks a list of articles: in archive order, each once, in range.
func (c *checker) ascending(what string, list []ArticleIndex) {
	for i, at := range list {
		c.must(at >= 0 && int(at) < len(c.a.Articles) && (i == 0 || list[i-1] < at), "%s: article %d at place %d", what, at, i)
	}
}

func (c *checker) themes() {
	for i := range c.a.Themes {
		t := &c.a.Themes[i]
		c.must(i == 0 || cmp.Or(cmp.Compare(c.a.Themes[i-1].Weight, t.Weight), cmp.Compare(c.a.Themes[i-1].Slug, t.Slug)) < 0,
			"theme %s is out of order", t.Slug)
		c.ascending("theme "+t.Slug, t.Articles)
		for j, e := range t.Events {
			c.must(int(e) < len(c.a.Events) && (j == 0 || t.Events[j-1] < e), "theme %s: event %d", t.Slug, e)
		}
		for _, f := range t.Facts {
			c.must(f.Article >= -1 && int(f.Article) < len(c.a.Articles), "theme %s: fact cites article %d", t.Slug, f.Article)
		}
	}
}

func (c *checker) tags() {
	slugs := map[string]bool{}
	for i := range c.a.Tags {
		t := &c.a.Tags[i]
		c.must(t.Slug != "" && t.Name != "" && !slugs[t.Slug], "tag %q (%q): empty, or its slug is taken", t.Name, t.Slug)
		slugs[t.Slug] = true
		c.must(len(t.Articles) > 0, "tag %s has no article", t.Slug)
		c.ascending("tag "+t.Slug, t.Articles)
	}
}

func (c *checker) sources() {
	slugs := map[string]bool{}
	total := 0
	for i := range c.a.Sources {
		s := &c.a.Sources[i]
		c.must(s.Slug != "" && s.Name != "" && !slugs[s.Slug], "source %q (%q): empty, or its slug is taken", s.Name, s.Slug)
		slugs[s.Slug] = true
		c.ascending("source "+s.Slug, s.Articles)
		for _, at := range s.Articles {
			c.must(c.a.Articles[at].Source == SourceIndex(i), "source %s lists article %d of another", s.Slug, at)
		}
		total += len(s.Articles)
	}
	for i := range c.a.Articles {
		if c.a.Articles[i].Source >= 0 {
			total--
		}
	}
	c.must(total == 0, "sources list %d articles too many or too few", total)
}

func (c *checker) events() {
	ids := map[string]bool{}
	for i := range c.a.Events {
		e := &c.a.Events[i]
		if i > 0 {
			p := &c.a.Events[i-1]
			c.must(cmp.Or(p.Date.Compare(e.Date), cmp.Compare(p.ID, e.ID)) < 0, "event %s is out of order", e.ID)
		}
		c.must(e.ID != "" && !ids[e.ID], "event %d: id %q empty or taken", i, e.ID)
		ids[e.ID] = true
		c.must(!e.Date.IsZero() && e.Kind != DateUnknown, "event %s has no date", e.ID)
		c.must(len(e.Tellings) > 0 && e.Sources > 0 && int(e.Sources) <= len(e.Tellings), "event %s: %d tellings, %d sources", e.ID, len(e.Tellings), e.Sources)
		for j, t := range e.Tellings {
			c.must(t.Article >= 0 && int(t.Article) < len(c.a.Articles) && (j == 0 || e.Tellings[j-1].Article < t.Article),
				"event %s: telling %d by article %d", e.ID, j, t.Article)
		}
		for _, t := range e.Themes {
			c.must(int(t) < len(c.a.Themes), "event %s: theme %d", e.ID, t)
		}
	}
}

// paths checks that no two pages claim one path.
func (c *checker) paths() {
	taken := make(map[string]bool, len(c.a.Articles))
	claim := func(path string) {
		c.must(!taken[path], "two pages at %s", path)
		taken[path] = true
	}
	for i := range c.a.Articles {
		claim("/" + ArticlePath(c.a.Articles[i].ID))
	}
	for i := range c.a.Tombstones {
		c.must(i == 0 || c.a.Tombstones[i-1].ID < c.a.Tombstones[i].ID, "tombstone %s is out of order", c.a.Tombstones[i].ID)
		claim("/" + ArticlePath(c.a.Tombstones[i].ID))
	}
	for i := range c.a.Tags {
		claim("/" + TagPath(c.a.Tags[i].Slug))
	}
	for i, r := range c.a.Redirects {
		c.must(i == 0 || c.a.Redirects[i-1].From < r.From, "redirect %s is out of order", r.From)
		c.must(len(r.From) > 1 && r.From[0] == '/' && r.From[len(r.From)-1] == '/', "redirect from %q", r.From)
		c.must(len(r.To) > 0 && r.To[0] == '/' && r.To[len(r.To)-1] == '/', "redirect to %q", r.To)
		claim(r.From)
	}
}
