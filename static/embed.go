// Package static holds the files that are copied into every site as they are:
// fonts and icons. A site adds to them, or overrides them, by files of its own
// static folder.
package static

import "embed"

// FS is the embedded static folder.
//
//go:embed fonts favicon.svg favicon.ico apple-touch-icon.png share.png
var FS embed.FS
