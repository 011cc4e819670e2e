package assemble

import (
	"slices"
	"testing"

	"warraq/internal/archive"
	"warraq/internal/editorial"
	"warraq/internal/match"
)

func TestOneTagForAllItsSpellings(t *testing.T) {
	ed := &editorial.Editorial{Entities: []editorial.Entity{
		{ID: "the-port", Name: "مرفأ المدينة", Aliases: []string{"الميناء الكبير"}, Kind: archive.Place, Wikidata: "Q1"},
	}}
	m, _ := match.Compile(ed)
	var s shelfOf
	x := s.add("clippings/a.txt", archive.Main, "سفن", harbour...).on("2025-02-03")
	x.Keywords = []string{"السلطات الجدیدة", "#الشحن البحري", "مرفأ المدینة", "في", "السلطات الجديدة"}
	y := s.add("clippings/b.txt", archive.Main, "خبز", bread...).on("2025-02-04")
	y.Keywords = []string{"السلطات الجديده", "الشحن البحري،", "الميناء الكبير"}
	y.Mentions = []archive.EntityCount{{ID: "the-port", Count: 2}}
	in := Input{Editorial: ed, Matcher: m, Site: site()}
	for _, st := range s.stories {
		in.Drafts = append(in.Drafts, &st.Draft)
	}
	a, _ := Assemble(in)
	if err := archive.Check(a); err != nil {
		t.Fatal(err)
	}
	var names []string
	for i := range a.Tags {
		names = append(names, a.Tags[i].Name)
		if len(a.Tags[i].Articles) != 2 {
			t.Errorf("%s has articles %v", a.Tags[i].Name, a.Tags[i].Articles)
		}
	}
	if want := []string{"السلطات الجديدة", "الشحن البحري", "مرفأ المدينة"}; !slices.Equal(names, want) {
		t.Errorf("tags %q, want %q", names, want)
	}
	port := a.Tags[slices.Index(names, "مرفأ المدينة")]
	if port.Slug != "the-port" || port.Kind != archive.Place || port.Wikidata != "Q1" {
		t.Errorf("%+v", port)
	}
	if !slices.ContainsFunc(a.Redirects, func(r archive.Redirect) bool {
		return r.From == "/tags/الميناء-الكبير/" && r.To == "/tags/the-port/"
	}) {
		t.Errorf("no redirect from the alias: %v", a.Redirects)
	}
}
