package assemble

// inferDates dates undated entries from evidence.
func inferDates(in *Input, entries []entry, links []link, r *reporter) {}
