package extract

import (
	"strings"
	"unicode"

	"warraq/internal/arabic"
)

// Promotions are worded anew by every outlet («تابع أخبار … عبر Google News»,
// «سجل الآن في النشرة الإخبارية»), so no list of phrases holds them. Their
// grammar is small, though: somebody is invited, to a channel. «تابع», «شارك»,
// «سجل» are also verbs of news («شارك ترامب مقطعا على إكس»), so what follows
// such a verb must be what an outlet offers, not somebody who acts.

// inviting words address the reader and nobody else.
var inviting = hashSet("تابعونا", "تابعنا", "تابعينا", "اشترك", "اشتركوا", "لمتابعة", "للاشتراك", "للانضمام", "لتحميل", "لتنزيل", "للتسجيل", "لتصلك", "لتصلكم", "ليصلك", "ليصلكم", "قم", "احصل", "اضغط", "اضغطوا", "انقر", "انقروا", "كن", "شاركنا", "شاركونا", "تواصل", "تواصلوا")

// inviteOrNews begin invitations as well as news.
var inviteOrNews = hashSet("تابع", "تابعوا", "متابعة", "شارك", "شاركوا", "سجل", "سجلوا", "حمل", "حملوا", "نزل", "نزلوا", "انضم", "انضموا", "فعل", "فعلوا", "أرسل", "الأخبار", "أخبار", "آخر", "كل", "جميع")

// offered is what stands behind an invitation.
var offered = hashSet("أحدث", "آخر", "أخبار", "أخبارنا", "الأخبار", "كل", "جميع", "المزيد", "أهم", "أبرز", "قناة", "قناتنا", "القناة", "صفحة", "صفحتنا", "صفحاتنا", "حساب", "حسابنا", "حساباتنا", "هذا", "الخبر", "المقال", "الموضوع",
	"تطبيق", "التطبيق", "تطبيقنا", "الآن", "معنا", "مجانا", "لصديق", "إلى", "على", "عبر", "موقعنا", "إشعارات", "الإشعارات", "نشرتنا", "رأيك", "برأيك", "العاجلة", "خدمة")

// channels are where an invitation leads.
var channels = hashSet("فيسبوك", "الفيسبوك", "تويتر", "إكس", "واتساب", "الواتساب", "واتس", "تلغرام", "التلغرام", "تليغرام", "تيليغرام", "تيلغرام", "تلجرام", "تليجرام", "يوتيوب", "اليوتيوب", "إنستغرام", "إنستجرام", "انستقرام", "تيكتوك", "سناب", "سنابشات", "لينكدإن", "ماسنجر", "ثريدز",
	"facebook", "twitter", "whatsapp", "telegram", "messenger", "linkedin", "instagram", "youtube", "tiktok", "threads", "pinterest", "reddit", "snapchat", "email", "google", "news", "nabd", "share", "tweet", "print", "copy", "link", "app", "store", "play")

// ours are the outlet's own doors.
var ours = hashSet("قناتنا", "بقناتنا", "لقناتنا", "صفحتنا", "صفحاتنا", "حسابنا", "حساباتنا", "تطبيقنا", "نشرتنا", "موقعنا", "بنشرتنا", "التطبيق", "تطبيق", "بتطبيق", "الإشعارات", "إشعارات", "التنبيهات", "الجرس", "هاتفك", "جوالك", "هواتفكم", "بريدك", "بريدكم", "البريدية", "الإخبارية", "لصديق", "جديد", "الرابط", "التعليقات", "بالتسجيل", "بالاشتراك")

// disclaimers are phrases by which outlets keep their distance.
var disclaimers = hashPhrases("لا تعبر بالضرورة", "لا يعبر بالضرورة", "ملفات تعريف الارتباط", "لا يتحمل الموقع", "الموقع غير مسؤول",
	"حقوق النشر محفوظة", "all rights reserved", "جميع الحقوق محفوظة", "الأخبار المنشورة على الصفحة الرسمية")

// telling words are in statements and not in invitations.
var telling = hashSet("أن", "أنه", "أنها", "بأن", "بأنه", "قال", "قالت", "الذي", "التي", "حيث")

// hashSet holds folded words as a sheet's words have them.
func hashSet(names ...string) map[uint64]bool {
	set := make(map[uint64]bool, len(names))
	for _, name := range names {
		set[hashBytes([]byte(arabic.Fold(name)))] = true
	}
	return set
}

// hashPhrases holds phrases by the hash of their first word.
func hashPhrases(texts ...string) map[uint64][][]uint64 {
	set := map[uint64][][]uint64{}
	for _, text := range texts {
		var phrase []uint64
		for _, w := range foldedWords(text) {
			phrase = append(phrase, hashBytes([]byte(w)))
		}
		set[phrase[0]] = append(set[phrase[0]], phrase)
	}
	return set
}

// promotion recognises invitations, rows of networks and disclaimers.
func (s *sheet) promotion(l *line) bool {
	n := l.count()
	if n == 0 || n > 26 {
		return false
	}
	networks, units, numbers, door := 0, 0, 0, false
	for i := l.w0; i < l.w1; i++ {
		w := s.words[i]
		switch text := s.text[w.start:w.end]; {
		case channels[w.hash]:
			networks++
		case isDigits(text):
			numbers++
		case reading[w.hash], len(text) == 1:
			units++
		}
		door = door || ours[w.hash]
	}
	if networks == n || n <= 4 && units > 0 && units+numbers == n {
		return true
	}
	if n <= 3 && s.allAgencies(l, l.start) {
		return true // «Reuters» alone
	}
	first := s.words[l.w0].hash
	if (networks > 0 || door) && n <= 16 && !(l.stop && n > 12) && !s.tells(l) {
		if inviting[first] || inviteOrNews[first] && n > 1 && offered[s.words[l.w0+1].hash] {
			return true
		}
	}
	return s.disclaimer(l)
}

// disclaimer recognises the small print of outlets.
func (s *sheet) disclaimer(l *line) bool {
	if l.count() < 3 || l.count() > 60 {
		return false
	}
	for i := l.w0; i < l.w1; i++ {
		for _, phrase := range disclaimers[s.words[i].hash] {
			k := 1
			for k < len(phrase) && i+k < l.w1 && s.words[i+k].hash == phrase[k] {
				k++
			}
			if k == len(phrase) {
				return true
			}
		}
	}
	return false
}

// reading are units of counters.
var reading = hashSet("دقيقة", "دقائق", "ثانية", "ثوان", "مشاهدة", "قراءة", "تعليق")

func isDigits(word string) bool {
	return strings.IndexFunc(word, func(r rune) bool { return !unicode.IsDigit(r) }) < 0
}

// tells reports a statement inside the line: what an invitation has not.
func (s *sheet) tells(l *line) bool {
	for _, w := range s.words[l.w0+1 : l.w1] {
		if telling[w.hash] {
			return true
		}
	}
	return false
}
