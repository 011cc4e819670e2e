package match

import (
	"slices"
	"strings"
	"testing"

	"warraq/internal/editorial"
)

func embedded(t testing.TB) *Matcher {
	t.Helper()
	m, problems := Compile(editorial.Embedded())
	for _, p := range problems {
		t.Error(p.Error())
	}
	return m
}

func TestKeywordsThatLostTheirSeparatorsArePartedAgain(t *testing.T) {
	m := embedded(t)
	for _, tt := range []struct{ run, want string }{
		{"موسكو دمشق الأزمة الأوكرانية دونالد ترامب الرئيس الأمريكي الحكومة السورية إن دمشق من موسکو", "موسكو|دمشق|الأزمة الأوكرانية|دونالد ترامب|الرئيس الأمريكي|الحكومة السورية"},
		{"لافروف أردوغان سوريا وتركيا سوريا", "لافروف|أردوغان|سوريا|تركيا"},
		{"القواعد العسكرية الروسية طرطوس الروسية السورية", "القواعد العسكرية الروسية|طرطوس"},
		{"وزارة الخارجية الألمانية وزير خارجية ألمانيا برلين", "وزارة الخارجية الألمانية|وزير خارجية ألمانيا|برلين"},
		{"حرب أوكرانيا عقوبات أمريكية النفط بشار الأسد", "حرب أوكرانيا|عقوبات أمريكية|النفط|بشار الأسد"},
		{"في ظل على أن قال الروسي روسية", ""},
		{"الرئيس بوتين للكرملين بسوريا", "بوتين|الكرملين|سوريا"},
		{"نفط، غاز، خط أنابيب", "نفط|غاز|خط أنابيب"},
		{"محمد القحطاني مجلس الأمن الدولي حق اللجوء", "محمد القحطاني|مجلس الأمن الدولي|حق اللجوء"},
		{"الوكالة الدولية للطاقة الذرية شركة سامسونغ خام دبي", "الوكالة الدولية للطاقة الذرية|شركة سامسونغ|خام دبي"},
		{"الدوري الإسباني قوات الدعم السريع حميدتي الخرطوم", "الدوري الإسباني|قوات الدعم السريع|حميدتي|الخرطوم"},
		{"خاركيف زيلينسكي نواف سلام", "خاركيف|زيلينسكي|نواف سلام"},
		{"", ""},
	} {
		if got := strings.Join(m.Segment(tt.run), "|"); got != tt.want {
			t.Errorf("%s\n got  %s\n want %s", tt.run, got, tt.want)
		}
	}
}

func TestTagsFoldSpellingsAndRefuseJunk(t *testing.T) {
	m := embedded(t)
	for _, tt := range []struct{ name, key, entity string }{
		{"بوتين", "putin", "putin"},
		{"فلادیمیر بوتین", "putin", "putin"},
		{"#بشار_الأسد", "bashar-al-assad", "bashar-al-assad"},
		{"الاسد", "bashar-al-assad", "bashar-al-assad"},
		{"أميركا", "united-states", "united-states"},
		{"أمريكا اللاتينية", "latin-america", "latin-america"},
		{"الرئيس ترمب", "trump", "trump"},
		{"الأزمةُ السوريّة", "الازمه السوريه", ""},
		{"الأزمة السورية", "الازمه السوريه", ""},
		{"العلاقات الروسية الأميركية", "العلاقات الروسيه الامريكيه", ""},
		{"NATO", "nato", ""},
		{"حرية", "حريه", ""},
		{"أن روسیا", "", ""},
		{"في سوريا", "", ""},
		{"من", "", ""},
		{"الروسي", "", ""},
		{"روسية", "", ""},
		{"أخبار", "", ""},
		{"2024", "", ""},
		{"الاثنين", "", ""},
		{"يعلن", "", ""},
		{"«»", "", ""},
		{"", "", ""},
		{"قال المتحدث إن الاجتماع الذي عقد أمس لم يناقش هذا الموضوع", "", ""},
	} {
		key, entity, ok := m.Tag(tt.name)
		if key != tt.key || entity != tt.entity || ok != (tt.key != "") {
			t.Errorf("%q: key %q entity %q ok %t, want %q %q", tt.name, key, entity, ok, tt.key, tt.entity)
		}
	}
}

func FuzzSegment(f *testing.F) {
	f.Add("موسكو دمشق الأزمة الأوكرانية")
	f.Add("وزير خارجية")
	f.Add("محمد بن")
	m := embedded(f)
	f.Fuzz(func(t *testing.T, run string) {
		parts := m.Segment(run)
		for _, p := range parts {
			if _, _, ok := m.Tag(p); !ok {
				t.Errorf("%q of %q is no tag", p, run)
			}
		}
		if !slices.Equal(parts, m.Segment(run)) {
			t.Error("not the same twice")
		}
	})
}
