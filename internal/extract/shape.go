package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"warraq/internal/arabic"
	"warraq/internal/editorial"
)

// shape recognises lines of outlets that have no marker of their own.
func (s *sheet) shape(l *line) (role, bool) {
	n := l.count()
	text := s.lineText(l)
	if n > 20 {
		return boilerplate, s.disclaimer(l) || ownedPicture(text)
	}
	switch {
	case !hasLetter(text) && !s.mostlyDate(l.start, l.end):
		return boilerplate, true // counters, rules, page numbers
	case strings.HasPrefix(text, "#") && allHashtags(text):
		l.value = l.start
		return keywordsLine, true
	case s.listEnd(l):
		return endsBlock, true
	case s.listItem(l):
		return beginsTeasers, true
	case s.barredDate(l):
		return dateLine, true
	case s.skipLink(l), s.editors(l), copyrighted(text), ownedPicture(text), s.arabic && foreign(text, n):
		return boilerplate, true
	case addressOnly(text), s.counter(l), s.promotion(l), s.signOff(l), s.dateline(l), s.breadcrumb(l), s.credit(l):
		return boilerplate, true
	case n <= 16 && s.dateAlone(l):
		l.value = l.start
		return dateLine, true
	case s.clock(l):
		return boilerplate, true
	}
	return content, false
}

// dateAlone reports whether a line is a date and not a short sentence that
// tells one: «أغلق المصنع في 5 يوليو 2023.»
func (s *sheet) dateAlone(l *line) bool {
	others, found := s.aroundDate(l.start, l.end)
	return found && (others <= 1 || others == 2 && !l.stop)
}

func hasLetter(text string) bool {
	return strings.IndexFunc(text, unicode.IsLetter) >= 0
}

func allHashtags(text string) bool {
	for _, f := range strings.Fields(text) {
		if !strings.HasPrefix(f, "#") || len(f) < 3 {
			return false
		}
	}
	return true
}

// addressOnly recognises a line that is only a web or mail address or a handle.
func addressOnly(text string) bool {
	if strings.ContainsAny(text, " \t") {
		return false
	}
	if host := strings.Trim(text, "©./"); strings.Contains(host, ".") && latin(host) {
		return true // «Gettyimages.ru»
	}
	return strings.Contains(text, "://") || strings.HasPrefix(text, "www.") || strings.HasPrefix(text, "@") ||
		strings.Contains(text, "@") && strings.Contains(text, ".")
}

// latin reports a text of letters, digits and signs of ASCII with a letter in it.
func latin(text string) bool {
	letter := false
	for _, r := range text {
		if r >= utf8.RuneSelf {
			return false
		}
		letter = letter || unicode.IsLetter(r)
	}
	return letter
}

// skipLink recognises what screen readers are offered: «تخطى … وواصل القراءة».
func (s *sheet) skipLink(l *line) bool {
	if l.count() < 3 || l.count() > 8 {
		return false
	}
	switch first, last := s.folded(s.words[l.w0]), s.folded(s.words[l.w1-1]); first {
	case "تخطي", "تخط":
		return last == "القراءه" || last == "مشاركه" // «تخطى يوتيوب مشاركة»
	}
	return false
}

// editors recognises the credit of a desk: «(إعداد فلان للنشرة العربية - تحرير فلان)».
func (s *sheet) editors(l *line) bool {
	text := s.lineText(l)
	if !strings.HasPrefix(text, "(") || !strings.HasSuffix(strings.TrimRight(text, "."), ")") {
		return false
	}
	switch s.folded(s.words[l.w0]) {
	case "اعداد", "تحرير", "تغطيه", "كتابه", "ترجمه", "شارك", "شاركت":
		return true
	}
	return false
}

// clock recognises a time of day alone, with marks of a letter or two: «14:22 ت م».
func (s *sheet) clock(l *line) bool {
	if l.count() > 6 || !strings.Contains(s.lineText(l), ":") {
		return false
	}
	numbers := 0
	for _, w := range s.words[l.w0:l.w1] {
		folded := s.folded(w)
		switch {
		case isDigits(folded):
			numbers++
		case utf8.RuneCountInString(folded) > 2 && dateWords[folded] != glueWord && dateWords[folded] != clockWord:
			return false
		}
	}
	return numbers >= 2
}

// copyrighted recognises a credit that begins with the sign of copyright.
func copyrighted(text string) bool {
	return strings.HasPrefix(text, "©") && !strings.ContainsAny(text, "؟!") && len(strings.Fields(text)) <= 12
}

// ownedPicture recognises a caption: a line that ends with the sign of copyright
// and an owner of a few words, «ترامب مستقبلا بوتين في ألاسكا. © رويترز».
func ownedPicture(text string) bool {
	at := strings.LastIndex(text, "©")
	if at <= 0 || strings.ContainsAny(text[at:], ".؟!،") {
		return false
	}
	owner := len(strings.Fields(text[at:]))
	return owner >= 1 && owner <= 5 && len(strings.Fields(text[:at])) <= 45
}

