package markup

import (
	"fmt"
	"html"
	"reflect"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

func parse(t *testing.T, markdown string, o Options) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(Render(markdown, o)))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestRenderIsSafe(t *testing.T) {
	for _, in := range []string{
		"<script>alert(1)</script>\n\nنص",
		"نص <img src=x onerror=alert(1)> نص",
		"[رابط](javascript:alert(1))", "[رابط](java\tscript:alert(1))", "[رابط](&#106;avascript:alert(1))", "[رابط](JAVASCRIPT:alert(1))",
		"[رابط](data:text/html;base64,PHNjcmlwdD4=)", "[رابط](vbscript:x)", "![صورة](javascript:alert(1))", "<javascript:alert(1)>",
		"[رابط](https://a.example/\"onmouseover=alert(1))", "[x]: javascript:alert(1)\n\n[x]", "![\" onerror=\"alert(1)](a.jpg)", "# عنوان {onclick=alert(1)}",
		"[رابط](<https://a.example/ \"> 'x\" onclick=\"alert(1)')",
	} {
		doc := parse(t, in, Options{})
		doc.Find("*").Each(func(_ int, s *goquery.Selection) {
			for _, a := range s.Get(0).Attr {
				if strings.HasPrefix(a.Key, "on") || strings.Contains(strings.ToLower(a.Val), "script:") || strings.HasPrefix(a.Val, "data:") {
					t.Errorf("%q gives %s=%q", in, a.Key, a.Val)
				}
			}
		})
		if doc.Find("script, iframe, object").Length() > 0 {
			t.Errorf("%q gives a script", in)
		}
	}
}

func TestRender(t *testing.T) {
	o := Options{
		Text: func(s string) string {
			return strings.ReplaceAll(html.EscapeString(s), "NATO", `<bdi dir="ltr">NATO</bdi>`)
		},
		Image: func(address string) Image { return Image{Address: "/articles/a/" + address, Width: 640, Height: 480} },
	}
	doc := parse(t, "# أول\n\n## ثان\n\nنص عن NATO و**مهم** [رابط](https://a.example/?a=1&b=2 \"شرح\").\n\n![مرفأ](port.jpg)\n\n| أ | ب |\n|---|---|\n| 1 | 2 |\n\nحاشية[^1].\n\n[^1]: مصدرها.\n\n{{< tweet 1 >}}\n\n~~قديم~~ &amp; \\*نجمة\\*\n", o)
	for selector, want := range map[string]string{
		"h2": "أول", "h3": "ثان", "bdi[dir=ltr]": "NATO", "strong": "مهم", `a[href="https://a.example/?a=1&b=2"][title="شرح"]`: "رابط",
		`img[src="/articles/a/port.jpg"][alt="مرفأ"][width="640"][height="480"]`: "", "table th": "أب", "del": "قديم",
	} {
		if got := doc.Find(selector); got.Length() == 0 || got.Text() != want {
			t.Errorf("%s is %q (%d), want %q", selector, got.Text(), got.Length(), want)
		}
	}
	text := doc.Text()
	if strings.Contains(text, "tweet") || !strings.Contains(text, "& *نجمة*") || !strings.Contains(text, "مصدرها.") {
		t.Errorf("text %q", text)
	}
}

func TestParagraphs(t *testing.T) {
	got := Paragraphs(("# عنوان\n\nسطر أول\nيكمله ثان.\n\n- بند **مهم**\n- [رابط](https://a.example)\n\n> قول\n\n```\nشيفرة\n```\n\n| أ | ب |\n|---|---|\n| ج | د |\n\n<div>لا</div>\n\nآخر &amp; {{< x >}} نص\n"))
	want := []string{"عنوان", "سطر أول يكمله ثان.", "بند مهم", "رابط", "قول", "أ", "ب", "ج", "د", "آخر &  نص"}
	for i := range got {
		got[i] = strings.Join(strings.Fields(got[i]), " ")
	}
	want[9] = "آخر & نص"
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}
}

func TestCheck(t *testing.T) {
	findings, images := Check("نص\n\n{{< tweet 1 >}}\n\n<div>كتلة</div>\n\nسطر <b>خام</b> [س](javascript:x)\n\n![](a.jpg) ![بديل](b.jpg)\n")
	var got []string
	for _, f := range findings {
		got = append(got, fmt.Sprintf("%d:%d:%d", f.Kind, f.Line, f.Column))
	}
	if strings.Join(got, " ") != "0:3:1 1:5:1 1:7:5 1:7:11 2:7:20 3:9:5" || len(images) != 2 || images[1].Alt != "بديل" || images[1].Column != 20 {
		t.Errorf("findings %v %+v, images %+v", got, findings, images)
	}
}

