package editorial

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"warraq/internal/archive"
	"warraq/internal/civil"
	"warraq/internal/diag"
)

func TestTheEmbeddedFilesAreClean(t *testing.T) {
	ed := Embedded()
	_, problems := Load(fstest.MapFS{})
	for _, p := range problems {
		t.Error(p.Error())
	}
	if len(ed.Themes) != 3 || len(ed.Entities) < 60 || len(ed.Markers) == 0 {
		t.Errorf("embedded: %d themes, %d entities, %d markers", len(ed.Themes), len(ed.Entities), len(ed.Markers))
	}
	for _, p := range loadDir(t, "../../content") {
		if p.Severity != diag.Info {
			t.Error("the example site: " + p.Error())
		}
	}
}

func loadDir(t *testing.T, dir string) []diag.Problem {
	t.Helper()
	_, problems := Load(os.DirFS(dir))
	return problems
}

const themeYAML = `---
title: قواعد البحر
weight: 2
match:
  threshold: 1.5
  all: ["@tartus"]
  any:
    - قاعدة بحرية
    - {term: "ميناء | مرفأ", weight: 0.5}
  none: [سياحة]
  near:
    - {a: [سفينة, سفن], b: ["@tartus"], within: 4, weight: 2}
facts:
  - {text: وصلت السفينة., date: 2024-12-15, url: "https://example.org/a"}
---
أول سطر من الباب.
`

const themeTOML = `+++
title = "قواعد البحر"
weight = 2
[match]
threshold = 1.5
all = ["@tartus"]
any = ["قاعدة بحرية", {term = "ميناء | مرفأ", weight = 0.5}]
none = ["سياحة"]
[[match.near]]
a = ["سفينة", "سفن"]
b = ["@tartus"]
within = 4
weight = 2
[[facts]]
text = "وصلت السفينة."
date = 2024-12-15
url = "https://example.org/a"
+++
أول سطر من الباب.
`

const themeJSON = `{"title": "قواعد البحر", "weight": 2,
 "match": {"threshold": 1.5, "all": ["@tartus"],
  "any": ["قاعدة بحرية", {"term": "ميناء | مرفأ", "weight": 0.5}], "none": ["سياحة"],
  "near": [{"a": ["سفينة", "سفن"], "b": ["@tartus"], "within": 4, "weight": 2}]},
 "facts": [{"text": "وصلت السفينة.", "date": "2024-12-15", "url": "https://example.org/a"}]
}
أول سطر من الباب.
`

func TestAThemeReadsAlikeInYAMLAndTOMLAndJSON(t *testing.T) {
	want := Rules{
		Threshold: 1.5,
		All:       []string{"@tartus"},
		Any:       []Term{{"قاعدة بحرية", 1}, {"ميناء | مرفأ", 0.5}},
		None:      []string{"سياحة"},
		Near:      []Near{{A: []string{"سفينة", "سفن"}, B: []string{"@tartus"}, Within: 4, Weight: 2}},
	}
	for name, text := range map[string]string{"yaml": themeYAML, "toml": themeTOML, "json": themeJSON, "crlf": strings.ReplaceAll(themeYAML, "\n", "\r\n")} {
		ed, problems := Load(fstest.MapFS{"themes/sea/_index.md": {Data: []byte(text)}})
		if len(problems) != 0 {
			t.Errorf("%s: %v", name, problems)
			continue
		}
		theme := ed.Themes[0]
		if fmt.Sprintf("%#v", theme.Match) != fmt.Sprintf("%#v", want) {
			t.Errorf("%s: rules %#v", name, theme.Match)
		}
		if theme.Slug != "sea" || theme.Title != "قواعد البحر" || theme.Weight != 2 || string(theme.Hub) != "أول سطر من الباب.\n" {
			t.Errorf("%s: theme %+v hub %q", name, theme, theme.Hub)
		}
		if line := strings.Split(text, "\n")[theme.HubLine-1]; !strings.HasPrefix(line, "أول سطر") {
			t.Errorf("%s: hub line %d is %q", name, theme.HubLine, line)
		}
		fact := archive.DraftFact{Text: "وصلت السفينة.", Date: civil.Date{Y: 2024, M: 12, D: 15}, Cite: "https://example.org/a"}
		if !slices.Equal(theme.Facts, []archive.DraftFact{fact}) {
			t.Errorf("%s: facts %+v", name, theme.Facts)
		}
	}
}

