package archive

import "net/url"

// URL paths, relative to the site's base: no leading slash, a trailing one for
// folders. Templates join them to the base URL.

// ArticlePath is the folder of an article's page.
func ArticlePath(id string) string { return "articles/" + id + "/" }

// ThemePath is the folder of a theme's hub.
func ThemePath(slug string) string { return "themes/" + slug + "/" }

// TagPath is the folder of a tag's or entity's hub.
func TagPath(slug string) string { return "tags/" + slug + "/" }

// SourcePath is the folder of an outlet's hub.
func SourcePath(slug string) string { return "sources/" + slug + "/" }

// EscapePath makes a path fit for a URL: slugs and ids hold Arabic letters. It
// takes a path as files have it, never one that is percent-encoded already.
func EscapePath(path string) string {
	for i := range len(path) {
		c := path[i]
		if c >= 0x80 || c <= ' ' || c == '%' || c == '?' || c == '#' || c == '"' || c == '<' || c == '>' || c == '\\' || c == '^' || c == '`' || c == '{' || c == '|' || c == '}' {
			return (&url.URL{Path: "/" + path}).EscapedPath()[1:]
		}
	}
	return path
}
