package assemble

import (
	"crypto/sha256"
	"fmt"

	"warraq/internal/archive"
)

// setKeys hashes what is each article's own.
func setKeys(a *archive.Archive) {
	for i := range a.Articles {
		sum := sha256.Sum256(fmt.Append(nil, a.Articles[i]))
		copy(a.Articles[i].Key[:], sum[:])
	}
}
