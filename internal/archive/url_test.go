package archive

import (
	"net/url"
	"testing"
)

func TestEscapePathComesBack(t *testing.T) {
	for _, path := range []string{"articles/k3v9/", "tags/لجوء-الأسد/", "articles/نسبة 100%/", "a?b#c", `a"b<c>\`, "a:b@c,d;e=f"} {
		u, err := url.Parse("https://example.org/" + EscapePath(path))
		if err != nil {
			t.Errorf("%q: %v", path, err)
			continue
		}
		if u.Path != "/"+path || u.RawQuery != "" || u.Fragment != "" {
			t.Errorf("%q came back as %q, query %q, fragment %q", path, u.Path, u.RawQuery, u.Fragment)
		}
	}
}