func TestCheckPointsAtTheAddress(t *testing.T) {
	for in, want := range map[string]string{
		"- بند ![](a.png) ثم ![](a.png)":                  "3:1:11 3:1:25",
		"[javascript:x](javascript:x)":                    "2:1:2", // the text comes first
		"> قول\n> [أ][ب]\n\n[ب]: javascript:x\n":          "2:2:4", // written elsewhere: where the walk was
		"| أ | ب |\n|---|---|\n| ج | ![](d.png) |":        "3:3:11",
		"<!-- سطر واحد -->\n\nنص {{< x >}} و {{% y %}}":   "1:1:1 0:3:4 0:3:16",
		"[أ](javascript:a) و[ب](https://b.example) <br> ": "2:1:5 1:1:43",
	} {
		findings, _ := Check(in)
		var got []string
		for _, f := range findings {
			got = append(got, fmt.Sprintf("%d:%d:%d", f.Kind, f.Line, f.Column))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %v, want %s", in, got, want)
		}
	}
}

// FuzzPlainParagraphs holds the short way against goldmark.
func FuzzPlainParagraphs(f *testing.F) {
	for _, s := range []string{"نص\nآخر\n\nثالث", "# أ\nب\n## ج #\n", "أ\n===\n", "  أ\n    ب", "أ\n\n    ب", "أ  \nب", "#أ", "أ\n# ب", "\u00a0أ", "١. أ", "أ\u2028ب", "أ\n  # ب\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		plain, ok := plainParagraphs(s)
		if !ok {
			return
		}
		// A mark that changes nothing sends goldmark the same text.
		long := Paragraphs((s + "\n\n&#45;\n"))
		if len(long) == 0 || !reflect.DeepEqual(append(plain, "-"), long) {
			t.Fatalf("%q: %q, goldmark %q", s, plain, long)
		}
	})
}

// FuzzRenderPlain holds the short way of Render against goldmark.
func FuzzRenderPlain(f *testing.F) {
	for _, s := range []string{
		"نص\nآخر\n\nثالث", "# أ\nب\n## ج\n", "أ\n===\n", "  أ\n   ب", "أ  \nب", "أ \nب", "##  أ  ", "\u00a0أ", "أ\u00a0\nب",
		"قال: \"نعم!\" 'لا' (Reuters) http://a.example/x", "أ\u2028ب", "####### أ", "###### أ", "![أ", "أ\n\n\n", "\xff",
	} {
		f.Add(s)
	}
	shout := func(s string) string { return "{" + html.EscapeString(s) + "}" }
	f.Fuzz(func(t *testing.T, s string) {
		for _, o := range []Options{{}, {Heading: 1, Text: shout}} {
			var short strings.Builder
			if !renderPlain(&short, s, o) {
				if short.Len() > 0 {
					t.Fatalf("%q: gave up having written %q", s, short.String())
				}
				continue
			}
			if full := renderFull(s, o); short.String() != full {
				t.Fatalf("%q:\n%q, goldmark\n%q", s, short.String(), full)
			}
		}
	})
}

func BenchmarkRender(b *testing.B) {
	text := strings.Repeat("قال المتحدث إن **العمل** في الميناء طبيعي، [كما ذكر](https://a.example/x) في بيان سابق.\n\n", 30)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Render(text, Options{})
	}
}

// An override that is never closed would turn the rest of its paragraph around.
func TestDirectionControlsGo(t *testing.T) {
	for _, md := range []string{"نص \u202eمقلوب\u2066 هنا", "نص **\u202e** مقلوب &#x202e;هنا"} {
		if got := Render(md, Options{}) + strings.Join(Paragraphs(md), ""); strings.ContainsAny(got, "\u202e\u2066") {
			t.Errorf("%+q keeps a control: %+q", md, got)
		}
	}
	kept := "قال: «نعم»… \u200fو–\u200cلا"
	if got := Paragraphs(kept); len(got) != 1 || got[0] != kept {
		t.Errorf("%+q became %+q", kept, got)
	}
}

// A picture of another site is a link: reading a page asks nothing of anybody else.
func TestPicturesElsewhereAreLinks(t *testing.T) {
	o := Options{Image: func(address string) Image { return Image{Address: address, Elsewhere: Elsewhere(address)} }}
	for md, want := range map[string]string{
		"![مرفأ](https://a.example/x.png)":                       `<p><a href="https://a.example/x.png" rel="external">مرفأ</a></p>`,
		"![](//a.example/x.png)":                                 `<p><a href="//a.example/x.png" rel="external">//a.example/x.png</a></p>`,
		"[![مرفأ](https://a.example/x.png)](https://b.example/)": `<p><a href="https://b.example/">مرفأ</a></p>`,
		"![مرفأ](x.png)":                                         `<p><img src="x.png" alt="مرفأ" loading="lazy" decoding="async"></p>`,
		"![مرفأ](javascript:alert(1))":                           `<p>مرفأ</p>`,
	} {
		if got := strings.TrimSpace(Render(md, o)); got != want {
			t.Errorf("%s\n got %s\nwant %s", md, got, want)
		}
	}
}
