package assemble

// arena keeps many short slices in few allocations: an article has half a dozen
// of them, and a million times that is most of what a collector would trace.
type arena[T any] struct{ block []T }

const arenaBlock = 4096

// keep returns a copy of s that nothing can grow into its neighbour.
func (a *arena[T]) keep(s []T) []T {
	if len(s) == 0 {
		return nil
	}
	if len(a.block) < len(s) {
		a.block = make([]T, max(arenaBlock, len(s)))
	}
	out := a.block[:len(s):len(s)]
	a.block = a.block[len(s):]
	copy(out, s)
	return out
}
