package archive

import (
	"path"
	"strings"
	"unicode"
)

// notInPaths are signs that a URL or some file system gives a meaning: the colon
// of a scheme among them.
const notInPaths = "\\?#%:*\"<>|"

// ArticleID admits an id that can be a folder below articles/, without slashes
// at its ends.
func ArticleID(id string) (string, bool) {
	id = strings.Trim(strings.TrimSpace(id), "/")
	if id == "" || len(id) > 400 || path.Clean(id) != id || strings.ContainsAny(id, notInPaths) {
		return "", false
	}
	for _, part := range strings.Split(id, "/") {
		if part[0] == '.' {
			return "", false
		}
	}
	for _, c := range id {
		if c <= ' ' || c == 0x7f {
			return "", false
		}
	}
	return id, true
}

// AliasPath makes a path of the site of a former address that an editor wrote,
// with a slash at both ends; false for what leads off the site.
func AliasPath(alias string) (string, bool) {
	alias = strings.TrimSpace(alias)
	for _, c := range alias {
		if c < ' ' || c == 0x7f || unicode.Is(unicode.Cf, c) {
			return "", false
		}
	}
	if alias == "" || strings.ContainsAny(alias, notInPaths) || strings.HasPrefix(alias, "//") {
		return "", false
	}
	for _, part := range strings.Split(alias, "/") {
		if part == ".." {
			return "", false
		}
	}
	clean := path.Clean("/" + strings.TrimSuffix(alias, "index.html"))
	if clean == "/" {
		return "", false
	}
	return clean + "/", true
}
