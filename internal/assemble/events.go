package assemble

import "warraq/internal/archive"

// mergeEvents resolves the articles' dated statements and merges the tellings of one event.
func mergeEvents(in *Input, a *archive.Archive, entries []entry, kept []int32, r *reporter) {}
