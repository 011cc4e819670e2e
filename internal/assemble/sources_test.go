package assemble

import (
	"testing"

	"warraq/internal/archive"
	"warraq/internal/config"
)

func TestOneOutletHasOnePage(t *testing.T) {
	for _, c := range []struct {
		names []string
		want  []string // names of the sources, in order
	}{
		{[]string{"صحيفة المرفأ", "جريدة المرفأ", "صحيفة المرفأ", "صحيفة المرفإ"}, []string{"صحيفة المرفأ"}},
		{[]string{"المرفأ", "صحيفة المرفأ", "صحيفة المرفأ"}, []string{"صحيفة المرفأ"}},
		{[]string{"المرفأ", "صحيفة المرفأ", "قناة المرفأ"}, []string{"صحيفة المرفأ", "قناة المرفأ", "المرفأ"}},
		{[]string{"أ.ف.ب", "فرانس برس", "وكالة فرانس برس", "AFP", "فرانس برس"}, []string{"فرانس برس"}},
		{[]string{"الأناضول", "وكالة الأناضول", "الأناضول", "وكالة أنباء الأناضول"}, []string{"الأناضول"}},
		{[]string{"نشرة الميناء", "بيت الميناء"}, []string{"نشرة الميناء"}},
		{[]string{"", "…"}, nil},
	} {
		site := &config.Site{Archive: config.Archive{Sources: map[string]config.Source{"نشرة الميناء": {Aliases: []string{"بيت الميناء"}, Slug: "port"}}}}
		var entries []entry
		for _, name := range c.names {
			entries = append(entries, entry{draft: &archive.Draft{SourceName: name}})
		}
		var a archive.Archive
		of := nameSources(&Input{Site: site}, &a, entries)
		got := map[string]bool{}
		for i := range a.Sources {
			got[a.Sources[i].Name] = true
		}
		ok := len(got) == len(c.want)
		for _, name := range c.want {
			ok = ok && got[name]
		}
		if !ok {
			t.Errorf("%q: sources %v, want %q", c.names, got, c.want)
		}
		for i, name := range c.names {
			if (of[i] < 0) != (foldName(name) == "") {
				t.Errorf("%q has source %d", name, of[i])
			}
		}
	}
}
