package extract

import (
	"crypto/sha256"
	"encoding/hex"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"warraq/internal/archive"
)

// address reads id, slug and url of front matter. Each names the article's
// place below articles/; url wins over slug, slug over id, as keys are read in
// that order of the alphabet. A url elsewhere on the site becomes an alias, so
// that links to it lead on.
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
		if strings.Trim(value, "/") == wanted {
			d.Aliases = append(d.Aliases, "/"+wanted+"/")
		}
	}
	id := safeID(wanted)
	if id == "" {
		m.bad(key, value, "letters, digits, - and /")
		return
	}
	d.ID = id
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