func TestProblemsSayWhereAndWhat(t *testing.T) {
	const good = "entities:\n  - {id: a, name: ألف, kind: person}\n"
	tests := []struct {
		name, path, text string
		code             diag.Code
		line, col        int
		message, remedy  string // parts of them
	}{
		{"unknown key", "entities.yaml", "entities:\n  - {id: a, name: ألف, kind: person, alias: [أ]}\n", diag.EditorialUnknownKey, 2, 38, `"alias"`, `did you mean "aliases"`},
		{"unknown top key", "entities.yaml", "entity:\n  - {id: a}\n", diag.EditorialUnknownKey, 1, 1, `"entity"`, "entities"},
		{"unknown kind", "entities.yaml", "entities:\n  - id: a\n    name: ألف\n    kind: persom\n", diag.EditorialBadValue, 4, 11, "persom", `"person"`},
		{"id not ASCII", "entities.yaml", "entities:\n  - {id: بوتين, name: بوتين, kind: person}\n", diag.EditorialBadID, 2, 10, "بوتين", "ASCII"},
		{"no name", "entities.yaml", "entities:\n  - {id: a, kind: person}\n", diag.EditorialMissing, 2, 5, "name", ""},
		{"same id", "entities.yaml", good + "  - {id: a, name: باء, kind: place}\n", diag.EditorialDuplicate, 3, 10, "line 2", ""},
		{"same name", "entities.yaml", good + "  - {id: b, name: باء, kind: place, aliases: [أَلف]}\n", diag.EditorialAliasClaimed, 3, 47, "on line 2", "line 3 or on line 2"},
		{"wikidata", "entities.yaml", "entities:\n  - {id: a, name: ألف, kind: person, wikidata: 77}\n", diag.EditorialBadValue, 2, 48, "77", "Q7747"},
		{"needs nobody", "entities.yaml", "entities:\n  - {id: damascus, name: دمشق, kind: place, needs: ['@damascos']}\n", diag.EditorialUnknownEntity, 2, 53, "damascos", "damascus"},
		{"syntax", "entities.yaml", "entities:\n  - {id: a\n", diag.EditorialSyntax, 2, 5, "", ""},
		{"anchor", "entities.yaml", "entities: &x\n  - {id: a, name: ألف, kind: person}\n", diag.EditorialSyntax, 1, 11, "anchors", ""},
		{"not text", "entities.yaml", "entities:\n\xff\xfe", diag.EditorialUnreadable, 0, 0, "UTF-8", ""},

		{"theme without front matter", "themes/x/_index.md", "كلام\n", diag.EditorialSyntax, 1, 1, "front matter", ""},
		{"theme never closed", "themes/x/_index.md", "---\ntitle: س\n", diag.EditorialSyntax, 1, 1, "never closed", ""},
		{"theme without title", "themes/x/_index.md", "---\nweight: 1\n---\n", diag.EditorialMissing, 1, 1, "title", ""},
		{"theme slug", "themes/باب/_index.md", "---\ntitle: س\nmatch: {any: [س]}\n---\n", diag.EditorialBadID, 0, 0, "باب", "rename"},
		{"theme key", "themes/x/_index.md", "---\ntitle: س\nmatch:\n  any: [كلمة]\n  treshold: 2\n---\n", diag.EditorialUnknownKey, 5, 3, "treshold", `"threshold"`},
		{"theme weight", "themes/x/_index.md", "---\ntitle: س\nweight: كثير\n---\n", diag.EditorialBadValue, 3, 9, "كثير", ""},
		{"term weight in TOML", "themes/x/_index.md", "+++\ntitle = 'س'\n[match]\nany = [{term = 'ب', wieght = 2}]\n+++\n", diag.EditorialUnknownKey, 4, 21, "wieght", `"weight"`},
		{"syntax in TOML", "themes/x/_index.md", "+++\ntitle = 'س'\nweight = = 2\n+++\n", diag.EditorialSyntax, 3, 10, "", ""},
		{"near half", "themes/x/_index.md", "---\ntitle: س\nmatch:\n  near:\n    - {a: [ب]}\n---\n", diag.EditorialMissing, 5, 7, "both sides", ""},
		{"fact date", "themes/x/_index.md", "---\ntitle: س\nmatch: {any: [س]}\nfacts:\n  - {text: ب, date: 2024-02-30}\n---\n", diag.EditorialBadDate, 5, 21, "2024-02-30", "YYYY-MM-DD"},
		{"two sources", "themes/x/_index.md", "---\ntitle: س\nmatch: {any: [س]}\nfacts:\n  - {text: ب, article: x, url: 'https://e.org'}\n---\n", diag.EditorialBadValue, 5, 27, "one source", ""},

		{"marker kind", "boilerplate.yaml", "markers:\n  - {kind: boilerplat, text: تابعنا}\n", diag.EditorialBadValue, 2, 12, "boilerplat", `"boilerplate"`},
		{"marker whole", "boilerplate.yaml", "markers:\n  - {kind: boilerplate, text: تابعنا, whole: yes}\n", diag.EditorialWrongType, 2, 46, "yes", "true or false"},
		{"marker text", "boilerplate.yaml", "markers:\n  - {kind: boilerplate}\n", diag.EditorialMissing, 2, 5, "text", ""},

		{"decision twice", "decisions.yaml", "decisions:\n  - {id: a, drop: true}\n  - {id: a, title: س}\n", diag.EditorialDuplicate, 3, 10, "line 2", ""},
		{"decision theme", "decisions.yaml", "decisions:\n  - {id: a, themes: [russian-base]}\n", diag.EditorialUnknownTheme, 2, 22, "russian-base", `"russian-bases"`},
		{"decision date", "decisions.yaml", "decisions:\n  - {id: a, date: 9/12/2024}\n", diag.EditorialBadDate, 2, 19, "9/12/2024", "YYYY-MM-DD"},
		{"decision event", "decisions.yaml", "decisions:\n  - {id: a, events: [{date: 2024-12-08}]}\n", diag.EditorialMissing, 2, 22, "sentence", ""},
		{"decision without id", "decisions.yaml", "decisions:\n  - {title: س}\n", diag.EditorialMissing, 2, 5, "id", ""},
		{"drop and withdrawn", "decisions.yaml", "decisions:\n  - {id: a, drop: true, withdrawn: خطأ}\n", diag.EditorialBadValue, 2, 10, "either", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, problems := Load(fstest.MapFS{tt.path: {Data: []byte(tt.text)}})
			i := slices.IndexFunc(problems, func(p diag.Problem) bool { return p.Code == tt.code })
			if i < 0 {
				t.Fatalf("no %s among %v", tt.code, problems)
			}
			p := problems[i]
			if p.Path != tt.path || p.Line != tt.line || p.Column != tt.col {
				t.Errorf("at %s, want line %d column %d: %s", p.Position, tt.line, tt.col, p.Message)
			}
			if !strings.Contains(p.Message, tt.message) || !strings.Contains(p.Remedy, tt.remedy) || p.Remedy == "" {
				t.Errorf("message %q remedy %q", p.Message, p.Remedy)
			}
		})
	}
}