// foreign recognises a button or a heading that a page left in Latin letters:
// «AddThis Sharing Buttons», «TT». A sentence or a quotation is none.
func foreign(text string, words int) bool {
	if words > 6 || strings.ContainsAny(text, ".?!\"“«0123456789") {
		return false
	}
	letter := false
	for _, r := range text {
		if r >= 0x250 && unicode.IsLetter(r) {
			return false
		}
		letter = letter || unicode.IsLetter(r)
	}
	return letter
}

// listEnd recognises the lines that end a list for screen readers: «الأكثر
// قراءة نهاية», «end of list».
func (s *sheet) listEnd(l *line) bool {
	if l.count() > 5 || l.stop {
		return false
	}
	last := s.folded(s.words[l.w1-1])
	return last == "نهايه" && l.count() >= 2 || l.count() == 3 && last == "list" && s.folded(s.words[l.w0]) == "end"
}

// listItem recognises «list 1 of 3», which stands above each title of a list.
func (s *sheet) listItem(l *line) bool {
	return l.count() == 4 && s.folded(s.words[l.w0]) == "list" && s.folded(s.words[l.w0+2]) == "of"
}

// barredDate recognises a date behind or before a bar: «أحمد سعيد | 13.12.2024».
func (s *sheet) barredDate(l *line) bool {
	if l.count() > 16 || l.stop {
		return false
	}
	at := l.start
	for part := range strings.SplitSeq(s.lineText(l), "|") {
		if len(part) < l.end-l.start && strings.TrimSpace(part) != "" && s.mostlyDate(at, at+len(part)) {
			l.value = at
			return true
		}
		at += len(part) + 1
	}
	return false
}

// counter recognises «٣ دقائق قراءة», «1,204 مشاهدة», «مدة القراءة 4 دقائق».
func (s *sheet) counter(l *line) bool {
	if l.count() > 7 {
		return false
	}
	number, unit := false, false
	for _, w := range s.words[l.w0:l.w1] {
		text := s.text[w.start:w.end]
		if r, _ := utf8.DecodeRuneInString(text); unicode.IsDigit(r) {
			number = true
			continue
		}
		switch s.folded(w) {
		case "مشاهده", "مشاهدات", "قراءه", "قراءات", "القراءه", "للقراءه", "تعليق", "تعليقات", "تعليقا", "مشاركه", "مشاركات", "اعجاب", "اعجابا",
			"زياره", "المشاهدات", "الزيارات", "التعليقات", "القراءات", "المشاركات", "views", "min", "read", "shares", "comments":
			unit = true
		case "دقيقه", "دقائق", "دقايق", "دقيقتان", "دقيقتين", "ثانيه", "ثواني", "ثوان", "اقل", "من", "مده", "زمن", "وقت", "عدد", "الف", "حوالي", "نحو", "k", "minutes", "minute":
		default:
			return false
		}
	}
	return unit && (number || l.count() >= 2)
}

// signOff recognises editors' initials: «م.س/ر.ن», «ع.ج / ف.ي (أ ف ب)», and the
// end of a despatch with its editor's number: «انتهى / 258».
func (s *sheet) signOff(l *line) bool {
	if n := l.count(); n >= 1 && n <= 3 && s.folded(s.words[l.w0]) == "انتهي" {
		rest := 0
		for _, w := range s.words[l.w0+1 : l.w1] {
			if text := s.text[w.start:w.end]; isDigits(text) || utf8.RuneCountInString(text) <= 2 {
				rest++
			}
		}
		return rest == n-1 && (rest > 0 || strings.ContainsAny(s.lineText(l), "/.#*-–(["))
	}
	if l.count() > 16 || l.count() < 2 || l.stop && !strings.ContainsAny(s.lineText(l), "/()") {
		return false
	}
	initials, marks := 0, strings.ContainsAny(s.lineText(l), "./()")
	for i := l.w0; i < l.w1; i++ {
		w := s.words[i]
		if utf8.RuneCountInString(s.text[w.start:w.end]) <= 2 {
			initials++
			continue
		}
		if n := s.agencyAt(i, l.w1); n > 0 {
			i += n - 1
			continue
		}
		return false
	}
	return marks && initials >= 2
}

// dateline recognises a place and an agency alone on a line: «موسكو (وكالات)»,
// «دبي - العربية.نت», «المناطق_متابعات», «(رويترز)».
func (s *sheet) dateline(l *line) bool {
	if l.count() > 9 || l.stop && l.count() > 4 {
		return false
	}
	text := s.lineText(l)
	if !strings.ContainsAny(text, "()-–—_ـ/|،:«»[]") {
		return false
	}
	agencies, others, parted := 0, 0, false
	for i := l.w0; i < l.w1; i++ {
		if i > l.w0 {
			gap := s.text[s.words[i-1].end:s.words[i].start]
			parted = parted || strings.ContainsAny(gap, "(-–—_ـ/|،:«[")
		} else if s.words[i].start > int32(l.start) {
			parted = true // opens with a bracket
		}
		if n := s.agencyAt(i, l.w1); n > 0 {
			agencies++
			i += n - 1
			continue
		}
		if others++; others > 4 || isStatement(s.folded(s.words[i])) {
			return false
		}
	}
	return agencies > 0 && (parted || others == 0)
}

