//go:build !unix && !windows

package cputime

import "time"

// Used is always 0 here.
func Used() time.Duration { return 0 }