func TestDecisionsKeepWhatTheyDoNotSay(t *testing.T) {
	ed, problems := Load(fstest.MapFS{"decisions.yaml": {Data: []byte(`decisions:
  - id: k3v9
    date: unknown
    themes: []
    events: [{date: 2024-12, sentence: سقطت المدينة.}]
    same_as: b
  - {id: b, title: عنوان آخر, date: 2024-12-09}
`)}})
	if len(problems) != 0 {
		t.Fatal(problems)
	}
	d := ed.Decisions.ByID["k3v9"]
	if d.Title != nil || d.Source != nil || d.Tags != nil {
		t.Errorf("said nothing of title, source and tags: %+v", d)
	}
	if d.Date == nil || !d.Date.IsZero() || d.Themes == nil || len(*d.Themes) != 0 || !slices.Equal(d.SameAs, []string{"b"}) {
		t.Errorf("decision %+v", d)
	}
	if events := *d.Events; len(events) != 1 || events[0].Date != (civil.Date{Y: 2024, M: 12}) {
		t.Errorf("events %+v", events)
	}
	if b := ed.Decisions.ByID["b"]; b.Line != 7 || *b.Title != "عنوان آخر" || b.Events != nil {
		t.Errorf("decision %+v", b)
	}
}

func TestMarkersAreAddedToTheEmbeddedOnes(t *testing.T) {
	ed, problems := Load(fstest.MapFS{"boilerplate.yaml": {Data: []byte("markers:\n  - {kind: signoff, text: \"(س.ع)\", whole: true}\ncounter: [دقائق قراءة]\n")}})
	if len(problems) != 0 {
		t.Fatal(problems)
	}
	last := ed.Markers[len(ed.Markers)-2:]
	want := []Marker{
		{Kind: SignOff, Text: "(س.ع)", Whole: true, Origin: "boilerplate.yaml:2"},
		{Kind: Counter, Text: "دقائق قراءة", Origin: "boilerplate.yaml:3"},
	}
	if !slices.Equal(last, want) || ed.Markers[0].Origin != "embedded" {
		t.Errorf("markers %+v", last)
	}
}

func TestTheKeyFollowsRulesAndNotHubTexts(t *testing.T) {
	load := func(text string) archive.Hash {
		ed, problems := Load(fstest.MapFS{"themes/sea/_index.md": {Data: []byte(text)}})
		if len(problems) != 0 {
			t.Fatal(problems)
		}
		return ed.Key
	}
	key := load(themeYAML)
	if load(strings.Replace(themeYAML, "أول سطر", "سطر آخر", 1)) != key {
		t.Error("a new hub text would extract everything again")
	}
	if load(strings.Replace(themeYAML, "within: 4", "within: 5", 1)) == key {
		t.Error("a changed rule went unnoticed")
	}
}

func FuzzLoad(f *testing.F) {
	f.Add(themeYAML, "entities:\n  - {id: a, name: ألف, kind: person}\n", "decisions:\n  - {id: a}\n")
	f.Add(themeTOML, "- {id: a}", "")
	f.Add(themeJSON, "", "x")
	f.Fuzz(func(t *testing.T, theme, entities, decisions string) {
		_, problems := Load(fstest.MapFS{
			"themes/x/_index.md": {Data: []byte(theme)},
			"entities.yaml":      {Data: []byte(entities)},
			"decisions.yaml":     {Data: []byte(decisions)},
			"boilerplate.yaml":   {Data: []byte(entities)},
		})
		for _, p := range problems {
			if p.Message == "" || p.Remedy == "" || p.Path == "" {
				t.Errorf("problem without message, remedy or path: %#v", p)
			}
		}
	})
}
