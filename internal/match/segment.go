package match

import (
	"strings"
	"unicode/utf8"

	"warraq/internal/arabic"
)

// Segment parts a line of keywords that lost its separators. Nothing marks
// where one ends, so each cut rests on evidence, strongest first:
//
//  1. punctuation, function words and a و before a known name part;
//  2. names of entities, and phrases of the theme rules, are whole;
//  3. a noun with the article takes the adjectives with the article behind it
//     («الأزمة السورية»), one without takes those without («قواعد روسية»);
//  4. a noun that often heads a phrase takes the definite noun or place behind
//     it, and adjectives after that («وزارة الخارجية الألمانية», «حرب أوكرانيا»);
//  5. a first name takes the unknown name behind it.
//
// What is left alone must be able to stand alone. Function words, lone
// adjectives and what hangs on a function word go («أن روسيا», «في ظل»).
func (m *Matcher) Segment(run string) []string {
	s := m.scans.Get().(*scan)
	defer m.scans.Put(s)
	s.read("", []string{run})
	var out []string
	seen := map[string]bool{}
	hanging := false // behind a function word
	for i := 0; i < len(s.tokens); {
		w := &s.tokens[i]
		known, end := s.nameAt(i)
		if w.class&function != 0 && known < 0 {
			hanging = true
			i++
			continue
		}
		sure := end > i || known >= 0
		if known < 0 {
			end, sure = s.phraseAt(i)
		}
		if w.parted {
			hanging = false
		}
		if key, entity, ok := s.tag(i, end); ok && (sure || !hanging || entity != "") && !seen[key] {
			seen[key] = true
			out = append(out, s.spelled(i, end, entity != ""))
		}
		hanging = false
		i = end
	}
	clear(s.text)
	return out
}

// spelled gives the words as written, a name without the particle before it.
func (s *scan) spelled(a, b int, entity bool) string {
	text := s.words(int32(a), int32(b))
	if !entity || !s.tokens[a].clitic {
		return text
	}
	folded := arabic.Fold(s.words(int32(a), int32(a+1)))
	var buf [12]arabic.Reading
	for _, r := range arabic.AppendReadings(buf[:0], folded) {
		base := r.Base
		if r.Article {
			base = "ال" + base
		}
		if r.Clitics == "" || s.m.vocabulary.names[base] == 0 {
			continue
		}
		if r.Article && !strings.HasPrefix(folded[len(r.Clitics):], "ال") {
			break // «للكرملين» cannot be cut
		}
		for range utf8.RuneCountInString(r.Clitics) {
			_, size := utf8.DecodeRuneInString(text)
			text = text[size:]
		}
		return text
	}
	// «للكرملين»: the name as the editors write it.
	found, _ := s.nameAt(a)
	return s.m.entityNames[s.m.names[found].entity]
}

// phraseAt gives the end of the keyword that begins at token i, which is no
// known name; sure says that more than one word holds together.
func (s *scan) phraseAt(i int) (end int, sure bool) {
	if end := s.rulePhrase(i); end > i+1 {
		return s.adjectives(end, true), true
	}
	definite := s.definite(i)
	end = i + 1
	switch {
	case s.tokens[i].class&(heads|firstName) == 0 && (s.tokens[i].class&adjective != 0 || relational(s.folding(i))):
		return end, false // nothing hangs on an adjective
	case s.tokens[i].class&firstName != 0 && s.free(end):
		end++
		for end < len(s.tokens) && end-i < 4 && s.joined(end) && s.folding(end-1) == "بن" {
			end++
		}
		if s.folding(end-1) == "بن" && s.free(end) {
			end++
		}
	case !definite && s.tokens[i].class&heads != 0 && s.joined(end):
		// Heads may follow each other: «وزير خارجية ألمانيا».
		for end < len(s.tokens) && end-i < 3 && s.joined(end) && s.tokens[end].class&heads != 0 && !s.definite(end) {
			end++
		}
		if !s.joined(end) {
			break
		}
		if found, to := s.nameAt(end); found >= 0 && !s.tokens[end].clitic {
			return s.adjectives(to, true), true
		}
		if s.definite(end) && !relational(s.folding(end)) {
			return s.adjectives(end+1, true), true
		}
		if s.tokens[i].class&naming != 0 && end == i+1 && s.free(end) && !s.definite(end) {
			return end + 1, true // «شركة غوغل»
		}
		return s.adjectives(end, false), end > i+1
	default:
		end = s.adjectives(end, definite)
		if known, _ := s.nameAt(min(end, len(s.tokens)-1)); end > i+1 && s.joined(end) && known < 0 && strings.HasPrefix(s.folding(end), "لل") {
			end = s.adjectives(end+1, true) // «الوكالة الدولية للطاقة الذرية»
		}
	}
	return end, end > i+1
}

// rulePhrase gives the end of the longest phrase of the theme rules from i.
func (s *scan) rulePhrase(i int) int {
	at, end := uint32(0), i
	for j := i; j < len(s.tokens) && (j == i || s.joined(j)); j++ {
		next, ok := s.m.termTrie.step(at, s.tokens[j].term[0])
		if !ok || s.tokens[j].term[0] == 0 {
			break
		}
		at = next
		if s.m.termTrie.value[at] >= 0 {
			end = j + 1
		}
	}
	return end
}

// adjectives goes on over adjectives that agree in definiteness with a noun.
func (s *scan) adjectives(end int, definite bool) int {
	for n := 0; n < 3 && s.joined(end) && s.definite(end) == definite; n++ {
		if known, _ := s.nameAt(end); known >= 0 {
			break
		}
		if !relational(s.folding(end)) && s.tokens[end].class&adjective == 0 {
			break
		}
		end++
	}
	return end
}

// joined reports whether token i exists and continues the phrase before it.
func (s *scan) joined(i int) bool {
	return i < len(s.tokens) && !s.tokens[i].parted && s.tokens[i].class&function == 0
}

// free reports an unknown word that may be the second part of a person's name.
func (s *scan) free(i int) bool {
	if !s.joined(i) {
		return false
	}
	known, _ := s.nameAt(i)
	if s.tokens[i].class&adjective != 0 && strings.HasSuffix(s.folding(i), "ه") {
		return false // «القحطاني» is a family, «القحطانية» is not
	}
	if s.tokens[i].class&heads != 0 && s.joined(i+1) {
		// «نواف سلام» ends a run; «محمد مجلس الأمن» goes on.
		next, _ := s.nameAt(i + 1)
		return known < 0 && next < 0 && !s.definite(i+1)
	}
	return known < 0 && s.tokens[i].class&(generic|past|imperfect) == 0
}

func (s *scan) definite(i int) bool { return strings.HasPrefix(s.folding(i), "ال") }
