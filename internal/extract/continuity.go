package extract

import (
	"strings"

	"warraq/internal/arabic"
)

// connects reports whether a text that begins with word i carries on the text
// before it: «وأضاف», «كما», «من جانبه», «إلى ذلك». The first paragraph of a news
// article never begins so.
func (s *sheet) connects(i, end int) bool {
	if i >= end {
		return false
	}
	first := s.folded(s.words[i])
	second := ""
	if i+1 < end {
		second = s.folded(s.words[i+1])
	}
	if s.turn(i, end) {
		return true
	}
	switch first {
	case "كما", "لكن", "لكنه", "لكنها", "لكنهم", "بدوره", "بدورها", "بدورهم", "كذلك", "ايضا", "ثم", "اما", "غير", "فيما", "لذلك", "لذا", "هكذا", "بالمقابل",
		"بالتزامن", "بينهم", "منها", "حيث", "اذ", "فقد", "فان", "فلا", "ذلك":
		return true
	case "من":
		return second == "جهته" || second == "جهتها" || second == "جانبه" || second == "جانبها" || second == "ناحيته" || second == "ناحيتها" || second == "جهتهم" || second == "ناحيه"
	case "في":
		return second == "المقابل" || second == "السياق" || second == "سياق" || second == "الاثناء" || second == "غضون" || second == "هذه" || second == "هذا" || second == "وقت"
	case "الي":
		return second == "ذلك" || second == "جانب"
	case "علي":
		return second == "صعيد" || second == "الصعيد"
	case "هذا":
		return strings.HasPrefix(second, "و")
	case "جاء", "جاءت", "ياتي", "تاتي":
		switch second {
		case "ذلك", "هذا", "هذه":
			return true
		}
		return false
	case "يذكر", "يشار", "ويذكر", "ويشار", "يشير":
		return second == "ان" || second == "الي"
	}
	rest, ok := strings.CutPrefix(first, "و")
	return ok && len(rest) >= 4 && !ownWaw[first]
}

// turn reports a question or an answer of an interview that begins with word i:
// «س: كيف …؟», «ج - …».
func (s *sheet) turn(i, end int) bool {
	if i+1 >= end {
		return false
	}
	switch s.folded(s.words[i]) {
	case "س", "ج", "سوال", "جواب", "السوال", "الجواب":
		return strings.ContainsAny(s.text[s.words[i].end:s.words[i+1].start], ":-–/")
	}
	return false
}

// ownWaw are common words whose «و» is their own letter.
var ownWaw = wordSet("وزير", "وزيرة", "وزارة", "وزراء", "وزيرا", "وفد", "وفاة", "واشنطن", "وكالة", "وثيقة", "وثائق", "وسط", "وقف", "وصول", "وصل", "وصلت", "وقع", "وقعت",
	"ولي", "وحدة", "وحدات", "وسائل", "وجه", "وجهت", "وضع", "وضعت", "وعد", "ورقة", "وارسو", "وطن", "وطني", "والد", "والدة", "ولاية", "وساطة", "وسيط", "وجوه", "وقود", "واقع", "وافق",
	"وافقت", "وصف", "وصفت", "ولد", "وديعة", "وعود", "ورشة", "ورش", "وكيل", "وكلاء", "وجود", "وثق", "وثقت", "ويتكوف", "وليد", "وائل", "وسام", "وفا", "وفيات", "ويلز", "ويكيليكس", "واحد", "واحدة", "واصل", "واصلت", "واجه", "واجهت", "واتساب",
	"وداعا", "وداع", "وزعت", "وزع", "ورد", "وردت", "وجدت", "وجد", "وسعت", "وسع", "وتيرة", "وباء", "والي", "والتر", "وول", "ووهان", "وارن", "ونش", "وهم", "وهران", "وحيد", "وردة", "وسم", "وصية", "وظائف", "وظيفة", "وفق", "وفقا", "وقائع", "وقفة", "ولادة", "ولايات", "وتر",
	"وكالات", "وزيران", "وزيري", "وسطاء", "ورثة", "وادي", "واحة", "وصفة", "وصايا", "وقت", "وعي", "وفرة", "وجبة", "وجبات", "وجهة", "وجهات", "ورطة", "وحيدة", "وشيك", "وشيكة", "وضوح", "وطأة", "وفاء", "ولاء", "وفدا", "وفدان", "وفدي", "وفود",
	"ولايتان", "وساطات", "وعكة", "ورم", "وقوف", "وقوع", "وحش", "وحشية", "وزن", "وليمة", "ورود", "وشاح", "وقفات", "وثيقتان", "وهبة", "وصلة", "واشنطن", "والدا", "ورشات", "وزارتا", "وزاري", "وزارية", "وكيلة", "وسيلة", "وسع", "وحدهم", "وحدها", "وحده")

// overlap gives the share of a title's content words that a text's beginning
// repeats: a lead tells what its title says.
func (s *sheet) overlap(titleStart, titleEnd int, lead *line) float64 {
	const leadWords = 50
	stems := make(map[string]bool, 2*leadWords)
	for i := lead.w0; i < lead.w1 && i < lead.w0+leadWords; i++ {
		for _, stem := range s.stems(s.words[i]) {
			stems[stem] = true
		}
	}
	total, shared := 0, 0
	for i := s.wordsFrom(titleStart); i < len(s.words) && int(s.words[i].end) <= titleEnd; i++ {
		w := s.words[i]
		if arabic.IsStop(s.text[w.start:w.end]) {
			continue
		}
		total++
		for _, stem := range s.stems(w) {
			if stems[stem] {
				shared++
				break
			}
		}
	}
	if total == 0 {
		return 0
	}
	return float64(shared) / float64(total)
}

// stems gives the readings of a word that are compared: its light stem, and
// that without a one-letter clitic.
func (s *sheet) stems(w word) [2]string {
	folded := s.folded(w)
	stem := arabic.Stem(folded)
	bare := stem
	for _, clitic := range []string{"و", "ب", "ل", "ف", "ك"} {
		if rest, ok := strings.CutPrefix(folded, clitic); ok && len(rest) >= 6 {
			bare = arabic.Stem(rest)
			break
		}
	}
	return [2]string{stem, bare}
}
