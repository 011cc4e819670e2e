package arabic

import (
	"slices"
	"strings"
)

// stopList holds the words that carry no subject, in code-point-folded
// spelling (see AppendFoldCodePoints); with and without hamza where papers
// write both. It follows the list of Lucene and bleve for Arabic, less the
// words that are also news («عام», «يوم», «قوة»).
const stopList = `
من ومن منها منه منهم في وفي فيها فيه فيهم ب بها به بهم ل لها له لهم لنا لي لك
ك كما كذلك على وعلى عليها عليه عليهم علينا إلى الى وإلى والى إليها إليه اليه اليها إليهم عن وعن عنها عنه عنهم
مع ومع معها معه معهم حتى منذ خلال بين بينهم بينها بينما قبل بعد دون ضد لدى لديه لديها عند عندما حيث حول نحو عبر فوق تحت أمام وراء بسبب
و ف ثم أو او أم ام بل لكن ولكن لكنه لكنها أن ان وأن وان فأن أنه انه وأنه أنها انها وأنها أنهم إن وإن إنه إنها فإن لأن لأنه لأنها كأن
إذ إذا اذا فإذا وإذا لو ولو لولا لما فلما لا ولا فلا لم ولم فلم لن ولن ليس ليست وليس غير ما وما فما مما عما بما كلما ماذا هل
إلا الا وإلا أي اي أيضا ايضا قد وقد فقد لقد سوف كل كلا كلها بعض جدا فقط
هذا وهذا هذه وهذه ذلك وذلك تلك وتلك هؤلاء أولئك هناك هنا هو وهو هي وهي هم وهم هما نحن أنا انا أنت انت أنتم
الذي والذي التي والتي الذين والذين اللذين اللذان اللتين اللتان اللواتي
كان وكان كانت وكانت كانوا يكون تكون وتكون ويكون كنت أصبح اصبح مازال لازال
قال وقال قالت وقالت أضاف وأضاف أضافت وأضافت
`

var stopWords = func() map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(stopList) {
		set[w] = true
	}
	return set
}()

// IsStop reports whether a word, as written, is a stop word. It is asked
// before Fold, which makes «على» and the name «علي» equal.
func IsStop(word string) bool {
	if len(word) > 32 {
		return false
	}
	var buf [64]byte
	return stopWords[string(AppendFoldCodePoints(buf[:0], word))]
}

// StopWords gives the list in order, for the browser's half of search.
func StopWords() []string {
	words := make([]string, 0, len(stopWords))
	for w := range stopWords {
		words = append(words, w)
	}
	slices.Sort(words)
	return words
}
