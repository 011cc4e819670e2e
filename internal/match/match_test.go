package match

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"warraq/internal/archive"
	"warraq/internal/diag"
	"warraq/internal/editorial"
)

// mentioned lists the entities found in a text as "id×count".
func mentioned(f Findings) string {
	var out []string
	for _, m := range f.Mentions {
		s := fmt.Sprintf("%s×%d", m.ID, m.Count)
		if m.InTitle {
			s += "!"
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

func TestNamesAreFoundBehindParticlesAndNowhereElse(t *testing.T) {
	m := embedded(t)
	for _, tt := range []struct{ text, want string }{
		{"تحدث الرئيس إلى نظيره وبوتين عن الأمر", "putin×1"},
		{"سافر الوفد لروسيا وبروسيا وكروسيا فروسيا", "russia×4"},
		{"مصدر بالكرملين وللكرملين والكرملين وبالكرملين", "kremlin×4"},
		{"فلادیمیر بوتین في موسکو", "moscow×1 putin×1"},
		{"بــوتين وبُوتِين", "putin×2"},
		{"كان بوتينياً في تفكيره وروسياته كثيرة", ""},
		{"الروسي والسورية والأمريكيون", ""},
		{"الولايات المتحدة الأمريكية والولايات المتحدة وبالولايات المتحدة", "united-states×3"},
		{"دول أمريكا اللاتينية", "latin-america×1"},
		{"تخرج في الجامعة الأمريكية ببيروت", "american-university×1 beirut×1"},
		{"وزارة الخارجية الروسية نفت", "russian-foreign-ministry×1"},
		{"وزارة الخارجية، الروسية نفت", ""},
		{"التقى «فلاديمير» بوتين", "putin×1"},
		{"قاعدة حميميم الجوية", "hmeimim×1"},
		{"رأينا الأسد في حديقة الحيوان", ""},
		{"وصل الأسد إلى موسكو", "bashar-al-assad×1 moscow×1"},
		{"رفعت الأسد في دمشق", "damascus×1"},
		{"ماهر الأسد في دمشق", "damascus×1 maher-al-assad×1"},
		{"الحكم في الشرع واضح", ""},
		{"التقى الشرع وفدا في دمشق", "al-sharaa×1 damascus×1"},
		{"نقلت قناة القاهرة الإخبارية", ""},
		{"زار القاهرة", "cairo×1"},
		{"القنابل تدمر المدن السورية", ""},
		{"في مدينة تدمر", "palmyra×1"},
		{"قال ترامب وترمب", "trump×2"},
		{"في سورية ولسورية، وتركيا وسورية", "syria×3 turkey×1"},
		{"طائرات روسية وسورية فوق قرية سورية", ""},
		{"حضرت إيفانكا ترامب", ""},
	} {
		if got := mentioned(m.Findings("", []string{tt.text})); got != tt.want {
			t.Errorf("%s\n got  %s\n want %s", tt.text, got, tt.want)
		}
	}
}

func TestMentionsAreCountedAndTheTitleNoted(t *testing.T) {
	f := embedded(t).Findings("بوتين في دمشق", []string{"وصل بوتين.", "وعاد بوتين من دمشق إلى موسكو."})
	if got := mentioned(f); got != "putin×3! damascus×2! moscow×1" {
		t.Error(got)
	}
}

// rules compiles one theme with rules of its own.
func rules(t *testing.T, r editorial.Rules) *Matcher {
	t.Helper()
	if r.Threshold == 0 {
		r.Threshold = 1
	}
	ed := &editorial.Editorial{
		Themes: []editorial.Theme{{Slug: "x", Path: "themes/x/_index.md", Title: "س", Match: r}},
		Entities: []editorial.Entity{
			{ID: "putin", Name: "فلاديمير بوتين", Aliases: []string{"بوتين"}, Kind: archive.Person},
			{ID: "russia", Name: "روسيا", Kind: archive.Place},
		},
	}
	m, problems := Compile(ed)
	if len(problems) != 0 {
		t.Fatal(problems)
	}
	return m
}

func TestRulesScoreTermsAndPairs(t *testing.T) {
	term := func(text string, weight float64) editorial.Term { return editorial.Term{Text: text, Weight: weight} }
	for _, tt := range []struct {
		name  string
		rules editorial.Rules
		title string
		body  []string
		score float32 // 0: not a member
	}{
		{"a word by its stem", editorial.Rules{Any: []editorial.Term{term("لجوء", 1)}}, "", []string{"طلب اللجوء وباللجوء"}, 1},
		{"once, however often", editorial.Rules{Any: []editorial.Term{term("لجوء", 1)}}, "", []string{"لجوء لجوء", "لجوء"}, 1},
		{"twice with the title", editorial.Rules{Any: []editorial.Term{term("لجوء", 1.5)}}, "حق اللجوء", []string{"كلام"}, 3},
		{"exactly this form", editorial.Rules{Any: []editorial.Term{term("=لاجئا", 1)}}, "", []string{"عودة اللاجئين ولاجئين"}, 0},
		{"this form behind a particle", editorial.Rules{Any: []editorial.Term{term("=لاجئا سياسيا", 1)}}, "", []string{"صار ولاجئاً سياسياً"}, 1},
		{"a phrase side by side", editorial.Rules{Any: []editorial.Term{term("قاعدة بحرية", 1)}}, "", []string{"قاعدة روسية بحرية"}, 0},
		{"a phrase behind a particle", editorial.Rules{Any: []editorial.Term{term("قاعدة بحرية", 1)}}, "", []string{"وقاعدة بحرية"}, 1},
		{"no phrase over a comma", editorial.Rules{Any: []editorial.Term{term("قاعدة بحرية", 1)}}, "", []string{"هذه قاعدة، بحرية مطلقة"}, 0},
		{"either", editorial.Rules{Any: []editorial.Term{term("ميناء | مرفأ", 1)}}, "", []string{"في المرفأ"}, 1},
		{"an entity", editorial.Rules{Any: []editorial.Term{term("@putin", 1)}}, "", []string{"قال بوتين"}, 1},
		{"with and without particle", editorial.Rules{Any: []editorial.Term{term("الأسرة وعائلته", 1), term("عائلة كبيرة", 2)}}, "", []string{"وعائلة كبيرة"}, 2},
		{"below the threshold", editorial.Rules{Threshold: 2, Any: []editorial.Term{term("لجوء", 1)}}, "", []string{"لجوء"}, 0},
		{"all", editorial.Rules{All: []string{"@putin", "لجوء"}, Any: []editorial.Term{term("لجوء", 1)}}, "", []string{"لجوء"}, 0},
		{"all there", editorial.Rules{All: []string{"@putin", "لجوء"}, Any: []editorial.Term{term("لجوء", 1)}}, "", []string{"لجوء", "بوتين"}, 1},
		{"none", editorial.Rules{None: []string{"كأس العالم"}, Any: []editorial.Term{term("قاعدة", 1)}}, "", []string{"قاعدة كأس العالم"}, 0},
		{"near", editorial.Rules{Near: []editorial.Near{{A: []string{"سفينة"}, B: []string{"@russia"}, Within: 2, Weight: 1}}}, "", []string{"سفينة حربية كبيرة لروسيا"}, 1},
		{"near, other way round", editorial.Rules{Near: []editorial.Near{{A: []string{"سفينة"}, B: []string{"@russia"}, Within: 2, Weight: 1}}}, "", []string{"روسيا ترسل السفينة"}, 1},
		{"too far", editorial.Rules{Near: []editorial.Near{{A: []string{"سفينة"}, B: []string{"@russia"}, Within: 2, Weight: 1}}}, "", []string{"سفينة حربية كبيرة جدا لروسيا"}, 0},
		{"not over paragraphs", editorial.Rules{Near: []editorial.Near{{A: []string{"سفينة"}, B: []string{"@russia"}, Within: 5, Weight: 1}}}, "", []string{"سفينة", "روسيا"}, 0},
		{"near in the title", editorial.Rules{Near: []editorial.Near{{A: []string{"سفينة"}, B: []string{"@russia"}, Within: 5, Weight: 1}}}, "سفينة روسيا", []string{"كلام"}, 2},
		{"counter-evidence", editorial.Rules{Any: []editorial.Term{term("لجوء", 2), term("رياضة", -1.5)}}, "", []string{"لجوء الرياضة"}, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			themes := rules(t, tt.rules).Findings(tt.title, tt.body).Themes
			switch {
			case tt.score == 0 && len(themes) != 0:
				t.Errorf("a member: %+v", themes)
			case tt.score != 0 && (len(themes) != 1 || themes[0].Score != tt.score || len(themes[0].Evidence) == 0):
				t.Errorf("want %g, got %+v", tt.score, themes)
			}
		})
	}
}

func TestThemesKeepToTheirSubject(t *testing.T) {
	m := embedded(t)
	for _, tt := range []struct {
		title string
		body  []string
		want  string
	}{
		{"موسكو تستضيف معرض الكتاب", []string{"افتتح في موسكو معرض للكتاب بمشاركة ناشرين من سوريا."}, ""},
		{"بوتين يزور بكين", []string{"بحث الرئيس الروسي في الصين مشاريع الغاز، وتطرق إلى لجوء آلاف السوريين إلى أوروبا."}, ""},
		{"روسيا تنظم مؤتمرا لعودة اللاجئين", []string{"دعا بشار الأسد اللاجئين إلى العودة، وعقدت روسيا مؤتمرا للاجئين في دمشق."}, ""},
		{"ألمانيا تعلق طلبات لجوء السوريين", []string{"علقت برلين النظر في طلبات لجوء السوريين بعد سقوط بشار الأسد وفراره إلى روسيا."}, ""},
		{"سفن روسية تغادر طرطوس", []string{"أظهرت صور أن سفنا روسية تغادر القاعدة البحرية في طرطوس نحو ليبيا."}, "russian-bases"},
		{"روسيا تبقي قاعدتيها في سوريا", []string{"قال مسؤول روسي إن القاعدة الجوية الروسية في حميميم ومركز طرطوس سيبقيان."}, "russian-bases"},
		{"روسيا تمنح الأسد حق اللجوء", []string{"أعلنت موسكو منح بشار الأسد وعائلته حق اللجوء لأسباب إنسانية."}, "assad-asylum"},
		{"اتصال هاتفي بين بوتين وترامب", []string{"بحث الرئيسان العلاقات الروسية الأمريكية والمحادثات بين موسكو وواشنطن."}, "russia-us"},
	} {
		var got []string
		for _, th := range m.Findings(tt.title, tt.body).Themes {
			got = append(got, th.Slug)
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: %v, want %q", tt.title, got, tt.want)
		}
	}
}

func TestCompileReportsRulesThatCannotMatch(t *testing.T) {
	_, problems := Compile(&editorial.Editorial{
		Entities: []editorial.Entity{{ID: "putin", Name: "بوتين", Kind: archive.Person}},
		Themes: []editorial.Theme{{Slug: "x", Path: "themes/x/_index.md", Match: editorial.Rules{
			All: []string{"@putn"}, Any: []editorial.Term{{Text: "«»", Weight: 1}},
		}}},
	})
	var codes []diag.Code
	for _, p := range problems {
		codes = append(codes, p.Code)
		if p.Path != "themes/x/_index.md" || p.Remedy == "" {
			t.Errorf("%+v", p)
		}
	}
	if !slices.Equal(codes, []diag.Code{diag.EditorialUnknownEntity, diag.EditorialEmptyTerm}) || !strings.Contains(problems[0].Remedy, `"putin"`) {
		t.Errorf("problems %v", problems)
	}
}

func TestOneMatcherServesManyGoroutines(t *testing.T) {
	m := embedded(t)
	title, body := "بوتين في دمشق", []string{"قال الكرملين أمس إن القواعد الروسية في طرطوس باقية.", "وكان بشار الأسد لجأ إلى موسكو."}
	want := m.Findings(title, body)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i := range 50 {
				m.Findings(strings.Repeat("كلام آخر ", i), []string{"عن روسيا"})
				if got := m.Findings(title, body); !reflect.DeepEqual(got, want) {
					t.Errorf("got %+v, want %+v", got, want)
					return
				}
			}
		})
	}
	wg.Wait()
}

func FuzzFindings(f *testing.F) {
	m := embedded(f)
	f.Add("عنوان", "قال الكرملين أمس الأحد إن بوتين وصل في 9 ديسمبر إلى سوريا.")
	f.Add("", "وفي 8 ديسمبر، وبحلول 3/1/2024، سقط")
	f.Add("\xff\xfe", "بو\xd9تين، \u202eأمس 12")
	f.Fuzz(func(t *testing.T, title, body string) {
		paragraphs := strings.Split(body, "\n")
		a := m.Findings(title, paragraphs)
		if b := m.Findings(title, paragraphs); !reflect.DeepEqual(a, b) {
			t.Fatal("not the same twice")
		}
		for _, e := range a.Events {
			p := paragraphs[e.Phrase.At.Line-1]
			if !strings.Contains(p, e.Sentence) || !strings.Contains(e.Sentence, e.Phrase.Text) {
				t.Errorf("event %+v is not in %q", e, p)
			}
		}
		if int(a.Shingles) < len(a.Sketch) || !slices.IsSorted(a.Sketch) {
			t.Errorf("sketch %v of %d shingles", a.Sketch, a.Shingles)
		}
	})
}
