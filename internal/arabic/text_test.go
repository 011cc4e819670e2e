package arabic

import (
	"iter"
	"slices"
	"sort"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"":                      "",
		"نصٌّ سليم، لا يتغيّر.": "نصٌّ سليم، لا يتغيّر.",
		"\u200fقال\u202b الوزيـــر\u202c ": "قال الوزير",
		"بـ«القوات» عام 1446 هـ":           "بـ«القوات» عام 1446 هـ",
		"ﺍﻟﻘﻮﺍﺕ ﻻ ﺗﻨﺴﺤﺐ":                   "القوات لا تنسحب",
		"علی الأکراد فی سوریا":             "على الأكراد في سوريا",
		"روزنامه گزارش داد که وی":          "روزنامه گزارش داد كه وي",
		"محمد ﷺ":                            "محمد ﷺ",
		"  a \t\n b\u00a0\u00a0c\x00d ":     "a b cd",
		"ا\u0654ن 👨\u200d👩\u200d👧 ه\u200dم": "أن 👨\u200d👩\u200d👧 هم",
		"\xffنص":      "\ufffdنص",
		"شـ\u064cكـر": "شـ\u064cكـر",
	} {
		if in == "شـ\u064cكـر" {
			want = "ش\u064cكر"
		}
		if got := Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
}

// sentences ranges over the sentences of s as byte offsets.
func sentences(s string) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		for i := 0; ; {
			start, end := NextSentence(s, i)
			if start == end || !yield(start, end) {
				return
			}
			i = end
		}
	}
}

func TestSentences(t *testing.T) {
	for text, want := range map[string][]string{
		"قال الوزير: لا. ثم مضى!":               {"قال الوزير: لا.", "ثم مضى!"},
		"هل عاد؟ نعم؛ عاد أمس، ثم سافر…":        {"هل عاد؟", "نعم؛ عاد أمس، ثم سافر…"},
		"بلغ 3.5 مليون. ارتفع 2.1%.":            {"بلغ 3.5 مليون.", "ارتفع 2.1%."},
		"وصل د. سمير إلى U.S. embassy. وغادر.":  {"وصل د. سمير إلى U.S. embassy.", "وغادر."},
		"رغم الهدنة.. غارات جديدة. انتهى":       {"رغم الهدنة.. غارات جديدة.", "انتهى"},
		"قال: «لن نرحل. سنبقى هنا». وأضاف: نعم": {"قال: «لن نرحل. سنبقى هنا».", "وأضاف: نعم"},
		"«انتهت الحرب.» هكذا قال":               {"«انتهت الحرب.»", "هكذا قال"},
		"زيارات منتظمة\".وفقا لوكالة الأنباء":   {"زيارات منتظمة\".", "وفقا لوكالة الأنباء"},
		"انتهى الاجتماع.وقال بيان":              {"انتهى الاجتماع.", "وقال بيان"},
		"سقط عام 2024م. بعدها بدأ العمل":        {"سقط عام 2024م.", "بعدها بدأ العمل"},
		"نقل موقع rt.com عن مصدر. انتهى":        {"نقل موقع rt.com عن مصدر.", "انتهى"},
		"سطر أول\n\n  سطر ثان ":                 {"سطر أول", "سطر ثان"},
		"":                                      nil,
		" \n ":                                  nil,
		"اقتباس لا يُغلق «كما هنا. ثم جملة":     {"اقتباس لا يُغلق «كما هنا.", "ثم جملة"},
	} {
		var got []string
		for start, end := range sentences(text) {
			got = append(got, text[start:end])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q:\n got %q\nwant %q", text, got, want)
		}
	}
}

