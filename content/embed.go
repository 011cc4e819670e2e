// Package content embeds the editors' files that ship with the program: the
// themes and the entities of the example archive. A site without a
// content/themes folder or a content/entities.yaml of its own is read with
// these, so that inspect has something to recognise before an editor has
// written a line.
//
// Articles, clippings and decisions are not embedded: they are one site's.
package content

import "embed"

// FS holds themes/*/_index.md ("all:", as embed otherwise leaves out names that
// begin with "_") and entities.yaml, at the paths they have below
// a site's content folder.
//
//go:embed all:themes entities.yaml
var FS embed.FS
