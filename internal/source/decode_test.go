package source

import (
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"

	"warraq/internal/diag"
)

const sample = "عادت السفن إلى الميناء، وقال المدير: «العمل طبيعي».\nوأضاف أن الرصيف الثاني ما زال قيد الإصلاح؟\n"

func utf16Bytes(s string, big bool, mark bool) []byte {
	units := utf16.Encode([]rune(s))
	if mark {
		units = append([]uint16{0xFEFF}, units...)
	}
	var out []byte
	for _, u := range units {
		if big {
			out = append(out, byte(u>>8), byte(u))
		} else {
			out = append(out, byte(u), byte(u>>8))
		}
	}
	return out
}

func encode(t *testing.T, table *charmap.Charmap, s string) []byte {
	t.Helper()
	var out []byte
	for _, r := range s {
		b, ok := table.EncodeRune(r)
		if !ok {
			b = '?'
		}
		out = append(out, b)
	}
	return out
}

// mistaken is a UTF-8 text read with an eight-bit set.
func mistaken(table *charmap.Charmap, s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		if r := table.DecodeByte(c); r == '\uFFFD' {
			b.WriteRune(rune(c))
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func TestDecode(t *testing.T) {
	plain := strings.NewReplacer("«", "", "»", "").Replace(sample)
	for name, c := range map[string]struct {
		raw  []byte
		want string
		as   Encoding
	}{
		"UTF-8":                  {[]byte(sample), sample, UTF8},
		"UTF-8 with mark":        {[]byte("\xEF\xBB\xBF" + sample), sample, UTF8},
		"CRLF":                   {[]byte(strings.ReplaceAll(sample, "\n", "\r\n")), sample, UTF8},
		"CR alone":               {[]byte(strings.ReplaceAll(sample, "\n", "\r")), sample, UTF8},
		"UTF-16LE with mark":     {utf16Bytes(sample, false, true), sample, UTF16LE},
		"UTF-16BE with mark":     {utf16Bytes(sample, true, true), sample, UTF16BE},
		"UTF-16LE without mark":  {utf16Bytes(sample, false, false), sample, UTF16LE},
		"UTF-16BE without mark":  {utf16Bytes(sample, true, false), sample, UTF16BE},
		"Windows-1256":           {encode(t, charmap.Windows1256, sample), sample, Windows1256},
		"Windows-1256, one line": {encode(t, charmap.Windows1256, "بوتين في دمشق"), "بوتين في دمشق", Windows1256},
		"ISO-8859-6":             {encode(t, charmap.ISO8859_6, plain), plain, ISO8859_6},
		"ISO-8859-6, one line":   {encode(t, charmap.ISO8859_6, "بوتين في دمشق"), "بوتين في دمشق", ISO8859_6},
		"some bytes broken":      {[]byte("أول \xff\xfe السطر\n" + sample), "أول \uFFFD السطر\n" + sample, UTF8},
		"a cut last letter":      {[]byte(sample[:len(sample)-2]), strings.TrimSuffix(sample, "؟\n") + "\uFFFD", UTF8},
		"taken for Windows-1252": {[]byte(mistaken(charmap.Windows1252, sample)), sample, UTF8},
		"taken for Windows-1256": {[]byte(mistaken(charmap.Windows1256, sample)), sample, UTF8},
		"emphatic letters":       {[]byte("ظل طاهر وطارق في ظل الظل، وظلت طرابلس تطل."), "ظل طاهر وطارق في ظل الظل، وظلت طرابلس تطل.", UTF8},
		"Latin":                  {[]byte("plain text\n"), "plain text\n", UTF8},
		"NULs":                   {[]byte("\x00\x01\x02PNG\x00\x00\x00\x1a"), "", NotText},
		"a picture":              {[]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xd8\xff\xe0\x00\x10JFIF"), "", NotText},
	} {
		got, as, problems := Decode(c.raw)
		if got != c.want || as != c.as {
			t.Errorf("%s: %q as %q, want %q as %q", name, got, as, c.want, c.as)
		}
		if as == UTF8 && strings.ContainsRune(got, '\uFFFD') && (len(problems) != 1 || problems[0].Code != diag.SourceInvalidBytes) {
			t.Errorf("%s: problems %v", name, problems)
		}
	}
}

func TestInvalidBytesAreNamedWithTheirPlace(t *testing.T) {
	_, _, problems := Decode([]byte(sample + "آخر \xc3\x28 السطر"))
	if len(problems) != 1 || problems[0].Line != 3 || problems[0].Column != 5 || !strings.Contains(problems[0].Message, "offset") {
		t.Errorf("problems %+v", problems)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(sample))
	f.Add(utf16Bytes(sample, true, false))
	f.Add([]byte("\xff\xfe\x00"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		text, e, _ := Decode(raw)
		if strings.ContainsRune(text, '\r') || strings.ToValidUTF8(text, "") != text {
			t.Fatalf("%q as %q is not clean", text, e)
		}
		if e == NotText && text != "" {
			t.Fatalf("no text is %q", text)
		}
	})
}
