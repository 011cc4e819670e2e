package render

import (
	"strings"
	"testing"
)

func TestBriefSentence(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"وصل الوفد إلى دمشق.", "وصل الوفد إلى دمشق."},
		{"التقى الوزيران في العاصمة بعد انقطاع طويل، واتفقا على أن تعود السفارتان إلى العمل في أقرب وقت.", "التقى الوزيران في العاصمة بعد انقطاع…"},
		{"التقى الوزيران في العاصمة، واتفقا على أن تعود السفارتان إلى العمل.", "التقى الوزيران في العاصمة…"},
		{"أعلن المتحدث باسم الوزارة في مؤتمره الأسبوعي أن الرحلات ستعود قبل آخر الشهر المقبل.", "أعلن المتحدث باسم الوزارة في مؤتمره…"},
	} {
		if got := briefSentence(c.in); got != c.want {
			t.Errorf("%s\n got  %s\n want %s", c.in, got, c.want)
		}
	}
}

func TestFontsAreNamedAfterWhatIsInThem(t *testing.T) {
	a, b := fixture(3)
	r := newRenderer(t, site(), Options{})
	pages := built(t, r, a, b)
	for plain, name := range r.faces.names {
		if _, made := pages[name]; !made {
			t.Errorf("%s is not published", name)
		}
		if _, made := pages[plain]; made {
			t.Errorf("%s is published under its plain name too", plain)
		}
	}
	if len(r.faces.names) != 2 {
		t.Errorf("fonts: %v", r.faces.names)
	}
	home := pages["index.html"]
	for _, part := range []string{`href="/sub/` + r.faces.names["fonts/naskh-400.woff2"] + `"`, "url(/sub/" + r.faces.names["fonts/kufi-700.woff2"] + ")"} {
		if !strings.Contains(home, part) {
			t.Errorf("the home page does not have %s", part)
		}
	}
}
