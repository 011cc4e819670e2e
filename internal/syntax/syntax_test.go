package syntax

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

// shape writes a value with its places: what both formats are read into.
func shape(v Value) string {
	at := fmt.Sprintf("@%d:%d", v.Line, v.Column)
	switch v.Kind {
	case Mapping:
		var parts []string
		for _, f := range v.Fields {
			parts = append(parts, fmt.Sprintf("%s@%d:%d=%s", f.Key, f.Line, f.Column, shape(f.Value)))
		}
		return "{" + strings.Join(parts, " ") + "}" + at
	case List:
		var parts []string
		for _, item := range v.Items {
			parts = append(parts, shape(item))
		}
		return "[" + strings.Join(parts, " ") + "]" + at
	case Scalar:
		if v.Quoted {
			return fmt.Sprintf("%q%s", v.Text, at)
		}
		return v.Text + at
	}
	return "-" + at
}

func TestValuesKeepTheirPlaces(t *testing.T) {
	for _, c := range []struct {
		parse    func([]byte) (Value, error)
		in, want string
	}{
		{ParseYAML, "أ: ب\nقائمة:\n  - \"واحد\"\n  - {س: 2}\nخال:\n", `{أ@1:1=ب@1:4 قائمة@2:1=["واحد"@3:5 {س@4:6=2@4:9}@4:5]@3:3 خال@5:1=-@5:1}@1:1`},
		{ParseYAML, "", "-@1:1"},
		{ParseYAML, `{"a": [1, "x"]}`, `{a@1:2=[1@1:8 "x"@1:11]@1:7}@1:1`},
		{ParseTOML, "'أ' = 'ب'\nn = 2\n[t.u]\nl = [1, 'س']\n[[items]]\nk = true\n[[items]]\n", `{أ@1:1="ب"@1:7 n@2:1=2@2:5 t@3:2={u@3:4={l@4:1=[1@4:6 "س"@4:9]@4:1}@3:4}@3:2 items@5:3=[{k@6:1=true@6:5}@5:3 {}@7:3]@5:3}@1:1`},
	} {
		v, err := c.parse([]byte(c.in))
		if got := shape(v); err != nil || got != c.want {
			t.Errorf("%q gives %s, %v\nwant %s", c.in, got, err, c.want)
		}
	}
}

func TestErrorsSayWhere(t *testing.T) {
	for in, want := range map[string]string{
		"a: [1\nb: 2\n":                      "yaml 2:1",
		"a: &x 1\nb: *x\n":                   "yaml 1:4",
		"a: !!str 1\n":                       "yaml 1:4",
		"a: 1\n---\nb: 2\n":                  "yaml 3:2",
		"'مفتاح' = 'قيمة' و\n":               "toml 1:18",
		"a = 1\na = 2\n":                     "toml 2:1",
		strings.Repeat("[", 100000):          "yaml 1:",
		strings.Repeat("- ", 100000):         "yaml 1:",
		strings.Repeat("a: {", 30):           "yaml 1:",
		"x = " + strings.Repeat("[", 100000): "toml 1:",
	} {
		parse := ParseYAML
		name, place, _ := strings.Cut(want, " ")
		if name == "toml" {
			parse = ParseTOML
		}
		_, err := parse([]byte(in))
		var e *Error
		if !errors.As(err, &e) || !strings.HasPrefix(e.Error(), place) || e.Message == "" {
			t.Errorf("%.40q gives %v, want an error at %s", in, err, place)
		}
	}
}

func TestBracketsInTextAreNoNesting(t *testing.T) {
	text := strings.Repeat("- \"[صورة] (]{\"\n", 5000)
	if _, err := ParseYAML([]byte(text)); err != nil {
		t.Error(err)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"a: b\nc: [d, {e: f}]\n", "a = 'b'\n[c]\nd = [1, {e = 2}]\n[[f]]\n", `{"a": "b\\u0000"}`, "a: &b\n  - *b\n", "? [x]\n: |\n  y\n", "a: \"\\x\""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if strings.ContainsRune(text, '\r') || !utf8.ValidString(text) {
			return // who reads the file makes it neither
		}
		lines := strings.Count(text, "\n") + 1
		for name, parse := range map[string]func([]byte) (Value, error){"YAML": ParseYAML, "TOML": ParseTOML} {
			v, err := parse([]byte(text))
			if e := (*Error)(nil); errors.As(err, &e) {
				if e.Line < 1 || e.Line > lines+1 || e.Column < 1 || e.Message == "" {
					t.Errorf("%s: %q fails at a place that is not there: %v", name, text, err)
				}
				continue
			}
			if err != nil {
				t.Errorf("%s: %q fails without a place: %v", name, text, err)
			}
			if got := shape(v); got == "" || v.Line < 1 || v.Column < 1 {
				t.Errorf("%s: %q gives %s", name, text, got)
			}
		}
	})
}
