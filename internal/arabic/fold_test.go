package arabic

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"":                        "",
		"الأحزابُ في إيران":       "الاحزاب في ايران",
		"روسیا وأمریکا":           "روسيا وامريكا",
		"مسؤولة ومسئولة":          "مسووله ومسيوله",
		"هيئةُ آثارِ ٱلشام":       "هييه اثار الشام",
		"القــــاهرة":             "القاهره",
		"٢٠٢٤ و۱۹۹۷":              "2024 و1997",
		"\u202bبوتين\u202c\u200f": "بوتين",
		"ﺍﻟﺴﻼﻡ ﻋﻠﻴﻜﻢ":             "السلام عليكم",
		"ﷺ":                       "صلي الله عليه وسلم",
		"ﹰﹱ\ufeff":                "",
		"Telegram TASS É é":       "telegram tass e e",
		"ڤلاديمير پوتين":          "فلاديمير بوتين",
		"a\u00a0b\u200bc":         "a bc",
		"أ":                       "ا",
		"\xff":                    "\ufffd",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFoldCodePointsKeepsLetters(t *testing.T) {
	for in, want := range map[string]string{
		"علـى الأرضِ":      "على الأرض",
		"عليّ":             "علي",
		"فی مدرسة":         "في مدرسة",
		"ﺇﻟﻰ":              "إلى",
		"ا\u0654ن":         "أن",
		"ا\u0653ب ر\u0654": "آب ر",
		"ﹰ x":              " x",
		"شی\u0654":         "شئ",
	} {
		if got := string(AppendFoldCodePoints(nil, in)); got != want {
			t.Errorf("%q folds to %q, want %q", in, got, want)
		}
	}
}

func TestFoldAtFindsTheOriginal(t *testing.T) {
	text := "قالَ «بُوتـين» أمسِ إنّ ﻻ"
	folded, at := AppendFoldAt(nil, nil, text)
	if string(folded) != Fold(text) {
		t.Fatalf("AppendFoldAt folds to %q, Fold to %q", folded, Fold(text))
	}
	i := strings.Index(string(folded), "بوتين")
	end := i + len("بوتين")
	if got := text[at[i]:at[end]]; got != "بُوتـين" {
		t.Errorf("match covers %q", got)
	}
}

// The table of the frozen folding, rune by rune over the whole BMP. When this
// fails, ids of published articles would change: mend the folding, not the sum.
func TestFrozenFoldingNeverChanges(t *testing.T) {
	const want = "163a4a67234d3cf9f0999267c6c0c11d45a54a76e5f9f30177d3bf09192780a7"
	h := sha256.New()
	for r := rune(0); r < 0x10000; r++ {
		if r >= 0xD800 && r < 0xE000 {
			continue
		}
		h.Write(AppendFoldFrozen(nil, string(r), -1))
		h.Write([]byte{'\n'})
	}
	if got := hex.EncodeToString(h.Sum(nil)); got != want {
		t.Errorf("the frozen folding changed: sum %s, want %s", got, want)
	}
	if got := FoldFrozen("«قـالَ بوتین: ٣ قواعد، لا أكثر!» TASS"); got != "قالبوتين3قواعدلااكثرtass" {
		t.Errorf("frozen: %q", got)
	}
	if got := string(AppendFoldFrozen(nil, "أ ب ت ث", 3)); got != "ابت" {
		t.Errorf("three letters: %q", got)
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"أهلاً وسهلًا", "ﷺ ﻻ", "\xff\xd8", "ا\u0654\u064b", "ǅ İ ß Σς", "½ …"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		out := Fold(s)
		if !utf8.ValidString(out) {
			t.Fatalf("Fold(%q) = %q is not UTF-8", s, out)
		}
		if again := Fold(out); again != out {
			t.Fatalf("Fold twice: %q, then %q", out, again)
		}
		b, at := AppendFoldAt(nil, nil, s)
		if string(b) != out || len(at) != len(b) {
			t.Fatalf("AppendFoldAt differs: %q %q", b, out)
		}
		for i := 1; i < len(at); i++ {
			if at[i] < at[i-1] || int(at[i]) >= len(s) {
				t.Fatalf("offsets out of order: %v", at)
			}
		}
		if light := Fold(string(AppendFoldCodePoints(nil, s))); light != out {
			t.Fatalf("Fold after code points %q, Fold %q", light, out)
		}
	})
}

func BenchmarkFold(b *testing.B) {
	text := strings.Repeat("وأكَّد المتحدث باسم الرئاسة أنّ القاعدتين باقيتان في سوريا حتى عام 2049، وفق ما نقلته وكالة تاس. ", 50)
	b.SetBytes(int64(len(text)))
	var buf []byte
	for b.Loop() {
		buf = AppendFold(buf[:0], text)
	}
}
