package diag

// Codes of package intake.
const (
	FeedBroken Code = "feed-broken"
)

func intakeCodes() []Explanation {
	return []Explanation{
		{FeedBroken, Error, "a feed file cannot be read", "import takes RSS, Atom and RDF files with the extension .xml, .rss, .atom or .rdf. The file is none of them, or is damaged."},
	}
}
