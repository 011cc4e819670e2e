package arabic

// Tokenizer walks the words of a text and folds each, without allocating per
// word. The zero value with Text set is ready.
type Tokenizer struct {
	Text   string
	pos    int
	folded []byte
}

// Reset begins a new text, keeping the buffer.
func (t *Tokenizer) Reset(text string) { t.Text, t.pos = text, 0 }

// Next gives the offsets of the next word in Text and the word folded, which
// is valid until the next call. A word whose folding is empty (marks alone) is
// passed over.
func (t *Tokenizer) Next() (start, end int, folded []byte, ok bool) {
	for {
		start, end = NextWord(t.Text, t.pos)
		if start == end {
			return start, end, nil, false
		}
		t.pos = end
		t.folded = AppendFold(t.folded[:0], t.Text[start:end])
		if len(t.folded) > 0 {
			return start, end, t.folded, true
		}
	}
}
