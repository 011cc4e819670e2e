package arabic

import (
	"strings"
	"testing"
)

// show writes runs with a sign for each kind: ⟨LTR⟩, {Auto}, ^Range^.
func show(text string) string {
	var b strings.Builder
	for _, r := range AppendRuns(nil, text) {
		switch r.Dir {
		case LTR:
			b.WriteString("⟨" + r.Text + "⟩")
		case Auto:
			b.WriteString("{" + r.Text + "}")
		case Range:
			b.WriteString("^" + r.Text + "^")
		default:
			b.WriteString(r.Text)
		}
	}
	return b.String()
}

func TestRuns(t *testing.T) {
	for text, want := range map[string]string{
		"نص عربي خالص، 12 كلمة (3%) في 9/12/2024.": "نص عربي خالص، 12 كلمة (3%) في 9/12/2024.",
		"تابعوا Telegram! الآن":                    "تابعوا ⟨Telegram!⟩ الآن",
		"قناة «Telegram!» الجديدة":                 "قناة «⟨Telegram!⟩» الجديدة",
		"اتصل على +7 (495) 123-45-67 الآن":         "اتصل على ⟨+7 (495) 123-45-67⟩ الآن",
		"الناطق (هاتف +7 (495) 123-45-67) قال":     "الناطق (هاتف ⟨+7 (495) 123-45-67⟩) قال",
		"2015-2024 أعوام الحرب":                    "^2015-2024^ أعوام الحرب",
		"الحرب (2015–2024) طالت":                   "الحرب (^2015–2024^) طالت",
		"صدر في 2024-12-09 بموسكو":                 "صدر في ⟨2024-12-09⟩ بموسكو",
		"في 2024-12-09T10:41:00Z تمامًا":           "في ⟨2024-12-09T10:41:00Z⟩ تمامًا",
		"انظر https://example.org/a_b/?q=1.":       "انظر ⟨https://example.org/a_b/?q=1⟩.",
		"موقع rt.com/arabic/ الروسي":               "موقع ⟨rt.com/arabic/⟩ الروسي",
		"راسلونا: desk@example.org، شكرًا":         "راسلونا: ⟨desk@example.org⟩، شكرًا",
		"وسم #Syria انتشر":                         "وسم ⟨#Syria⟩ انتشر",
		"وسم #Syria_الحرة انتشر":                   "وسم {#Syria_الحرة} انتشر",
		"وسم #سوريا انتشر":                         "وسم #سوريا انتشر",
		"حلف (NATO) وحزب Hezbollah (حزب الله)":     "حلف (⟨NATO⟩) وحزب ⟨Hezbollah⟩ (حزب الله)",
		"شركة Meta Platforms (USA) قالت":           "شركة ⟨Meta Platforms (USA)⟩ قالت",
		"طائرة Boeing 737 MAX سقطت":                "طائرة ⟨Boeing 737 MAX⟩ سقطت",
		"على Telegram 15 رسالة":                    "على ⟨Telegram⟩ 15 رسالة",
		"مقاتلة F-16 وشبكة 5G وC++":                "مقاتلة ⟨F-16⟩ وشبكة ⟨5G⟩ و⟨C++⟩",
		"قالت The New York Times، أمس":             "قالت ⟨The New York Times⟩، أمس",
		"درجة الحرارة -5 مئوية":                    "درجة الحرارة ⟨-5⟩ مئوية",
		"وكالة ТАСС الروسية":                       "وكالة ⟨ТАСС⟩ الروسية",
		"":                                         "",
		"قال - أمس - إن":                           "قال - أمس - إن",
	} {
		if got := show(text); got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
}

func TestRunLanguages(t *testing.T) {
	for text, want := range map[string]string{"Telegram": "en", "ТАСС": "ru", "Zürich": "", "https://example.org/x": "", "#Syria": "", "東京": ""} {
		runs := AppendRuns(nil, "في "+text+" أمس")
		if len(runs) != 3 || runs[1].Lang != want {
			t.Errorf("%s: %+v", text, runs)
		}
	}
}

func TestIsolatePlain(t *testing.T) {
	if got := IsolatePlain("تابعوا Telegram! عن 2015-2024"); got != "تابعوا \u2066Telegram!\u2069 عن \u061c2015-2024" {
		t.Errorf("%q", got)
	}
	if s := "نص"; IsolatePlain(s) != s {
		t.Error("plain text changed")
	}
}

func BenchmarkRunsWithoutLatin(b *testing.B) {
	text := strings.Repeat("وأكد المتحدث أن القاعدتين باقيتان في سوريا حتى عام 2049. ", 20)
	b.SetBytes(int64(len(text)))
	var runs []Run
	for b.Loop() {
		runs = AppendRuns(runs[:0], text)
	}
}

func BenchmarkClean(b *testing.B) {
	text := strings.Repeat("وأكد المتحدث أن القاعدتين باقيتان في سوريا حتى عام 2049. ", 20) + "."
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Clean(text)
	}
}
