package extract

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"warraq/internal/archive"
	"warraq/internal/diag"
)

// address reads id, slug and url of front matter. Each names the article's
// place below articles/; url wins over slug, slug over id, as keys are read in
// that order of the alphabet. A url elsewhere on the site becomes an alias, so
// that links to it lead on.
//
// An id or a url is taken as written or not at all: an address that was quietly
// made another is one that nobody finds. A slug is made of a title's words by
// Hugo too; only what leads elsewhere or cannot be seen is refused in it.
func (m *matter) address(key, value string, d *archive.Draft) {
	if value == "" {
		return
	}
	wanted := value
	switch key {
	case "slug":
		if dir := path.Dir(pathID(m.doc.Path)); dir != "." && !strings.Contains(value, "/") {
			wanted = dir + "/" + value
		}
	case "url":
		if strings.Contains(value, "://") {
			m.bad(key, value, "a path on this site, like /articles/name/")
			return
		}
		wanted = strings.TrimPrefix(strings.Trim(value, "/"), "articles/")
	}
	id := safeID(wanted)
	if id == "" || leadsElsewhere(wanted) || key != "slug" && id != norm.NFC.String(strings.Trim(wanted, "/")) {
		m.report(diag.MatterValue, diag.Error, key, fmt.Sprintf("%s is %q, which cannot be the path of a page", key, cutLetters(value, 200)),
			addressRemedy(key, wanted))
		return
	}
	if key == "url" && strings.Trim(value, "/") == wanted {
		d.Aliases = append(d.Aliases, "/"+wanted+"/")
	}
	d.ID = id
}

// leadsElsewhere finds steps up, and signs that cannot be seen or turn a path around.
func leadsElsewhere(s string) bool {
	for part := range strings.SplitSeq(s, "/") {
		if part == "." || part == ".." {
			return true
		}
	}
	return strings.ContainsFunc(s, func(r rune) bool { return r == '\\' || unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) })
}

func addressRemedy(key, wanted string) string {
	if plain, err := url.PathUnescape(wanted); err == nil {
		wanted = plain
	}
	id := safeID(wanted)
	switch {
	case id == "":
		return "write letters, digits, hyphens and slashes"
	case key == "url":
		return fmt.Sprintf("write url: /articles/%s/ or another path of letters, digits and hyphens", id)
	}
	return fmt.Sprintf("write %s: %s or another of letters, digits and hyphens", key, id)
}

// aliases reads former addresses, each with its own place.
func (m *matter) aliases(key string, v any, d *archive.Draft) {
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	for i, item := range list {
		at := key
		if ok {
			at = itemOf(key, i)
		}
		alias := m.text(at, item)
		if alias == "" {
			continue
		}
		if _, ok := archive.AliasPath(alias); !ok {
			m.report(diag.AliasBad, diag.Warning, at, fmt.Sprintf("the alias %q cannot be a path of the site", cutLetters(alias, 200)), "write it like /old/path/")
			continue
		}
		d.Aliases = append(d.Aliases, alias)
	}
}

// pathID is a Markdown article's id: its path below articles, without index.md.
func pathID(name string) string {
	name = strings.TrimPrefix(name, "articles/")
	name = strings.TrimSuffix(strings.TrimSuffix(name, ".markdown"), ".md")
	if name == "index" {
		return "index"
	}
	name = strings.TrimSuffix(name, "/index")
	if id := safeID(name); id != "" {
		return id
	}
	return shortHash(name)
}

// safeID makes path segments that are safe as file names and in addresses:
// NFC, no dots alone, no signs that shells, file systems or URLs give a
// meaning, at most 120 bytes each.
func safeID(s string) string {
	var segments []string
	for segment := range strings.SplitSeq(norm.NFC.String(s), "/") {
		var b strings.Builder
		for _, r := range segment {
			switch {
			case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r), r == '_', r == '.', r == '~':
				b.WriteRune(r)
			case invisible(r) || unicode.IsControl(r):
			default:
				if b.Len() > 0 && !strings.HasSuffix(b.String(), "-") {
					b.WriteByte('-')
				}
			}
		}
		clean := strings.Trim(b.String(), "-. ")
		if clean == "" {
			continue
		}
		if len(clean) > 120 {
			cut := 100
			for !utf8.RuneStart(clean[cut]) {
				cut--
			}
			clean = clean[:cut] + "-" + shortHash(clean)
		}
		segments = append(segments, clean)
	}
	return strings.Join(segments, "/")
}

func shortHash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:5])
}
