package config

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"warraq/internal/diag"
)

func TestHonouredSettings(t *testing.T) {
	t.Setenv("HUGO_TITLE", "من البيئة")
	s, problems := Parse(".", []byte(`
baseURL = "https://example.org/archive"
title = "أرشيف الصحف"
locale = "ar"
timeZone = "Asia/Damascus"
buildFuture = true
ignoreFiles = ['\.txt$']
[minify]
minifyOutput = false
[params.archive]
tagline = "سطر واحد"
Digits = "arabic-indic"
[params.archive.sources."وكالة الأنباء"]
url = "https://agency.example/"
rights = "excerpt"
[params.theme]
colour = "green"
`))
	if len(problems) != 0 {
		t.Fatalf("problems: %v", problems)
	}
	if s.BaseURL != "https://example.org/archive/" || s.BasePath != "/archive/" {
		t.Errorf("base URL %q, path %q", s.BaseURL, s.BasePath)
	}
	if s.Title != "أرشيف الصحف" {
		t.Errorf("title %q: the environment must not override the file", s.Title)
	}
	if s.TimeZone.String() != "Asia/Damascus" || !s.BuildFuture || s.Minify {
		t.Errorf("zone %v, future %v, minify %v", s.TimeZone, s.BuildFuture, s.Minify)
	}
	if s.Archive.Tagline != "سطر واحد" || s.Archive.Digits != "arabic-indic" || s.Archive.FeedItems != 30 {
		t.Errorf("archive settings %+v", s.Archive)
	}
	if got := s.Archive.Sources["وكالة الأنباء"]; got.Rights != "excerpt" || got.URL != "https://agency.example/" {
		t.Errorf("source settings %+v", got)
	}
	if s.Archive.Publisher != s.Title {
		t.Errorf("publisher %q, want the title", s.Archive.Publisher)
	}
}

