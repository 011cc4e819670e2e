package diag

// Codes of package search.
const (
	SearchIndex Code = "search-index"
)

func searchCodes() []Explanation {
	return []Explanation{
		{SearchIndex, Error, "the search index cannot be built or read", "The index is made in the cache folder before it is written. Building fails when that folder cannot be written or read back: make room or delete it, nothing in it is lost. Reading a built index fails when files below search/ are missing or of another version: build the site again."},
	}
}
