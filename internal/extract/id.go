package extract

import (
	"crypto/sha256"
	"encoding/base32"
	"strings"

	"warraq/internal/arabic"
)

// idLetters of the body enter an article's id.
const idLetters = 200

var idAlphabet = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// contentID gives a clipping's article its id: 60 bits of SHA-256 over the
// folded title and the first 200 folded letters of the body, in 12 letters.
// Neither place nor date nor build enter, so a page's address outlives them;
// the folding is the frozen one.
func contentID(title string, paragraphs []string) string {
	text := arabic.AppendFoldFrozen(nil, title, -1)
	text = append(text, '\n')
	for left, i := idLetters, 0; left > 0 && i < len(paragraphs); i++ {
		before := len(text)
		text = arabic.AppendFoldFrozen(text, paragraphs[i], left)
		left -= strings.Count(string(text[before:]), "") - 1
	}
	sum := sha256.Sum256(text)
	return idAlphabet.EncodeToString(sum[:8])[:12]
}
