package assemble

import "warraq/internal/archive"

// relate links articles to those that share their wire and to related coverage.
func relate(in *Input, a *archive.Archive, entries []entry, kept []int32, links []link) {}
