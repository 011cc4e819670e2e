// Package date holds the result type of the package it belongs to.
package date

import "time"

// Date mirrors the original.
type Date struct {
	Time time.Time
}

// IsZero reports whether nothing was found.
func (d Date) IsZero() bool { return d.Time.IsZero() }
