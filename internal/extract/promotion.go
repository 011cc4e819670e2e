package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Promotions are worded anew by every outlet («تابع أخبار … عبر Google News»,
// «سجل الآن في النشرة الإخبارية»), so no list of phrases holds them. Their
// grammar is small, though: somebody is invited, to a channel. «تابع», «شارك»,
// «سجل» are also verbs of news («شارك ترامب مقطعا على إكس»), so what follows
// such a verb must be what an outlet offers, not somebody who acts.

// inviting words address the reader and nobody else.
var inviting = wordSet("تابعونا", "تابعنا", "تابعينا", "اشترك", "اشتركوا", "لمتابعة", "للاشتراك", "للانضمام", "لتحميل", "لتنزيل", "للتسجيل", "لتصلك", "لتصلكم", "ليصلك", "ليصلكم", "قم", "احصل", "اضغط", "اضغطوا", "انقر", "انقروا", "كن", "شاركنا", "شاركونا", "تواصل", "تواصلوا")

// inviteOrNews begin invitations as well as news.
var inviteOrNews = wordSet("تابع", "تابعوا", "شارك", "شاركوا", "سجل", "سجلوا", "حمل", "حملوا", "نزل", "نزلوا", "انضم", "انضموا", "فعل", "فعلوا", "أرسل", "الأخبار", "أخبار", "آخر", "كل", "جميع")

// offered is what stands behind an invitation.
var offered = wordSet("أحدث", "آخر", "أخبار", "أخبارنا", "الأخبار", "كل", "جميع", "المزيد", "أهم", "أبرز", "قناة", "قناتنا", "القناة", "صفحة", "صفحتنا", "صفحاتنا", "حساب", "حسابنا", "حساباتنا", "هذا", "الخبر", "المقال", "الموضوع",
	"تطبيق", "التطبيق", "تطبيقنا", "الآن", "معنا", "مجانا", "لصديق", "إلى", "على", "عبر", "موقعنا", "إشعارات", "الإشعارات", "نشرتنا", "رأيك", "العاجلة", "خدمة")

// channels are where an invitation leads.
var channels = wordSet("فيسبوك", "الفيسبوك", "تويتر", "إكس", "واتساب", "الواتساب", "تلغرام", "التلغرام", "تليغرام", "تيليغرام", "تيلغرام", "تلجرام", "تليجرام", "يوتيوب", "اليوتيوب", "إنستغرام", "إنستجرام", "انستقرام", "تيكتوك", "سناب", "سنابشات", "لينكدإن", "ماسنجر", "ثريدز",
	"facebook", "twitter", "whatsapp", "telegram", "messenger", "linkedin", "instagram", "youtube", "tiktok", "threads", "pinterest", "reddit", "snapchat", "email", "google", "news", "nabd", "share", "tweet", "print", "copy", "link", "app", "store", "play")

// ours are the outlet's own doors.
var ours = wordSet("قناتنا", "بقناتنا", "لقناتنا", "صفحتنا", "صفحاتنا", "حسابنا", "حساباتنا", "تطبيقنا", "نشرتنا", "موقعنا", "بنشرتنا", "التطبيق", "تطبيق", "بتطبيق", "الإشعارات", "إشعارات", "التنبيهات", "الجرس", "هاتفك", "جوالك", "هواتفكم", "بريدك", "بريدكم", "البريدية", "الإخبارية", "لصديق", "جديد", "الرابط", "بالتسجيل", "بالاشتراك")

// disclaimers are phrases by which outlets keep their distance.
var disclaimers = []string{"لا تعبر بالضروره", "لا يعبر بالضروره", "ملفات تعريف الارتباط", "لا يتحمل الموقع", "الموقع غير مسوول", "حقوق النشر محفوظه", "جميع الحقوق محفوظه"}

// promotion recognises invitations, rows of networks and disclaimers.
func (s *sheet) promotion(l *line) bool {
	n := l.count()
	if n == 0 || n > 26 {
		return false
	}
	networks, units, numbers, door := 0, 0, 0, false
	for i := l.w0; i < l.w1; i++ {
		folded := s.folded(s.words[i])
		switch {
		case channels[folded]:
			networks++
		case isDigits(folded):
			numbers++
		case reading[folded], utf8.RuneCountInString(folded) == 1 && folded[0] < utf8.RuneSelf:
			units++
		}
		door = door || ours[folded]
	}
	if networks == n || n <= 4 && units > 0 && units+numbers == n {
		return true
	}
	if n <= 3 && s.allAgencies(l, l.start) {
		return true // «Reuters» alone
	}
	first := s.folded(s.words[l.w0])
	if (networks > 0 || door) && n <= 16 && !(l.stop && n > 12) && !s.tells(l) {
		if inviting[first] {
			return true
		}
		if inviteOrNews[first] && n > 1 && offered[s.folded(s.words[l.w0+1])] {
			return true
		}
	}
	if n < 3 {
		return false
	}
	text := s.foldedText(l)
	for _, d := range disclaimers {
		if strings.Contains(text, d) {
			return true
		}
	}
	return false
}

// reading are units of counters.
var reading = wordSet("دقيقة", "دقائق", "ثانية", "ثوان", "مشاهدة", "قراءة", "تعليق")

func isDigits(word string) bool {
	return strings.IndexFunc(word, func(r rune) bool { return !unicode.IsDigit(r) }) < 0
}

// tells reports a statement inside the line: what an invitation has not.
func (s *sheet) tells(l *line) bool {
	for i := l.w0 + 1; i < l.w1; i++ {
		switch s.folded(s.words[i]) {
		case "ان", "انه", "انها", "بان", "بانه", "قال", "قالت", "الذي", "التي", "حيث":
			return true
		}
	}
	return false
}

// foldedText joins a line's folded words.
func (s *sheet) foldedText(l *line) string {
	var b strings.Builder
	for i := l.w0; i < l.w1; i++ {
		if i > l.w0 {
			b.WriteByte(' ')
		}
		b.WriteString(s.folded(s.words[i]))
	}
	return b.String()
}
