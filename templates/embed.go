// Package templates holds the reader's site as it ships: page templates, their
// parts, the style sheets that are inlined into pages, and the interface texts.
// A site overrides any of these files by one of the same name in its own
// templates folder; the views that a page template receives are the structs of
// package render, one a template.
package templates

import "embed"

// FS holds *.html (one a page type), partials/*.html, css/*.css and strings.yaml.
//
//go:embed *.html partials/*.html css/*.css strings.yaml
var FS embed.FS
