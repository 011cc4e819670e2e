package archive

import "testing"

func TestAliasesStayOnTheSite(t *testing.T) {
	for alias, want := range map[string]string{
		"/news/12/":              "/news/12/",
		"old/قديم":               "/old/قديم/",
		"/a/index.html":          "/a/",
		"/../etc/x":              "",
		"//other.example/x/":     "",
		"https://other.example/": "",
		"javascript:alert(1)":    "",
		"/a\"b/":                 "",
		"/a\u202eb/":             "",
		"/%D8%A3/":               "",
		"/a?b":                   "",
		"/index.html":            "",
		"":                       "",
	} {
		got, ok := AliasPath(alias)
		if got != want || ok != (want != "") {
			t.Errorf("AliasPath(%q) = %q, %v; want %q", alias, got, ok, want)
		}
	}
}
