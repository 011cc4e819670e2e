package render

import (
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"strings"
)

// policyTag is the content security policy of a page: nothing from anywhere
// but the site, and of the page itself only its own style sheet, by hash. A
// header for the whole site would break the pages that caches still hold after
// a change of style.
//
// Structured data runs nowhere, and browsers exempt it; it is named by hash all
// the same, because validators do not. Pages with pictures leave img-src open to
// the headers of _headers: the Nu checker, reading a file, calls every img-src a
// violation, 'self' and * alike. Such a page still has no pictures but its own,
// because bodies give no others. Only the search connects, but tools that audit a page from within look
// for robots.txt.
func policyTag(k kind, cssHash, loader string, data template.HTML, images bool) template.HTML {
	var b strings.Builder
	b.Grow(512)
	b.WriteString(`<meta http-equiv="Content-Security-Policy" content="`)
	if images {
		b.WriteString("object-src 'none'; media-src 'none'; frame-src 'none'; worker-src 'none'")
	} else {
		b.WriteString("default-src 'none'; img-src 'self' data:")
	}
	b.WriteString("; style-src '" + cssHash + "'; connect-src 'self'; font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'")
	var scripts []string
	if script, ok := strings.CutPrefix(string(data), scriptOpen); ok {
		scripts = append(scripts, "'"+sourceHash(strings.TrimSuffix(script, scriptClose))+"'")
	}
	if k == kindSearch {
		scripts = append(scripts, "'"+sourceHash(loader)+"'", "'self'")
	}
	if len(scripts) == 0 {
		scripts = append(scripts, "'none'")
	}
	b.WriteString("; script-src " + strings.Join(scripts, " ") + `">`)
	return html(b.String())
}

// The element that holds structured data.
const (
	scriptOpen  = `<script type="application/ld+json">`
	scriptClose = `</script>`
)

// sourceHash names a style sheet or script as CSP does.
func sourceHash(source string) string {
	h := sha256.Sum256([]byte(source))
	return "sha256-" + base64.StdEncoding.EncodeToString(h[:])
}
