package assemble

import (
	"testing"

	"warraq/internal/archive"
	"warraq/internal/diag"
)

func TestIDsThatDifferOnlyByCaseAreNamed(t *testing.T) {
	draft := func(id string) *archive.Draft {
		return &archive.Draft{AutoID: id, Title: id, Origin: archive.Origin{Path: "articles/" + id + ".md", Role: archive.Markdown}}
	}
	entries := []entry{{draft: draft("News"), id: "News"}, {draft: draft("news"), id: "news"}, {draft: draft("Other"), id: "Other"}, {draft: draft("k3v9"), id: "k3v9"}}
	r := &reporter{}
	sameButForCase(entries, r)
	if len(r.problems) != 1 {
		t.Fatalf("%+v", r.problems)
	}
	if p := r.problems[0]; p.Code != diag.SameButForCase || p.Severity != diag.Warning || p.Path != "articles/news.md" || p.Remedy == "" {
		t.Errorf("%+v", p)
	}
}