func TestProblemsOfTheFile(t *testing.T) {
	tests := []struct {
		name, file string
		code       diag.Code
		severity   diag.Severity
		at         string
		says       string // in message or remedy
	}{
		{"a misspelt setting", "[params.archive]\ntagline = 'س'\ndigit = 'western'\n", diag.ConfigUnknown, diag.Error, "hugo.toml:3:1", `did you mean "digits"`},
		{"a misspelt setting in a sub-table", "[params.archive.jsonl]\nbody = 'x'\n", diag.ConfigUnknown, diag.Error, "hugo.toml:2:1", "it knows"},
		{"a misspelt setting of a source", "[params.archive.sources.'سانا']\nright = 'full'\n", diag.ConfigUnknown, diag.Error, "hugo.toml:2:1", `did you mean "rights"`},
		{"a dotted key", "params.archive.diggits = 'western'\n", diag.ConfigUnknown, diag.Error, "hugo.toml:1:1", `did you mean "digits"`},
		{"a value outside its choice", "[params.archive]\ndigits = 'westen'\n", diag.ConfigValue, diag.Error, "hugo.toml:2:1", `did you mean "western"`},
		{"a value of the wrong kind", "[params.archive]\nfeedItems = 'ten'\n", diag.ConfigValue, diag.Error, "hugo.toml:2:13", "wrong kind"},
		{"a threshold above one", "[params.archive]\ndateThreshold = 7.0\n", diag.ConfigValue, diag.Error, "hugo.toml:2:1", "between 0 and 1"},
		{"a time zone that does not exist", "title = 'س'\ntimeZone = 'Asia/Dimashq'\n", diag.ConfigValue, diag.Error, "hugo.toml:2:1", "Asia/Dimashq"},
		{"the remedy for a time zone", "timeZone = 'Asia/Dimashq'\n", diag.ConfigValue, diag.Error, "hugo.toml:1:1", "Asia/Damascus"},
		{"a base URL without host", "baseURL = 'example'\n", diag.ConfigValue, diag.Error, "hugo.toml:1:1", "not an absolute"},
		{"broken TOML after Arabic text", "title = 'أرشيف' x\n", diag.ConfigSyntax, diag.Error, "hugo.toml:1:17", "not valid TOML"},
		{"a Hugo setting without effect", "title = 'س'\n[markup]\ndefaultMarkdownHandler = 'goldmark'\n", diag.ConfigNotUsed, diag.Warning, "hugo.toml:2:2", "not used"},
		{"a misspelt Hugo setting", "titel = 'س'\n", diag.ConfigNotUsed, diag.Warning, "hugo.toml:1:1", `did you mean "title"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, problems := Parse(".", []byte(tt.file))
			if len(problems) != 1 {
				t.Fatalf("%d problems, want 1: %v", len(problems), problems)
			}
			p := problems[0]
			if p.Code != tt.code || p.Severity != tt.severity || p.Position.String() != tt.at {
				t.Errorf("got %s %s at %s, want %s %s at %s", p.Severity, p.Code, p.Position, tt.severity, tt.code, tt.at)
			}
			if !strings.Contains(p.Message+" "+p.Remedy, tt.says) {
				t.Errorf("%q (%q) does not say %q", p.Message, p.Remedy, tt.says)
			}
			if (s == nil) != (tt.severity == diag.Error) {
				t.Errorf("site %v with severity %s", s, tt.severity)
			}
		})
	}
}

func TestEveryWrongValueIsToldAtOnce(t *testing.T) {
	_, problems := Parse(".", []byte("baseURL = 'example'\n[params.archive]\nfeedItems = 'ten'\ndigits = 'roman'\nhijri = 1\ntagline = 'س'\nnothing = 1\n"))
	var got []string
	for _, p := range problems {
		got = append(got, p.Position.String()+" "+string(p.Code))
	}
	slices.Sort(got)
	want := []string{"hugo.toml:1:1 config-value", "hugo.toml:3:13 config-value", "hugo.toml:4:1 config-value", "hugo.toml:5:9 config-value", "hugo.toml:7:1 config-unknown"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestFolderWithoutFile(t *testing.T) {
	dir := t.TempDir()
	if s, problems := Load(dir); s != nil || len(problems) != 1 || problems[0].Code != diag.ConfigNoSite {
		t.Errorf("an empty folder gives %v, %v", s, problems)
	}
	if err := os.Mkdir(filepath.Join(dir, "content"), 0o755); err != nil {
		t.Fatal(err)
	}
	s, problems := Load(dir)
	if s == nil || len(problems) != 1 || problems[0].Severity != diag.Info {
		t.Errorf("a folder with content/ gives %v, %v", s, problems)
	}
}

func TestKeyFollowsWhatPagesShow(t *testing.T) {
	load := func(text string) *Site {
		s, problems := Parse(".", []byte(text))
		if s == nil {
			t.Fatal(problems)
		}
		return s
	}
	base := load("title = 'أ'\n")
	if load("title = 'أ'\nbuildDrafts = true\n").Key != base.Key {
		t.Error("buildDrafts changes the key")
	}
	if load("title = 'ب'\n").Key == base.Key {
		t.Error("the title does not change the key")
	}
	other := load("title = 'أ'\n")
	if err := other.SetBaseURL("https://example.org/"); err != nil || other.Key == base.Key {
		t.Errorf("the base URL does not change the key (%v)", err)
	}
}

func TestShippedConfiguration(t *testing.T) {
	s, problems := Load("../..")
	if s == nil || len(problems) != 0 {
		t.Fatalf("the example site's hugo.toml: %v", problems)
	}
}

func BenchmarkLoad(b *testing.B) {
	data, err := os.ReadFile("../../hugo.toml")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		Parse(".", data)
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{
		"baseURL = \"https://example.org/\"\ntitle = \"أرشيف\"\ntimeZone = \"Asia/Damascus\"\n[params.archive]\ndigits = \"western\"\n",
		"baseURL = 5\n", "title = [1]\n", "[params]\narchive = 3\n", "params = 3\n", "[params.archive]\ndateThreshold = nan\n", "[params.archive]\nfeedItems = 99999999999999999999\n",
		"[[params.archive.sources]]\n", "[params.archive.sources.x]\nrights = 1\n", "[deployment]\ntargets = 3\n", "[[deployment.targets]]\nname = [1]\n", "[deployment]\nmaxDeletes = \"x\"\n",
		"minify = 3\n", "[minify]\nminifyOutput = \"no\"\n", "timeZone = \"../../etc\"\n", "locale = \"!\"\n", "[languages.ar]\nweight = 1\n", "[languages]\nar = 1\n", "[module]\nimports = [{path = \"/etc\"}]\n",
		"[outputs]\nhome = [1]\n", "[[cascade]]\n", "[permalinks]\nx = 1\n", "theme = [\"x\"]\n", "a = 1\na = 2\n", "\"\" = 1\n", "[params.archive.\"\"]\n", "disableKinds = 1\n", "[markup]\ngoldmark = 1\n",
		"contentDir = [1]\n", "[build]\ncachebusters = 1\n", "[mediaTypes]\nx = 1\n", "[security]\nexec = 1\n", "baseURL = \"http://[::1\"\n", "environment = 1\n", "[frontmatter]\ndate = 1\n", "x = ",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		site, problems := Parse(".", []byte(text))
		failed := false
		for _, p := range problems {
			failed = failed || p.Severity == diag.Error
			if p.Path != FileName || p.Message == "" || p.Remedy == "" || p.Line > strings.Count(text, "\n")+1 || p.Column < 0 {
				t.Errorf("%q: %+v", text, p)
			}
		}
		if failed == (site != nil) {
			t.Errorf("%q gives site %v with problems %v", text, site, problems)
		}
	})
}

func TestNumbersOutsideTheirBounds(t *testing.T) {
	for _, setting := range []string{"dateThreshold = nan", "dateThreshold = inf", "dateThreshold = -0.1", "feedItems = 0", "feedItems = 99999999999999999999", "relatedMax = -1", "relatedMax = 1e300"} {
		site, problems := Parse(".", []byte("[params.archive]\n"+setting+"\n"))
		if site != nil || len(problems) != 1 || problems[0].Code == diag.ConfigUnknown || problems[0].Line != 2 || problems[0].Remedy == "" {
			t.Errorf("%s: %+v", setting, problems)
		}
	}
}
