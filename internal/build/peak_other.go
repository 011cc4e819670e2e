//go:build !linux && !darwin

package build

import "runtime"

// peakMemory returns the memory, in bytes, that the Go runtime has asked the
// system for: an upper bound of what was in RAM.
func peakMemory() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.Sys
}
