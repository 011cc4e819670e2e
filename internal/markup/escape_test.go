package markup

import (
	"strings"
	"testing"
)

func TestEscapeGivesTheTextBack(t *testing.T) {
	for _, text := range []string{
		"قال الكرملين إن الاجتماع «مفيد».",
		"# ليس عنوانًا", "- ليست قائمة", "+ كذلك", "1. ليست قائمة", "12) ولا هذه", "=== سطر", "---", "> ليس اقتباسًا",
		"*نجمة* و_شرطة_ و`رمز`", "[رابط](http://example.org)", "![صورة](x.png)", "<b>وسم</b> &amp; &lt;", "a & b",
		"{{< youtube x >}}", "{{% ref %}}", "~~شطب~~", "| جدول | هنا |", `شرطة مائلة \ هنا`, "[^1]: حاشية", "تعريف\n: نص",
		"http://example.org/a_b_c", "<https://example.org>", "2024-12-09: خبر", "50% من السكان", "!! تنبيه", ":--- | ---:",
	} {
		got := Paragraphs(Escape(text) + "\n")
		want := strings.Join(strings.Fields(text), " ")
		if len(got) != 1 || got[0] != want {
			t.Errorf("%q became %q by way of %q", want, got, Escape(text))
		}
	}
}

func FuzzEscape(f *testing.F) {
	f.Add("# عنوان *مهم*")
	f.Add("1. {{< x >}} \\")
	f.Add("***")
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "")
		text = strings.Map(func(r rune) rune {
			if r < 0x20 || r == 0x7F || r == 0xFFFD {
				return ' '
			}
			return r
		}, text)
		want := strings.Join(strings.Fields(text), " ")
		if want == "" {
			return
		}
		got := Paragraphs(Escape(text) + "\n")
		if strings.Join(got, "\n") != want {
			t.Errorf("%q became %q by way of %q", want, got, Escape(text))
		}
		if html := Render(Escape(text)+"\n", Options{}); strings.Count(html, "<") != 2 {
			t.Errorf("%q became markup: %s", text, html)
		}
	})
}
