package assemble

import (
	"errors"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"warraq/internal/archive"
	"warraq/internal/civil"
	"warraq/internal/dates"
	"warraq/internal/diag"
	"warraq/internal/editorial"
	"warraq/internal/match"
)

// story is a draft of a text with paragraphs in the tests' own words.
type story struct {
	archive.Draft
	paragraphs []string
}

// shelfOf collects stories and gives their bodies back.
type shelfOf struct{ stories []*story }

func (s *shelfOf) add(path string, role archive.Role, title string, paragraphs ...string) *story {
	st := &story{paragraphs: paragraphs}
	st.Title, st.AutoID = title, strings.TrimSuffix(strings.TrimPrefix(path, "articles/"), ".md")
	st.Origin = archive.Origin{Path: path, Line: 1, Ordinal: 1, Role: role}
	m, _ := match.Compile(&editorial.Editorial{})
	f := m.Findings(title, paragraphs)
	st.Sketch, st.Shingles, st.ExactHash, st.Words = f.Sketch, f.Shingles, f.ExactHash, f.Words
	st.Body = archive.BodyRef{Path: path}
	st.Body.Hash = f.ExactHash
	s.stories = append(s.stories, st)
	return st
}

func (s *shelfOf) Body(ref archive.BodyRef) (archive.Body, error) {
	for _, st := range s.stories {
		if st.Body.Path == ref.Path {
			return archive.Body{Paragraphs: st.paragraphs}, nil
		}
	}
	return archive.Body{}, errors.New("no such body")
}

func (s *shelfOf) assemble(t *testing.T, ed *editorial.Editorial) (*archive.Archive, []diag.Problem) {
	t.Helper()
	in := Input{Editorial: ed, Site: site(), Build: day("2026-01-01"), Bodies: s}
	for _, st := range s.stories {
		in.Drafts = append(in.Drafts, &st.Draft)
	}
	a, problems := Assemble(in)
	if err := archive.Check(a); err != nil {
		t.Fatal(err)
	}
	return a, problems
}