func TestSlug(t *testing.T) {
	for in, want := range map[string]string{
		"الأزمة السورية":    "الازمه-السوريه",
		"روسیا  / وأمريكا؟": "روسيا-وامريكا",
		"../../etc/passwd":  "etc-passwd",
		"G20 قمّة":          "g20-قمه",
		" -- بوتين -- ":     "بوتين",
		"Café é":            "cafe-e",
	} {
		if got := Slug(in); got != want {
			t.Errorf("Slug(%q) = %q, want %q", in, got, want)
		}
	}
	long := strings.Repeat("كلمة ", 40)
	a, b := Slug(long), Slug(long+"أخرى")
	if a == b {
		t.Error("two long names share a slug")
	}
	if n := utf8.RuneCountInString(a); n > slugLetters+11 {
		t.Errorf("%d letters", n)
	}
	if x, y := Slug("؟!"), Slug("…"); x == "" || x == y {
		t.Errorf("names without letters: %q %q", x, y)
	}
}

func TestPlural(t *testing.T) {
	for n, want := range map[int]Class{
		0: Zero, 1: One, 2: Two, 3: Few, 10: Few, 11: Many, 99: Many, 100: Other, 102: Other, 103: Few, 111: Many, 1200: Other, -3: Few,
	} {
		if got := Plural(n); got != want {
			t.Errorf("%d: %v, want %v", n, got, want)
		}
	}
	if got := FormatPercent(0.614, ArabicIndic); got != "٦١٪" {
		t.Error(got)
	}
}

func TestOrderOfNames(t *testing.T) {
	want := []string{"أحمد الشرع", "الأسد", "آسيا", "ألمانيا", "إيران", "بوتين", "دمشق", "روسيا", "الرياض", "سوريا", "الكرملين", "ليبيا", "يافا", "NATO", "telegram", "2024", "؟"}
	got := slices.Clone(want)
	sort.Sort(sort.Reverse(sort.StringSlice(got)))
	slices.SortFunc(got, func(a, b string) int { return strings.Compare(SortKey(a), SortKey(b)) })
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	for name, letter := range map[string]string{"الأسد": "ا", "الكرملين": "ك", "ألمانيا": "ا", "المانيا": "ا", "telegram": "T", "2024": "#", "«حزب»": "ح", "": "#"} {
		if got := FirstLetter(name); got != letter {
			t.Errorf("%s under %s, want %s", name, got, letter)
		}
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"قال: «نعم. لا». ثم 3.5!", "بـ\u200fعلی ﻻ\xff", "Telegram! +7 (495) 1 2015-2024", "#سوريا_Syria a.b. ("} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c := Clean(s)
		if again := Clean(c); again != c {
			t.Fatalf("Clean twice: %q then %q", c, again)
		}
		if got := string(appendClean(nil, s)); got != c {
			t.Fatalf("the short way gives %q, the long %q", c, got)
		}
		for i := 0; i < len(s); {
			folded, start, end := AppendWord(nil, s, i)
			if a, b := NextWord(s, i); a != start || b != end || string(folded) != string(AppendFold(nil, s[a:b])) {
				t.Fatalf("%q from %d: the one walk gives %d:%d %q, the two %d:%d", s, i, start, end, folded, a, b)
			}
			i = max(end, i+1)
		}
		last := 0
		for start, end := range sentences(s) {
			if start < last || end <= start || end > len(s) {
				t.Fatalf("sentence %d:%d of %q", start, end, s)
			}
			if strings.TrimFunc(s[last:start], unicode.IsSpace) != "" {
				t.Fatalf("%q lost between sentences", s[last:start])
			}
			last = end
		}
		if strings.TrimFunc(s[last:], unicode.IsSpace) != "" {
			t.Fatalf("%q lost after the last sentence", s[last:])
		}
		slug := Slug(s)
		if slug == "" || strings.ContainsAny(slug, "/\\. \x00\"'<>&?#%:") || utf8.RuneCountInString(slug) > slugLetters+11 {
			t.Fatalf("Slug(%q) = %q", s, slug)
		}
		var all strings.Builder
		for _, r := range AppendRuns(nil, s) {
			if r.Text == "" {
				t.Fatalf("empty run of %q", s)
			}
			all.WriteString(r.Text)
		}
		if all.String() != s {
			t.Fatalf("runs of %q make %q", s, all.String())
		}
		SortKey(s)
		FirstLetter(s)
	})
}
