package match

import (
	"strings"

	"warraq/internal/arabic"
	"warraq/internal/dates"
)

// word is what the Matcher knows of one folded word.
type word struct {
	name   uint32    // among the words of names, 0 none
	clitic bool      // the name stands behind و ف ب ك ل: it may begin a name, not go on with one
	term   [3]uint32 // among the stems of theme terms: exact, as written, without a particle; 0 ends them
	class  class     // what it does in a sentence, see classes.go
	opens  bool      // a date may begin with it
}

// vocabulary holds every word that any rule, name or lexicon knows.
type vocabulary struct {
	names   map[string]uint32 // folded words of names
	terms   map[string]uint32 // light stems of the words of terms
	classes map[string]class  // folded words
}

func newVocabulary() *vocabulary {
	return &vocabulary{names: map[string]uint32{}, terms: map[string]uint32{}, classes: wordClasses()}
}

// exactly marks a word of a term that is not to be stemmed: «=لاجئا» is not
// «اللاجئين». No stem begins with it.
const exactly = "="

func intern(ids map[string]uint32, key string) uint32 {
	id, ok := ids[key]
	if !ok {
		id = uint32(len(ids) + 1)
		ids[strings.Clone(key)] = id
	}
	return id
}

// look finds out all about a folded word. It is slow (several look-ups and
// stems) and runs once per distinct word and goroutine: memo remembers.
func (v *vocabulary) look(folded string) word {
	w := word{class: v.class(folded), opens: dates.Opens(folded)}
	var buf [12]arabic.Reading
	readings := arabic.AppendReadings(buf[:0], folded)
	for _, r := range readings {
		base := r.Base
		if r.Article {
			base = "ال" + base
		}
		// One letter behind a particle is too little to go by: «كلي» is no
		// name «لي» with ك.
		if r.Clitics != "" && len(base) < 6 {
			continue
		}
		if id := v.names[base]; id != 0 {
			w.name, w.clitic = id, r.Clitics != ""
			break
		}
	}
	n := 0
	add := func(id uint32) {
		if id != 0 && n < len(w.term) && (n == 0 || w.term[n-1] != id) {
			w.term[n] = id
			n++
		}
	}
	for _, r := range readings {
		add(v.terms[exactly+r.Base])
	}
	for _, r := range readings {
		if r.Article || r.Clitics != "" && len(r.Base) < 6 {
			continue // Stem takes the article off itself
		}
		add(v.terms[arabic.Stem(r.Base)])
	}
	return w
}

func (v *vocabulary) class(folded string) class {
	if c, ok := v.classes[folded]; ok {
		return c
	}
	if rest, ok := strings.CutPrefix(folded, "و"); ok && len(rest) >= 4 {
		if c, ok := v.classes[rest]; ok {
			return c | conjoined
		}
	} else if rest, ok := strings.CutPrefix(folded, "ف"); ok && len(rest) >= 6 {
		if c, ok := v.classes[rest]; ok {
			return c | conjoined
		}
	}
	return shape(folded)
}

// memo is a direct-mapped cache in front of vocabulary.look: news repeats its
// words, so nine of ten are found here by their hash alone.
type memo [memoSize]struct {
	hash uint64
	word word
}

const memoSize = 1 << 13

// wordHash mixes a folded word into 64 bits (FNV-1a over eight bytes at a
// time, with a final avalanche). Two words that share a hash would be taken
// for one; at a million distinct words the odds of that are 1 in 30 million.
func wordHash(b []byte) uint64 {
	h := uint64(len(b))*0x9E3779B97F4A7C15 ^ 0xcbf29ce484222325
	for len(b) >= 8 {
		k := uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
			uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
		h = mix(h ^ k)
		b = b[8:]
	}
	if len(b) > 0 {
		var k uint64
		for i, c := range b {
			k |= uint64(c) << (8 * i)
		}
		h = mix(h ^ k)
	}
	if h == 0 {
		return 1 // 0 marks an empty cell of memo
	}
	return h
}

func mix(h uint64) uint64 {
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	return h ^ h>>32
}
