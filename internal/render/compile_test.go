package render

import (
	"bytes"
	"html/template"
	"io"
	"testing"
	"testing/fstest"
)

// Every shipped template is compiled: an action that is not would cost every
// page several times its time.
func TestShippedTemplatesAreCompiled(t *testing.T) {
	for k, set := range newRenderer(t, site(), Options{}).sets {
		if set.fast == nil {
			t.Errorf("%s.html: %v", k, set.slow)
		}
	}
}

// Compiled templates write what html/template writes, byte for byte.
func TestCompiledPagesEqualInterpreted(t *testing.T) {
	a, b := fixture(130)
	a.Articles[0].Title = `<i>&amp;"'+ ` + "\x00\xff" + ` %zz`
	a.Articles[3].SourceURL = "https://x.example/a b?q='1+1'&r=(2)%41%4"
	fast := newRenderer(t, site(), Options{})
	slow := newRenderer(t, site(), Options{})
	for _, set := range slow.sets {
		set.fast = nil
	}
	want := built(t, slow, a, b)
	got := built(t, fast, a, b)
	if len(want) != len(got) {
		t.Fatalf("%d pages and %d", len(want), len(got))
	}
	for path := range want {
		if want[path] != got[path] {
			at := 0
			for at < min(len(want[path]), len(got[path])) && want[path][at] == got[path][at] {
				at++
			}
			t.Errorf("%s: compiled %.80q, interpreted %.80q", path, got[path][max(0, at-30):], want[path][max(0, at-30):])
		}
	}
}

// A site's own template may use all of html/template.
func TestOwnTemplateBeyondTheCompiledIsInterpreted(t *testing.T) {
	a, b := fixture(12)
	own := fstest.MapFS{"page.html": {Data: []byte(`{{define "main"}}<h1>{{.Frame.Heading}}</h1>{{$n := len .Body}}<p id="own" data-n="{{$n}}" onclick="f({{.Frame.Path}})">{{printf "%03d" $n}}</p>{{end}}`)}}
	r := newRenderer(t, site(), Options{Templates: own})
	if r.sets[kindPage].fast != nil {
		t.Fatal("compiled what it cannot know")
	}
	if got := parsed(t, built(t, r, a, b)["about/index.html"]).Find("#own").Text(); len(got) != 3 {
		t.Errorf("interpreted: %q", got)
	}
}

// FuzzEscapers holds the escapers written out here to html/template's.
func FuzzEscapers(f *testing.F) {
	for _, s := range []string{"", "نص", `"<&'+>`, "a b%20%zz%4", "javascript:alert(1)", "HTTPS://x/?a=1&b=(2)", "//h/x", "a/b:c", "\x00\xfe\uFFFE", "mailto:x@y", ":", "%"} {
		f.Add(s)
	}
	type view struct{ S string }
	contexts := template.Must(template.New("x").Parse(`<title>{{.S}}</title><p title="{{.S}}">{{.S}}</p><a href="{{.S}}">1</a><a href="/x/{{.S}}">2</a>`))
	if err := contexts.Execute(io.Discard, &view{}); err != nil {
		f.Fatal(err)
	}
	fast, err := compile(contexts, &view{})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var want, got bytes.Buffer
		if err := contexts.Execute(&want, &view{s}); err != nil {
			t.Skip(err)
		}
		if err := fast.execute(&got, &view{s}); err != nil {
			t.Fatal(err)
		}
		if want.String() != got.String() {
			t.Errorf("%q: compiled %q, interpreted %q", s, got.String(), want.String())
		}
		if want, got := template.HTMLEscapeString(s), escapeText(s); want != got {
			t.Errorf("%q: escapeText %q, html/template %q", s, got, want)
		}
	})
}

// Constructs that templates may use, each against html/template.
func TestCompiledConstructs(t *testing.T) {
	type inner struct {
		Name template.HTML
		N    int
		Up   *inner
	}
	type view struct {
		A, B  string
		On    bool
		List  []inner
		Empty []string
		One   *inner
		None  *inner
	}
	v := &view{A: "أ<", B: "ب", On: true, List: []inner{{"<b>", 1, nil}, {"ج", 2, &inner{Name: "د"}}}, One: &inner{Name: "هـ", N: 7}}
	for _, source := range []string{
		`{{if .A}}yes{{end}}{{if .Empty}}no{{else}}empty{{end}}{{if .None}}no{{else if .On}}on{{else}}off{{end}}`,
		`{{with .One}}{{.Name}}{{.N}}{{$.A}}{{end}}{{with .None}}no{{else}}none{{end}}`,
		`{{range .List}}{{.Name}}-{{with .Up}}{{.Name}}{{end}};{{end}}{{range .Empty}}{{.}}{{else}}none{{end}}`,
		`{{range $i, $x := .List}}{{if $i}}, {{end}}{{$x.N}}{{range $j, $y := $.List}}{{$i}}{{$j}}{{$y.Name}}{{end}}{{end}}`,
		`{{if and .A .B .On}}and{{end}}{{if or .None .Empty}}no{{else}}nor{{end}}{{if not .None}}not{{end}}`,
		`{{if eq .A "أ<"}}eq{{end}}{{if ne .B .A}}ne{{end}}{{if eq .One.N 7}}seven{{end}}{{if (eq .A .B)}}no{{end}}`,
		`{{define "part"}}[{{.Name}}{{$.N}}]{{end}}{{range .List}}{{template "part" .}}{{end}}{{template "part" .One}}`,
		`{{define "down"}}{{.Name}}{{with .Up}}{{template "down" .}}{{end}}{{end}}{{range .List}}{{template "down" .}}{{end}}`,
	} {
		set := template.Must(template.New("x").Parse(source))
		var want, got bytes.Buffer
		if err := set.Execute(&want, v); err != nil {
			t.Fatal(err)
		}
		fast, err := compile(set, v)
		if err != nil {
			t.Errorf("%s: %v", source, err)
			continue
		}
		for range 2 {
			got.Reset()
			if err := fast.execute(&got, v); err != nil || got.String() != want.String() {
				t.Errorf("%s: compiled %q (%v), interpreted %q", source, got.String(), err, want.String())
			}
		}
	}
	for _, source := range []string{`{{printf "%s" .A}}`, `{{with or .A .B}}{{.}}{{end}}`, `{{len .List}}`, `<p onclick="f({{.A}})">`, `<p title={{.A}}>`, `<p title="{{.One.Name}}">`, `{{.List}}`} {
		set := template.Must(template.New("x").Parse(source))
		if err := set.Execute(io.Discard, v); err != nil {
			t.Fatal(err)
		}
		if _, err := compile(set, v); err == nil {
			t.Errorf("%s: compiled what is not known", source)
		}
	}
}
