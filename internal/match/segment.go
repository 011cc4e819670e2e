package match

// Segment parts a line of keywords that lost its separators. What is no
// keyword (function words, lone adjectives, their debris) is left out.
func (m *Matcher) Segment(run string) []string { return nil }

// Tag canonicalises one keyword: key is what all its spellings share, entity
// the id of the entity it names; ok is false for what is no keyword.
func (m *Matcher) Tag(name string) (key, entity string, ok bool) { return "", "", false }
