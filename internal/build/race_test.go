//go:build race

package build

// raceDetector is on: tests that repeat the same code with other data do so
// less often, being some ten times slower. Without it they run in full.
const raceDetector = true
