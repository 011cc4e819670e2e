package match

import (
	"slices"
	"strings"
	"testing"

	"warraq/internal/civil"
	"warraq/internal/dates"
)

// told gives the dates of a text's events, resolved against an article of
// Monday 9 December 2024.
func told(t *testing.T, paragraphs ...string) (days, sentences []string) {
	t.Helper()
	anchor, _ := civil.New(2024, 12, 9)
	for _, e := range embedded(t).Findings("عنوان", paragraphs).Events {
		r, ok := dates.Resolve(e.Phrase.Phrase, anchor)
		if !ok {
			t.Errorf("%q cannot be resolved", e.Phrase.Text)
		}
		days = append(days, r.Date.String())
		sentences = append(sentences, e.Sentence)
	}
	return days, sentences
}

func TestDatedHappeningsAreEvents(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"وصل الوفد إلى المدينة في 3 ديسمبر 2024.", "2024-12-03"},
		{"أعلنت الوزارة، أمس الأحد، إغلاق السفارة.", "2024-12-08"},
		{"وفي صباح أمس الأحد دخل المقاتلون العاصمة.", "2024-12-08"},
		{"قال المتحدث اليوم الاثنين إن الأمر قيد البحث.", "2024-12-09"},
		{"وقالت الناطقة باسم الوزارة ليلى سمير، الجمعة، إن التقارب مهم.", "2024-12-06"},
		{"وهبطت الطائرة في المطار مساء السبت.", "2024-12-07"},
		{"وكانت القوات قد شنت في 27 نوفمبر هجوما واسعا.", "2024-11-27"},
		{"ووقّع البلدان اتفاقية تعاون في يناير الماضي.", "2024-01"},
		{"بدأ التدخل العسكري في عام 2015.", "2015"},
		{"التقى الوزيران أول أمس في أنقرة.", "2024-12-07"},
		{"غادر الوفد قبل يومين.", "2024-12-07"},
		{"بعد سقوط العاصمة في 8 ديسمبر 2024 خلت الشوارع.", "2024-12-08"},
		{"أكد الوزير أمس أنه سيزور موسكو.", "2024-12-08"},
		{"كان يتحدث أمس أمام البرلمان.", "2024-12-08"},
		{"تعادل الفريقان بهدف لمثله، الجمعة، في العاصمة.", "2024-12-06"},
		{"وأقيم حفل التشغيل يوم الثلاثاء.", "2024-12-03"},
		{"في الخامس من نوفمبر 2024 دخلت القوات المدينة. وفي الثامن منه أُغلق المطار، وفي 9 منه غادر الوفد.", "2024-11-05 2024-11-08 2024-11-09"},
		{"30 سبتمبر 2015: بدء الضربات الجوية على المدينة.", "2015-09-30"},
		{"1971: اتفاق بين البلدين على مركز للإمداد.", "1971"},
		{"انقطع الطريق منذ فجر اليوم الاثنين.", "2024-12-09"},
		{"وعملت الفرق على شفط المياه حتى ظهر اليوم الاثنين.", "2024-12-09"},
		{"لم تكن أمطار 3 ديسمبر 2024 إلا السبب الأخير.", "2024-12-03"},
		{"قبل عام، في 8 ديسمبر 2023، غادر الوزير.", "2023-12-08"},
		{"دخول أولى القوافل إلى المدينة فجر اليوم الاثنين", "2024-12-09"},
		{"بتوقيع الوزير سمير حداد أمس الأحد على العقد تبدأ مرحلة البناء.", "2024-12-08"},
		{"مغادرة البعثة يوم الجمعة الماضي أنهت الخلاف.", "2024-12-06"},
	} {
		days, _ := told(t, tt.text)
		if got := strings.Join(days, " "); got != tt.want {
			t.Errorf("%s\n got %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestPlansSpansAndNamesAreNoEvents(t *testing.T) {
	for _, text := range []string{
		"سيعقد الاجتماع في 20 ديسمبر.",
		"وفي الثامن منه أُغلق المطار.",
		"20 نوفمبر 2024: سيصل الوفد إلى المدينة.",
		"20 نوفمبر 2024: الموعد المقرر للجلسة الأولى.",
		"15 نوفمبر 2024 - المدينة الساحلية في الشتاء.",
		"دخول الشاحنات يوم الأحد مرهون بموافقة الإدارة.",
		"دخول القانون حيز التنفيذ في 20 ديسمبر يحتاج إلى مرسوم.",
		"بتوقيع العقد المقرر اليوم الاثنين تبدأ مرحلة البناء.",
		"يعقد المجلس اليوم الاثنين جلسة طارئة.",
		"ومن المقرر أن يصل الوفد يوم الجمعة.",
		"وأضاف أن القمة المقررة في 7 ديسمبر 2024 تأجلت.",
		"وقد يزور الوزير دمشق الأحد المقبل.",
		"الحرب المستمرة منذ فبراير 2022 أنهكت البلاد.",
		"بقيت القوات هناك حتى 8 ديسمبر 2024.",
		"نفذ الاتفاق بموجب قرار عام 2015.",
		"وقال إن أحداث 7 أكتوبر غيرت المنطقة.",
		"تصل الحافلات كل يوم جمعة.",
		"المركز البحري يعود إلى عام 1971.",
		"إذا سقطت المدينة الجمعة فستتغير الخريطة.",
		"هل وصل الرئيس إلى موسكو الأحد؟",
		"لم يصل أحد أمس.",
		"وسلّمت الوزارة شحنات بقيمة مليون يورو تصل في ديسمبر الجاري.",
		"في أول زيارة له منذ عامين.",
		"ينتهي العقد في 31 ديسمبر.",
		"الاجتماع المرتقب يوم السبت مهم.",
		"قال المتحدث ذلك من دون تفاصيل.",
		"عمّان، 25 نوفمبر 2024 (المنارة) - ارتفع عدد الشاحنات.",
		"اللاذقية-سانا: 3-12-2024 وصلت باخرة قمح.",
		"قتل عشرون شخصا منذ الجمعة.",
		"واليوم، وبعد سنوات، تغيرت الصورة.",
		"قال الخبير إن الوضع اليوم مختلف.",
		"التقى الرئيسان في أول قمة منذ لقاء جنيف في يونيو 2021.",
		"وصلت الرحلة الأولى منذ ست سنوات.",
		"أغلقت المدارس حتى الأحد.",
	} {
		if days, sentences := told(t, text); len(days) != 0 {
			t.Errorf("%s\n event of %s: %s", text, days, sentences)
		}
	}
}

func TestOneReportOfADayIsEnough(t *testing.T) {
	days, sentences := told(t,
		"قال المتحدث اليوم الاثنين إن الأمر قيد البحث.",
		"وأضاف المتحدث اليوم أن القرار لم يتخذ.",
		"ووصل اليوم وفد إلى العاصمة.",
	)
	if !slices.Equal(days, []string{"2024-12-09", "2024-12-09"}) || !strings.Contains(sentences[1], "وصل") {
		t.Errorf("%q %q", days, sentences)
	}
}

func TestASentenceOfSeveralDatesIsCutAtItsClauses(t *testing.T) {
	const text = "وكانت الفصائل شنت في 27 نوفمبر هجوما على المدينة، وبحلول مساء 7 ديسمبر سيطرت على حماة وحمص، وفي صباح أمس الأحد دخلت دمشق، وغادر الرئيس بشار الأسد إلى روسيا."
	days, sentences := told(t, text)
	if strings.Join(days, " ") != "2024-11-27 2024-12-07 2024-12-08" {
		t.Fatalf("%q %q", days, sentences)
	}
	want := []string{
		"وكانت الفصائل شنت في 27 نوفمبر هجوما على المدينة",
		"وبحلول مساء 7 ديسمبر سيطرت على حماة وحمص",
		"وفي صباح أمس الأحد دخلت دمشق، وغادر الرئيس بشار الأسد إلى روسيا.",
	}
	if !slices.Equal(sentences, want) {
		t.Errorf("clauses %q", sentences)
	}
	events := embedded(t).Findings("", []string{"مقدمة.", text}).Events
	if got := strings.Join(events[2].Entities, " "); got != "bashar-al-assad damascus russia" {
		t.Errorf("entities %q", got)
	}
	e := events[0]
	if e.Phrase.At.Line != 2 || !strings.HasPrefix(string([]rune(text)[e.Phrase.At.Column-1:]), e.Phrase.Text) {
		t.Errorf("place %+v of %q", e.Phrase.At, e.Phrase.Text)
	}
	if len(e.Stems) < 3 || !slices.IsSorted(e.Stems) {
		t.Errorf("stems %v", e.Stems)
	}
}

func TestTellingsOfOneEventShareTheirStems(t *testing.T) {
	m := embedded(t)
	stems := func(text string) []uint32 {
		events := m.Findings("", []string{text}).Events
		if len(events) != 1 {
			t.Fatalf("%s: %d events", text, len(events))
		}
		return events[0].Stems
	}
	a := stems("وصل الوفد الروسي إلى دمشق أمس.")
	b := stems("وكان الوفد الروسي قد وصل أمس الأحد إلى دمشق.")
	shared := 0
	for _, h := range a {
		if slices.Contains(b, h) {
			shared++
		}
	}
	if shared < 3 {
		t.Errorf("%v and %v", a, b)
	}
}

func TestHostileTextStaysCheap(t *testing.T) {
	m := embedded(t)
	for name, text := range map[string]string{
		"dates":    strings.Repeat("وصل في 9 ديسمبر 2024 ", 20_000),
		"names":    strings.Repeat("الأسد بوتين لجوء ", 50_000),
		"one word": strings.Repeat("ب", 1_000_000),
		"no space": strings.Repeat("وصل،", 100_000),
	} {
		f := m.Findings(name, []string{text})
		for _, e := range f.Events {
			if len(e.Sentence) > 4000 {
				t.Fatalf("%s: an event of %d bytes", name, len(e.Sentence))
			}
		}
		m.Segment(text)
	}
}
