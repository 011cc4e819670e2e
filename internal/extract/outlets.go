package extract

import (
	"strings"

	"warraq/internal/arabic"
)

// agencies are the names by which texts sign for agencies and own reporters,
// folded, word by word. They are a closed class, unlike markers, and used only
// where shape already says "credit".
var agencies = phraseSet("وكالات", "وكالة", "متابعات", "متابعة", "رويترز", "أ ف ب", "أ.ف.ب", "ا ف ب", "أف ب", "فرانس برس", "أ ب", "أ.ب", "اسوشيتد برس",
	"أسوشيتد برس", "د ب أ", "د.ب.أ", "الألمانية", "واس", "وام", "كونا", "قنا", "بنا", "سانا", "واج", "واع", "بترا", "العمانية", "لاماب", "و م ع", "أ ش أ", "وفا", "تاس", "نوفوستي", "ريا نوفوستي",
	"سبوتنيك", "سبوتنك", "إنترفاكس", "الأناضول", "شينخوا", "إفي", "بلومبرغ", "بلومبيرغ", "غيتي", "جيتي", "غيتي إيميجز", "خاص", "الجزيرة نت",
	"العربية نت", "العربية.نت", "سكاي نيوز عربية", "سكاي نيوز", "العربية", "الجزيرة", "الشرق الأوسط", "القدس العربي", "العربي الجديد",
	"RT", "روسيا اليوم", "بي بي سي", "BBC", "CNN", "AFP", "AP", "Reuters", "EPA", "Getty", "Images", "TASS", "Sputnik", "Anadolu", "Shutterstock", "رويتر", "غيتي ايماجز", "الأوروبية", "الأمريكية", "وكالات الأنباء", "مواقع", "مواقع إلكترونية",
	"صحف", "الصحافة الفرنسية", "أرشيف", "أرشيفية", "صورة أرشيفية", "أرشيفية", "الإنترنت", "مواقع التواصل", "الفرنسية", "خدمة العربية", "تويتر", "إكس", "فيسبوك", "الحدث", "عكاظ", "سبق", "المناطق", "اليوم السابع",
	"فرانس24", "فرانس 24", "عنب بلدي", "هسبريس", "نورث برس", "عربي21", "عربي 21", "بوابة الأهرام", "المصري اليوم", "اندبندنت عربية", "تلفزيون سوريا", "الشروق أونلاين", "النهار العربي", "دويتشه فيله", "DW", "يورونيوز", "مونت كارلو الدولية", "الميادين")

// outletWords begin the names of outlets.
var outletWords = wordSet("جريدة", "صحيفة", "قناة", "موقع", "وكالة", "شبكة", "بوابة", "مجلة", "تلفزيون", "إذاعة", "نشرة", "فضائية", "منصة", "مركز", "مرصد", "الجريدة", "أخبار", "مؤسسة", "راديو")

// outlets are names that end titles behind a bar or a dash.
var outlets = wordSet("اليوم السابع", "الجزيرة", "الجزيرة نت", "العربية", "العربية نت", "سكاي نيوز عربية", "الشرق الأوسط", "القدس العربي", "عكاظ", "الأناضول",
	"سبوتنيك عربي", "سبوتنيك", "RT Arabic", "RT عربي", "روسيا اليوم", "الوفد", "الرؤية", "الاتحاد", "المصري اليوم", "الشروق", "الوطن", "الأهرام", "أخبار اليوم",
	"هسبريس", "الخليج", "البيان", "الرياض", "سبق", "المناطق", "العربي الجديد", "عربي21", "عربي 21", "BBC News عربي", "BBC عربي", "بي بي سي عربي", "فرانس 24",
	"فرانس24", "DW عربي", "DW", "الحرة", "المنار", "الميادين", "النهار", "الأخبار", "اندبندنت عربية", "CNN عربية", "CNN بالعربية", "يورونيوز", "مونت كارلو الدولية",
	"الغد", "الدستور", "الرأي", "القبس", "الأنباء", "السياسة", "المدن", "عنب بلدي", "شام", "تلفزيون سوريا", "الحدث", "الشرق", "صدى البلد", "مصراوي", "فيتو", "البوابة نيوز",
	"المشهد", "المشهد العربي", "النشرة", "لبنان 24", "تركيا الآن", "يني شفق", "ترك برس", "TRT عربي", "الصحيفة", "الخبر", "الشروق أونلاين", "النهار أونلاين", "موقع 24", "24", "وام", "واس", "كونا", "قنا")

// phrases are folded word sequences by their first word.
type phrases map[string][][]string

func phraseSet(names ...string) phrases {
	set := make(phrases)
	for _, name := range names {
		words := foldedWords(name)
		set[words[0]] = append(set[words[0]], words)
	}
	return set
}

func wordSet(names ...string) map[string]bool {
	set := make(map[string]bool, len(names))
	for _, name := range names {
		set[strings.Join(foldedWords(name), " ")] = true
	}
	return set
}

func foldedWords(text string) []string {
	var words []string
	for start, end := range arabic.Words(text) {
		words = append(words, arabic.Fold(text[start:end]))
	}
	return words
}

// agencyAt gives the number of words of the agency's name that begins with
// word i, 0 when none does.
func (s *sheet) agencyAt(i, end int) int {
	best := 0
	first := s.folded(s.words[i])
	candidates := agencies[first]
	if candidates == nil {
		if rest, ok := strings.CutPrefix(first, "و"); ok { // «رويترز وأ ف ب»
			candidates = agencies[rest]
		}
	}
	for _, name := range candidates {
		if len(name) <= best || i+len(name) > end {
			continue
		}
		same := true
		for j := 1; j < len(name) && same; j++ {
			same = s.folded(s.words[i+j]) == name[j]
		}
		if same {
			best = len(name)
		}
	}
	return best
}

// isOutlet reports whether a text is an outlet's name.
func (s *sheet) isOutlet(text string) bool {
	words := foldedWords(text)
	if len(words) == 0 || len(words) > 6 {
		return false
	}
	if outletWords[words[0]] && len(words) > 1 {
		return true
	}
	if outlets[strings.Join(words, " ")] {
		return true
	}
	for _, name := range agencies[words[0]] {
		if len(name) == len(words) && strings.Join(name, " ") == strings.Join(words, " ") {
			return true
		}
	}
	return false
}
