// Package cputime says how much processor time the running process has used on
// all cores. Tests that compare how work grows measure with it: unlike the clock
// it says nearly the same on a busy machine. Where the system cannot tell, it is
// always 0.
package cputime
