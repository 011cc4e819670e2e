package arabic

import "testing"

// Each line holds forms that a reader searching for one means too.
func TestStemMeets(t *testing.T) {
	for _, forms := range [][]string{
		{"روسيا", "روسي", "روسية", "الروسية", "والروسي"},
		{"سوريا", "السوري", "السورية", "سوريون", "السوريين", "بالسوريين"},
		{"ألمانيا", "المانيا", "الألمانية", "ألماني", "الألمان"},
		{"لبنان", "لبناني", "اللبنانية", "للبنان"},
		{"فلسطين", "فلسطيني", "الفلسطينية", "الفلسطينيين"},
		{"الكرملين", "للكرملين", "والكرملين", "بالكرملين"},
		{"قاعدة", "القاعدة", "قاعدتين", "القاعدتان", "بالقاعدة"},
		{"لجنة", "للجنة", "اللجنة"},
		{"لقاء", "اللقاء", "للقاء"},
		{"كتاب", "كتابا", "كتاباً", "كتابان", "كتابها"},
		{"عائلة", "عائلته", "العائلات", "عائلتها"},
		{"التزام", "الالتزام", "بالتزام"},
		{"وزارة", "الوزارة"},
		{"وزير", "الوزير"},
		{"بوتين"},
	} {
		want := Stem(Fold(forms[0]))
		for _, w := range forms[1:] {
			if got := Stem(Fold(w)); got != want {
				t.Errorf("%s → %s, but %s → %s", w, got, forms[0], want)
			}
		}
	}
}

func TestStemKeepsApart(t *testing.T) {
	for _, pair := range [][2]string{
		{"لبنان", "لبن"}, {"بوتين", "بوت"}, {"وزير", "زير"}, {"سنة", "سن"}, {"إيران", "اير"},
	} {
		if a, b := Stem(Fold(pair[0])), Stem(Fold(pair[1])); a == b {
			t.Errorf("%s and %s have one stem %s", pair[0], pair[1], a)
		}
	}
	for _, w := range []string{"telegram", "2024", "ال", "الم", "", "x", "5g"} {
		if got := Stem(w); got != w {
			t.Errorf("Stem(%q) = %q", w, got)
		}
	}
}

func TestSkeletonOfKin(t *testing.T) {
	for _, pair := range [][2]string{
		{"كتاب", "كتب"}, {"مدرسة", "مدارس"}, {"غورباتشوف", "جورباتشوف"}, {"هجوم", "هجمات"}, {"نتنياهو", "نتانياهو"},
	} {
		a, b := Skeleton(Stem(Fold(pair[0]))), Skeleton(Stem(Fold(pair[1])))
		if a != b {
			t.Errorf("%s → %s, %s → %s", pair[0], a, pair[1], b)
		}
	}
}

func TestStopWordsBeforeFolding(t *testing.T) {
	for w, want := range map[string]bool{
		"على": true, "علـى": true, "علي": false, "إلى": true, "ﻓﻲ": true, "فی": true, "أنّ": true,
		"بوتين": false, "": false, "عام": false,
	} {
		if IsStop(w) != want {
			t.Errorf("IsStop(%s) = %v", w, !want)
		}
	}
}

func TestReadingsHoldTheName(t *testing.T) {
	for word, want := range map[string]Reading{
		"وبوتين":     {"و", false, "بوتين"},
		"لروسيا":     {"ل", false, "روسيا"},
		"بالكرملين":  {"ب", true, "كرملين"},
		"للكرملين":   {"ل", true, "كرملين"},
		"وللبنان":    {"ول", false, "لبنان"},
		"للجنة":      {"ل", true, "لجنه"},
		"فكالولايات": {"فك", true, "ولايات"},
		"بوتين":      {"", false, "بوتين"},
	} {
		found := false
		for _, r := range AppendReadings(nil, Fold(word)) {
			found = found || r == want
		}
		if !found {
			t.Errorf("%s: no reading %v in %v", word, want, AppendReadings(nil, Fold(word)))
		}
	}
}

func FuzzStem(f *testing.F) {
	f.Add("والكرملين")
	f.Add("a\xffبالال")
	f.Fuzz(func(t *testing.T, s string) {
		w := Fold(s)
		stem := Stem(w)
		if len(stem) > len(w) || (len(w) > 0 && len(stem) == 0) {
			t.Fatalf("Stem(%q) = %q", w, stem)
		}
		Skeleton(stem)
		for _, r := range AppendReadings(nil, w) {
			if len(r.Clitics)+len(r.Base) > len(w) {
				t.Fatalf("%q: %v", w, r)
			}
		}
		for start, end := range Words(s) {
			if start >= end || end > len(s) {
				t.Fatalf("word %d:%d of %q", start, end, s)
			}
		}
	})
}

func BenchmarkStem(b *testing.B) {
	words := []string{"والكرملين", "القاعدتين", "بوتين", "الروسيه", "قال", "للكرملين", "علاقات", "لبنان"}
	for b.Loop() {
		for _, w := range words {
			Stem(w)
		}
	}
}
