package match

// trie holds phrases as sequences of word ids. Nodes are numbers, edges one
// map from (node, word) to node: small, and built once.
type trie struct {
	edges map[uint64]uint32
	value []int32 // per node: what ends there, -1 nothing
	begin []bool  // per word id: a phrase begins with it
}

func newTrie() *trie {
	return &trie{edges: map[uint64]uint32{}, value: []int32{-1}}
}

// node returns the node of a phrase, making it.
func (t *trie) node(phrase []uint32) uint32 {
	at := uint32(0)
	for i, w := range phrase {
		if i == 0 {
			for len(t.begin) <= int(w) {
				t.begin = append(t.begin, false)
			}
			t.begin[w] = true
		}
		key := uint64(at)<<32 | uint64(w)
		next, ok := t.edges[key]
		if !ok {
			next = uint32(len(t.value))
			t.edges[key] = next
			t.value = append(t.value, -1)
		}
		at = next
	}
	return at
}

func (t *trie) begins(w uint32) bool { return w != 0 && int(w) < len(t.begin) && t.begin[w] }

// step follows one edge; ok is false where no phrase goes on so.
func (t *trie) step(at, w uint32) (next uint32, ok bool) {
	next, ok = t.edges[uint64(at)<<32|uint64(w)]
	return next, ok
}
