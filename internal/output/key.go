package output

import "warraq/internal/digest"

// KeyBuilder makes a page's Key of what its bytes depend on. Reset it and use
// it again: a plan makes a key for every page of the site.
type KeyBuilder = digest.Builder
