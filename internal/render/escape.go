package render

import (
	"html/template"
	"reflect"
	"strings"
	"sync"
)

// What html/template's escapers do to plain strings, written out. Source:
// html/template/html.go and url.go of Go 1.26; FuzzEscapers holds them equal.

// buffer is a page on its way out, and the variables of the templates under way.
type buffer struct {
	bytes []byte
	vars  []reflect.Value
}

var buffers = sync.Pool{New: func() any { return &buffer{bytes: make([]byte, 0, 64<<10)} }}

// htmlReplacements are those of text and of quoted attributes.
var htmlReplacements = [256]string{
	0: "\uFFFD", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '+': "&#43;", '<': "&lt;", '>': "&gt;",
}

// appendHTML escapes for text, RCDATA and quoted attributes.
func appendHTML(dst []byte, s string) []byte {
	start := 0
	for i := range len(s) {
		if r := htmlReplacements[s[i]]; r != "" {
			dst = append(append(dst, s[start:i]...), r...)
			start = i + 1
		}
	}
	return append(dst, s[start:]...)
}

// escapeText is html/template's HTMLEscapeString, which leaves "+" alone. Nearly
// all text holds nothing to escape and is given back as it is.
func escapeText(s string) string {
	for i := range len(s) {
		if htmlReplacements[s[i]] != "" && s[i] != '+' {
			return template.HTMLEscapeString(s)
		}
	}
	return s
}

// urlPlain marks the bytes that a normalised URL keeps.
var urlPlain = func() (t [256]bool) {
	for _, c := range []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!#$&*+,/:;=?@[]") {
		t[c] = true
	}
	return t
}()

// appendURL normalises a URL and escapes it for a quoted attribute.
func appendURL(dst []byte, s string) []byte {
	const hex = "0123456789abcdef"
	for i := range len(s) {
		c := s[i]
		switch {
		case c == '&':
			dst = append(dst, "&amp;"...)
		case c == '+':
			dst = append(dst, "&#43;"...)
		case urlPlain[c], c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			dst = append(dst, c)
		default:
			dst = append(dst, '%', hex[c>>4], hex[c&15])
		}
	}
	return dst
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

// filterURL lets web and mail addresses and relative ones through.
func filterURL(s string) string {
	if scheme, _, ok := strings.Cut(s, ":"); ok && !strings.Contains(scheme, "/") {
		if !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") && !strings.EqualFold(scheme, "mailto") {
			return "#ZgotmplZ"
		}
	}
	return s
}