func day(s string) civil.Date {
	d, err := civil.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func stated(s string) archive.DatePhrase {
	return archive.DatePhrase{Phrase: dates.Phrase{Kind: dates.Absolute, Date: day(s), Clock: -1}, Text: s}
}

func (s *story) on(date string) *story {
	s.Published = append(s.Published, stated(date))
	return s
}

func (s *story) today(w time.Weekday, text string) *story {
	s.Relative = append(s.Relative, archive.DatePhrase{Phrase: dates.Phrase{Kind: dates.Weekday, HasWeekday: true, Weekday: w, Today: true, Clock: -1}, Text: text})
	return s
}

func article(t *testing.T, a *archive.Archive, id string) *archive.Article {
	t.Helper()
	for i := range a.Articles {
		if a.Articles[i].ID == id {
			return &a.Articles[i]
		}
	}
	t.Fatalf("no article %s", id)
	return nil
}

func has(problems []diag.Problem, code diag.Code) bool {
	return slices.ContainsFunc(problems, func(p diag.Problem) bool { return p.Code == code })
}

var harbour = []string{
	"غادرت سفينتا شحن ميناء المدينة الساحلية صباح اليوم محملتين بمعدات ثقيلة كانت مخزنة في القاعدة منذ سنوات طويلة.",
	"وأفاد عامل في الميناء بأن الرافعات ظلت تعمل طوال الليل دون توقف، وأن حركة الشاحنات لم تهدأ حتى ساعات الفجر الأولى.",
	"ولم تصدر عن الجهات الرسمية أي توضيحات بشأن وجهة السفن أو طبيعة الحمولة التي نقلت على متنها خلال الأيام الماضية.",
	"ويرى مراقبون أن ما يجري إعادة انتشار محدودة لا انسحاب كامل، وأن القرار النهائي ينتظر مفاوضات لم يعلن موعدها بعد.",
}

var bread = []string{
	"شكا سكان الأحياء الشرقية من طوابير طويلة أمام المخابز بعد تأخر وصول الطحين ثلاثة أيام متتالية بسبب عطل في المطحنة.",
	"ووعدت مديرية التموين بعودة التوزيع إلى طبيعته مع نهاية الأسبوع بعد إصلاح العطل وتأمين كميات إضافية من المستودعات.",
}

func TestAnEmptyInputGivesAnEmptyArchive(t *testing.T) {
	a, problems := (&shelfOf{}).assemble(t, nil)
	if len(a.Articles) != 0 || len(problems) != 0 {
		t.Fatalf("%d articles, problems %v", len(a.Articles), problems)
	}
}

func TestAnExactCopyIsOneArticleWithTwoOrigins(t *testing.T) {
	var s shelfOf
	s.add("clippings/a.txt", archive.Main, "سفن تغادر", harbour...).on("2025-02-03")
	s.add("clippings/b.txt", archive.RelatedArticle, "السفن تغادر الميناء", harbour...)
	s.add("clippings/c.txt", archive.Main, "أزمة خبز", bread...).on("2025-02-03")
	a, problems := s.assemble(t, nil)
	if len(a.Articles) != 2 {
		t.Fatalf("%d articles", len(a.Articles))
	}
	x := article(t, a, "clippings/a.txt")
	if len(x.Origins) != 2 || len(x.Versions) != 0 || x.Date.Value != day("2025-02-03") {
		t.Errorf("origins %v, versions %v, date %v", x.Origins, x.Versions, x.Date)
	}
	want := []archive.Redirect{{From: "/articles/clippings/b.txt/", To: "/articles/clippings/a.txt/", Origin: "clippings/b.txt"}}
	if !reflect.DeepEqual(a.Redirects, want) {
		t.Errorf("redirects %v", a.Redirects)
	}
	if !has(problems, diag.CopyFolded) {
		t.Errorf("nothing said of the copy: %v", problems)
	}
}

func TestANearDuplicateBecomesAVersion(t *testing.T) {
	var s shelfOf
	s.add("clippings/a.txt", archive.Main, "سفن تغادر", harbour...).on("2025-02-03")
	shorter := slices.Clone(harbour)
	shorter[3] = "ويرى مراقبون أن ما يجري إعادة انتشار محدودة."
	s.add("clippings/b.txt", archive.Main, "سفن تغادر الميناء", shorter...).on("2025-02-04")
	a, problems := s.assemble(t, nil)
	x := article(t, a, "clippings/a.txt")
	if len(a.Articles) != 1 || len(x.Versions) != 1 || x.Versions[0].ID != "clippings/b.txt" || x.Versions[0].Containment < nearDuplicate {
		t.Fatalf("%d articles, versions %+v", len(a.Articles), x.Versions)
	}
	if !has(problems, diag.VersionFolded) {
		t.Error("nothing said of the version")
	}
}

func TestSharedWireKeepsBothAndLinksThem(t *testing.T) {
	var s shelfOf
	s.add("clippings/a.txt", archive.Main, "سفن تغادر", append(slices.Clone(harbour[:3]),
		"وقال مراسلنا إن صيادين شاهدوا زورقين للحراسة يرافقان السفينتين حتى خرجتا من المياه القريبة واختفتا عن الأنظار.")...).on("2025-02-03")
	s.add("clippings/b.txt", archive.Main, "حركة غير معتادة في الميناء", append(slices.Clone(harbour[:3]),
		"ونشرت شركة متخصصة صورا فضائية تظهر رصيفا خاليا بعد أسبوعين من صور سابقة ظهرت فيها عشرات الحاويات المصطفة هناك.")...).on("2025-02-03")
	a, _ := s.assemble(t, nil)
	if len(a.Articles) != 2 {
		t.Fatalf("%d articles", len(a.Articles))
	}
	for i := range a.Articles {
		r := a.Articles[i].Relations
		if len(r) == 0 || r[0].Kind != archive.SharedWire || r[0].Article != archive.ArticleIndex(1-i) || r[0].Containment < sharedWire {
			t.Errorf("article %d: relations %+v", i, r)
		}
	}
}

func TestDifferentTextsOnOneEventStayApart(t *testing.T) {
	var s shelfOf
	s.add("clippings/a.txt", archive.Main, "سفن تغادر", harbour...).on("2025-02-03")
	s.add("clippings/b.txt", archive.Main, "سفن تغادر", "أبحرت سفينتان من الميناء فجرا وعلى متنهما معدات كانت في القاعدة، حسبما قال شهود من أهالي المدينة للصحيفة مساء أمس.").on("2025-02-03")
	a, _ := s.assemble(t, nil)
	if len(a.Articles) != 2 || a.Redirects != nil {
		t.Fatalf("%d articles, %v", len(a.Articles), a.Redirects)
	}
}

func TestAShortTextUnderTwoTitlesIsTwoArticles(t *testing.T) {
	var s shelfOf
	s.add("clippings/a.txt", archive.Main, "انقطاع الكهرباء عن الميناء", "التفاصيل بعد قليل.")
	s.add("clippings/b.txt", archive.Main, "عودة السفن إلى الميناء", "التفاصيل بعد قليل.")
	s.add("clippings/c.txt", archive.Main, "عودة السفن إلى الميناء", "التفاصيل بعد قليل.")
	a, _ := s.assemble(t, nil)
	if len(a.Articles) != 2 {
		t.Fatalf("%d articles", len(a.Articles))
	}
}

func TestDecisionsOverrideCopies(t *testing.T) {
	var s shelfOf
	s.add("clippings/a.txt", archive.Main, "سفن تغادر", harbour...).on("2025-02-03")
	s.add("clippings/b.txt", archive.Main, "السفن", harbour...).on("2025-02-05")
	s.add("clippings/c.txt", archive.Main, "أزمة خبز", bread...).on("2025-02-04")
	s.add("clippings/d.txt", archive.Main, "الطوابير تطول", bread[0]).on("2025-02-04")
	ed := decisions(editorial.Decision{ID: "clippings/b.txt", NotSameAs: []string{"clippings/a.txt"}})
	a, _ := s.assemble(t, ed)
	if x := article(t, a, "clippings/b.txt"); x.Relations[0].Kind != archive.VersionOf || x.Relations[0].Containment != 1 {
		t.Errorf("kept apart, but related as %+v", x.Relations)
	}
	ed = decisions(editorial.Decision{ID: "clippings/a.txt", SameAs: []string{"clippings/c.txt"}})
	a, _ = s.assemble(t, ed)
	if x := article(t, a, "clippings/a.txt"); len(x.Versions) < 1 {
		t.Errorf("not folded: %+v", x)
	}
}

func TestADecisionAboutACopyHoldsForThePage(t *testing.T) {
	var s shelfOf
	s.add("clippings/a.txt", archive.Main, "سفن تغادر", harbour...)
	s.add("clippings/b.txt", archive.Main, "السفن", harbour...)
	title := "سفينتان تغادران الميناء"
	a, _ := s.assemble(t, decisions(editorial.Decision{ID: "clippings/b.txt", Title: &title}))
	if x := article(t, a, "clippings/a.txt"); x.Title != title {
		t.Errorf("%q", x.Title)
	}
}

func TestAClippingOfTheFutureIsLeftOutWithAWarning(t *testing.T) {
	var s shelfOf
	s.add("clippings/a.txt", archive.Main, "سفن تغادر", harbour...).on("2052-02-03")
	a, problems := s.assemble(t, nil)
	if len(a.Articles) != 0 || len(problems) != 1 || problems[0].Severity != diag.Warning || !strings.Contains(problems[0].Remedy, "date:") {
		t.Errorf("%d articles, %v", len(a.Articles), problems)
	}
}

func TestAnIDThatIsNoPathIsRefused(t *testing.T) {
	var s shelfOf
	s.add("articles/a.md", archive.Markdown, "سفن تغادر", harbour...).on("2025-02-03").ID = "../outside"
	if _, problems := s.assemble(t, nil); !has(problems, diag.BadID) {
		t.Errorf("%v", problems)
	}
}

func decisions(list ...editorial.Decision) *editorial.Editorial {
	ed := &editorial.Editorial{Decisions: editorial.Decisions{ByID: map[string]editorial.Decision{}, Path: "decisions.yaml"}}
	ed.Decisions.Places = editorial.Places{}
	for i, d := range list {
		ed.Decisions.ByID[d.ID] = d
		ed.Decisions.Places[d.ID] = diag.Position{Path: "decisions.yaml", Line: i + 1, Column: 9}
	}
	return ed
}

func TestWithdrawingTakesTheCopiesToo(t *testing.T) {
	var s shelfOf
	s.add("clippings/a.txt", archive.Main, "سفن تغادر", harbour...)
	s.add("clippings/b.txt", archive.Main, "السفن", harbour...).on("2025-02-05")
	a, _ := s.assemble(t, decisions(editorial.Decision{ID: "clippings/a.txt", Withdrawn: "طلب من الجهة الناشرة"}))
	if len(a.Articles) != 0 || len(a.Tombstones) != 1 || a.Tombstones[0].ID != "clippings/a.txt" || len(a.Redirects) != 1 {
		t.Fatalf("articles %d, tombstones %v, redirects %v", len(a.Articles), a.Tombstones, a.Redirects)
	}
}

func TestADecisionForAnUnknownIDNamesNearOnes(t *testing.T) {
	var s shelfOf
	s.add("articles/harbour-ships.md", archive.Markdown, "سفن تغادر", harbour...).on("2025-02-03")
	_, problems := s.assemble(t, decisions(editorial.Decision{ID: "harbor-ships", Drop: true}))
	i := slices.IndexFunc(problems, func(p diag.Problem) bool { return p.Code == diag.DecisionUnknown })
	if i < 0 || !strings.Contains(problems[i].Remedy, "harbour-ships") || problems[i].Line != 1 {
		t.Fatalf("%v", problems)
	}
}

func TestTwoPagesForOnePathIsAnErrorNamingBoth(t *testing.T) {
	var s shelfOf
	s.add("articles/a.md", archive.Markdown, "سفن تغادر", harbour...).ID = "ships"
	s.add("articles/b.md", archive.Markdown, "خبز", bread...).ID = "ships"
	_, problems := s.assemble(t, nil)
	i := slices.IndexFunc(problems, func(p diag.Problem) bool { return p.Severity == diag.Error })
	if has(problems, diag.VersionFolded) {
		t.Error("a clash was also called a version")
	}
	if i < 0 || !strings.Contains(problems[i].Message, "articles/a.md") || !strings.Contains(problems[i].Message, "articles/b.md") {
		t.Fatalf("%v", problems)
	}
}

func TestImportedMarkdownReplacesItsClipping(t *testing.T) {
	var s shelfOf
	s.add("clippings/a.txt", archive.Main, "سفن تغادر", harbour...).AutoID = "k2k2k2k2k2k2"
	s.add("articles/ships.md", archive.Markdown, "سفن تغادر الميناء", harbour[0]).ID = "k2k2k2k2k2k2"
	a, problems := s.assemble(t, nil)
	if len(a.Articles) != 1 || a.Articles[0].Origins[0].Role != archive.Markdown || len(a.Articles[0].Origins) != 2 {
		t.Fatalf("%+v", a.Articles)
	}
	if slices.ContainsFunc(problems, func(p diag.Problem) bool { return p.Severity == diag.Error }) {
		t.Fatal(problems)
	}
	s.stories[1].Draft.Draft = true
	if a, _ = s.assemble(t, nil); len(a.Articles) != 0 {
		t.Fatal("a clipping came up in the stead of its Markdown that is a draft")
	}
}

func TestPublishingRules(t *testing.T) {
	for name, c := range map[string]struct {
		set   func(*story)
		shown bool
	}{
		"plain":         {func(*story) {}, true},
		"draft":         {func(s *story) { s.Draft.Draft = true }, false},
		"future":        {func(s *story) { s.Published[0] = stated("2026-01-02") }, false},
		"today":         {func(s *story) { s.Published[0] = stated("2026-01-01") }, true},
		"publish later": {func(s *story) { s.Publish = day("2026-03-01") }, false},
		"expired":       {func(s *story) { s.Expiry = day("2026-01-01") }, false},
		"expires later": {func(s *story) { s.Expiry = day("2026-01-02") }, true},
	} {
		t.Run(name, func(t *testing.T) {
			var s shelfOf
			c.set(s.add("articles/a.md", archive.Markdown, "سفن تغادر", harbour...).on("2025-02-03"))
			a, problems := s.assemble(t, nil)
			if (len(a.Articles) == 1) != c.shown || has(problems, diag.Unpublished) == c.shown {
				t.Fatalf("%d articles, %v", len(a.Articles), problems)
			}
		})
	}
}

func TestDatesAreInferredFromSharedWireAndWeekday(t *testing.T) {
	var s shelfOf
	own := "وقال مراسلنا إن صيادين شاهدوا زورقين للحراسة يرافقان السفينتين حتى خرجتا من المياه القريبة واختفتا عن الأنظار."
	s.add("clippings/a.txt", archive.Main, "سفن تغادر", harbour...).on("2025-02-03") // Monday
	s.add("clippings/b.txt", archive.Main, "حركة في الميناء", harbour[0], harbour[1], own).today(time.Tuesday, "اليوم الثلاثاء")
	s.add("clippings/c.txt", archive.Main, "أزمة خبز", bread...).today(time.Tuesday, "اليوم الثلاثاء")
	a, problems := s.assemble(t, nil)
	b := article(t, a, "clippings/b.txt")
	if b.Date.Value != day("2025-02-04") || b.Date.Kind != archive.DateInferred || b.Date.Confidence < 0.6 || !strings.Contains(b.Date.Evidence, "اليوم الثلاثاء") {
		t.Errorf("inferred %+v", b.Date)
	}
	if c := article(t, a, "clippings/c.txt"); c.Date.Kind != archive.DateUnknown || a.Undated != 1 {
		t.Errorf("a weekday alone gave %+v", c.Date)
	}
	if !has(problems, diag.DateInferred) || !has(problems, diag.DateUnknown) {
		t.Error(problems)
	}
}

func TestATeaserNarrowsButDoesNotState(t *testing.T) {
	var s shelfOf
	x := s.add("clippings/a.txt", archive.RelatedArticle, "أزمة خبز", bread...)
	teaser := stated("2025-05-01") // Thursday
	teaser.Teaser = true
	x.Relative = append(x.Relative, teaser)
	a, _ := s.assemble(t, nil)
	if d := a.Articles[0].Date; d.Kind != archive.DateUnknown {
		t.Errorf("a teaser alone stated %+v", d)
	}
	x.today(time.Saturday, "اليوم السبت")
	a, _ = s.assemble(t, nil)
	if d := a.Articles[0].Date; d.Value != day("2025-05-03") || d.Kind != archive.DateInferred {
		t.Errorf("teaser and weekday gave %+v", d)
	}
}

func TestYesterdaysWholeDateGivesTheDay(t *testing.T) {
	var s shelfOf
	x := s.add("clippings/a.txt", archive.Main, "أزمة خبز", bread...).today(time.Saturday, "اليوم السبت")
	e := stated("2025-05-02")
	e.Text = "مساء أمس الجمعة 2 مايو 2025"
	x.Events = append(x.Events, archive.DraftEvent{Phrase: e, Sentence: "وتعطلت المطحنة مساء أمس الجمعة 2 مايو 2025"})
	a, _ := s.assemble(t, nil)
	if d := a.Articles[0].Date; d.Value != day("2025-05-03") || d.Kind != archive.DateInferred {
		t.Errorf("%+v", d)
	}
}

func TestAMachinesDateIsADayOfTheSitesZone(t *testing.T) {
	p := stated("2025-02-03")
	p.Phrase.Clock, p.Phrase.Zone = 23*60+30, "GMT"
	d := statedDate(&archive.Draft{Published: []archive.DatePhrase{p}}, time.FixedZone("Damascus", 3*3600), &reporter{})
	if d.Value != day("2025-02-04") || d.Clock != 2*60+30 {
		t.Errorf("%+v", d)
	}
}

func TestConflictingDatesAreReported(t *testing.T) {
	var s shelfOf
	s.add("clippings/a.txt", archive.Main, "أزمة خبز", bread...).on("2025-02-03").today(time.Thursday, "اليوم الخميس")
	s.add("clippings/b.txt", archive.Main, "سفن", harbour...).on("2025-02-03").on("2025-02-09")
	_, problems := s.assemble(t, nil)
	n := 0
	for _, p := range problems {
		if p.Code == diag.DateConflict {
			n++
		}
	}
	if n != 2 {
		t.Fatalf("%d conflicts: %v", n, problems)
	}
}

func TestOneEventToldTwiceIsOneEntry(t *testing.T) {
	var s shelfOf
	tell := func(x *story, date, sentence string) {
		x.Events = append(x.Events, archive.DraftEvent{Phrase: stated(date), Sentence: sentence})
	}
	x := s.add("clippings/a.txt", archive.Main, "سفن تغادر", harbour...).on("2025-02-10")
	x.SourceName = "صحيفة المرفأ"
	tell(x, "2025-02-03", "وغادرت السفينة الأولى الميناء محملة بالمعدات في 3 فبراير 2025")
	tell(x, "2025-12-03", "ومن المقرر أن يعود الوفد في 3 ديسمبر 2025")
	y := s.add("clippings/b.txt", archive.Main, "أزمة خبز", bread...).on("2025-02-11")
	y.SourceName = "وكالة الشرق"
	tell(y, "2025-02-03", "وكانت السفينة الأولى غادرت الميناء وهي محملة بمعدات عسكرية في 3 فبراير 2025")
	tell(y, "2025-02-03", "وتوقفت المطحنة عن العمل بسبب عطل كهربائي في 3 فبراير 2025")
	a, _ := s.assemble(t, nil)
	if len(a.Events) != 2 {
		t.Fatalf("%d events: %+v", len(a.Events), a.Events)
	}
	i := slices.IndexFunc(a.Events, func(e archive.Event) bool { return len(e.Tellings) == 2 })
	if i < 0 || a.Events[i].Sources != 2 || !strings.HasPrefix(a.Events[i].ID, "2025-02-03-") {
		t.Fatalf("%+v", a.Events)
	}
}

func TestAliasesBecomeRedirectsAndHostileOnesDoNot(t *testing.T) {
	var s shelfOf
	s.add("articles/a.md", archive.Markdown, "سفن", harbour...).Aliases = []string{"/news/17", "old/../../x", "https://example.org/"}
	s.add("articles/b.md", archive.Markdown, "خبز", bread...).Aliases = []string{"/articles/a/"}
	a, problems := s.assemble(t, nil)
	if len(a.Redirects) != 1 || a.Redirects[0].From != "/news/17/" {
		t.Errorf("%v", a.Redirects)
	}
	if !has(problems, diag.AliasBad) || !has(problems, diag.AliasTaken) {
		t.Errorf("%v", problems)
	}
}

func TestTheOrderOfDraftsDoesNotMatter(t *testing.T) {
	drafts, ed := corpus(600)
	in := Input{Drafts: drafts, Editorial: ed, Site: site(), Build: day("2026-01-01")}
	want, wantProblems := Assemble(in)
	if err := archive.Check(want); err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(3, 4))
	for range 5 {
		in.Drafts = slices.Clone(drafts)
		rng.Shuffle(len(drafts), func(i, j int) { in.Drafts[i], in.Drafts[j] = in.Drafts[j], in.Drafts[i] })
		got, problems := Assemble(in)
		if !reflect.DeepEqual(got, want) || !reflect.DeepEqual(problems, wantProblems) {
			t.Fatal("another order of the drafts gave another archive")
		}
	}
	in.Consume = true
	if got, _ := Assemble(in); !reflect.DeepEqual(got, want) {
		t.Fatal("consuming the drafts gave another archive")
	}
}
