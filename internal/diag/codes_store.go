package diag

// CacheUnusable is the code of package store.
const CacheUnusable Code = "cache-unusable"

func storeCodes() []Explanation {
	return []Explanation{
		{CacheUnusable, Warning, "the cache could not be read or written", "The cache only makes the next build fast. What is damaged or foreign in it is discarded, and the sources are read again; the output is the same."},
	}
}