// isStatement knows the verbs that make a short line with an agency's name a
// title: «بوتين يتصل …: وكالات» is not excluded by shape alone.
func isStatement(folded string) bool {
	switch folded {
	case "قال", "قالت", "اعلن", "اعلنت", "اكد", "اكدت", "تقول", "يقول", "نفي", "نفت", "عن", "ان", "بان", "نقلا", "تنقل", "تنفي", "تنشر", "مراسل", "تعلن", "تكشف", "كشفت":
		return true
	}
	return false
}

// creditShaped reports whether a line has the shape of a credit: a few words,
// parted by a sign, without a verb of saying or a stop.
func (s *sheet) creditShaped(l *line) bool {
	if l.count() < 2 || l.count() > 5 || l.stop || l.cut {
		return false
	}
	parted := false
	for i := l.w0; i < l.w1; i++ {
		if isStatement(s.folded(s.words[i])) {
			return false
		}
		if i > l.w0 {
			gap := s.text[s.words[i-1].end:s.words[i].start]
			parted = parted || strings.ContainsAny(gap, "(_ـ/|-–—") || strings.Contains(gap, ": «")
			if strings.ContainsAny(gap, ":؟?!…«\"") && !strings.Contains(gap, ": «") && !strings.Contains(gap, "- «") && !strings.Contains(gap, "– «") {
				return false
			}
		}
	}
	return parted
}

// nameShaped reports whether a line may be a person's name and nothing else:
// two or three words, the first without an article, none a function word.
func (s *sheet) nameShaped(l *line) bool {
	if l.count() < 2 || l.count() > 3 || l.stop || l.cut || l.role != content {
		return false
	}
	for i := l.w0; i < l.w1; i++ {
		w := s.words[i]
		folded := s.folded(w)
		if i == l.w0 && (strings.HasPrefix(folded, "ال") || genres[folded]) || arabic.IsStop(s.text[w.start:w.end]) || isStatement(folded) {
			return false
		}
		if i > l.w0 && strings.TrimSpace(s.text[s.words[i-1].end:w.start]) != "" {
			return false
		}
		if r, _ := utf8.DecodeRuneInString(folded); !unicode.IsLetter(r) || utf8.RuneCountInString(folded) < 2 {
			return false
		}
	}
	return true
}

// genres name what a text is, not who wrote it.
var genres = wordSet("تقرير", "تحليل", "حوار", "مقال", "رأي", "خاص", "خبر", "تحقيق", "مقابلة", "قصة", "ملف", "عاجل", "متابعة", "متابعات", "فيديو", "صور", "أخبار", "سياسة", "اقتصاد", "رياضة", "ثقافة", "منوعات", "عربي", "دولي", "محليات")

// breadcrumb recognises «الرئيسية / أخبار / سياسة».
func (s *sheet) breadcrumb(l *line) bool {
	if l.count() > 12 {
		return false
	}
	text := s.lineText(l)
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("/>›»|←\\", r) })
	if len(parts) < 2 {
		return false
	}
	first := arabic.Fold(strings.TrimSpace(parts[0]))
	return first == "الرييسيه" || first == "الصفحه الرييسيه" || first == "home" || len(parts) >= 3 && first == "اخبار"
}

// credit recognises a caption: a short line without a stop that ends with an
// agency in brackets.
func (s *sheet) credit(l *line) bool {
	if l.count() > 18 {
		return false
	}
	text := s.lineText(l)
	for i := l.w0 + 1; i < l.w1-1 && !l.stop; i++ { // «… - تصوير: سامي ناصر»
		if s.markersAt(l, i, func(f found) bool {
			return f.kind == editorial.PhotoCredit && f.sep && l.w1-f.next <= 4
		}) {
			return true
		}
	}
	r, n := utf8.DecodeLastRuneInString(text)
	if r != ')' && r != ']' {
		return false
	}
	open := strings.LastIndexAny(text, "([")
	if open < 0 || strings.ContainsAny(text[:open], ".!؟") {
		return false
	}
	inside := text[open+1 : len(text)-n]
	return s.allAgencies(l, l.start+open) || s.isOutlet(inside) || arabic.Fold(inside) == "ارشيف" || arabic.Fold(inside) == "ارشيفيه"
}

// allAgencies reports whether all words of l from offset on name agencies.
func (s *sheet) allAgencies(l *line, from int) bool {
	any := false
	for i := l.w0; i < l.w1; i++ {
		if int(s.words[i].start) < from {
			continue
		}
		n := s.agencyAt(i, l.w1)
		if n == 0 {
			return false
		}
		any = true
		i += n - 1
	}
	return any
}
