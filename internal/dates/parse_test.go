package dates

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"warraq/internal/arabic"
	"warraq/internal/civil"
)

func TestParse(t *testing.T) {
	for line, want := range map[string]string{
		"9th, December 2024 GMT":                       "2024-12-09",
		"2nd, December 2024 GMT":                       "2024-12-02",
		"تاريخ النشر: 21st, March 2023 GMT":            "2023-03-21",
		"نُشر في: الاثنين 9 ديسمبر 2024 - 10:41 مساءً": "2024-12-09",
		"آخر تحديث: 09/12/2024 الساعة 14:05":           "2024-12-09",
		"2024-12-09":                      "2024-12-09",
		"2024-12-09T10:41:00.123+03:00":   "2024-12-09",
		"2024-12-09 10:41:00":             "2024-12-09",
		"20241209T104100Z":                "2024-12-09",
		"Mon, 09 Dec 2024 10:41:00 +0300": "2024-12-09",
		"Monday, December 9, 2024":        "2024-12-09",
		"1733740860":                      "2024-12-09",
		"1733740860000":                   "2024-12-09",
		"12/2024":                         "2024-12",
		"2024-12":                         "2024-12",
		"2024":                            "2024",
		"ديسمبر 2024":                     "2024-12",
		"٩ كانون الأول ٢٠٢٤":              "2024-12-09",
		"الإثنين 8 جمادى الآخرة 1446هـ الموافق 9/12/2024م": "2024-12-09",
		"8 جمادى الآخرة 1446":                              "2024-12-09",
		"\u200f9\u200f/\u200f12\u200f/\u200f2024":          "2024-12-09",
		"ديسمبر 9, 2024":                                   "2024-12-09",
		"كانون الأول 9، 2024":                              "2024-12-09",
		"2024 ديسمبر 9":                                    "2024-12-09",
		"الإثنين 09 كانون1/ديسمبر 2024":                    "2024-12-09",
		"السبت07ديسمبر2024":                                "2024-12-07",
		"9/12/2024 - 08/06/1446":                           "2024-12-09",
		"9/12/24":                                          "2024-12-09",
		"2024.12.09":                                       "2024-12-09",
		"Thu Apr 03 2025 08:00:00 GMT+0300":                "2025-04-03",
		"9 / 12 / 2024":                                    "2024-12-09",
		"9-ديسمبر-2024":                                    "2024-12-09",
		"Tue Dec 10 08:00:00 +0000 2024":                   "2024-12-10",
		"10:41 مساءً - 3 أبريل 2025":                       "2025-04-03",
	} {
		p, err := Parse(line)
		if err != nil || p.Kind != Absolute || p.Date.String() != want {
			t.Errorf("%s: %+v, %v; want %s", line, p, err, want)
		}
	}
}

func TestParseSaysWhy(t *testing.T) {
	for line, why := range map[string]string{
		"31/11/2024":        "no day 31",
		"12/31/2024":        "no month 31",
		"2024-13-01":        "no month 13",
		"29 فبراير 2023":    "no day 29",
		"45 ديسمبر 2024":    "day 45",
		"31 نوفمبر":         "no day 31",
		"24/12/09":          "two digits",
		"9/12/0024":         "no year",
		"February 30, 2024": "no day 30",
		"31 محرم 1446":      "Hijri",
	} {
		p, err := Parse(line)
		if err == nil || errors.Is(err, ErrNone) || !strings.Contains(err.Error(), why) {
			t.Errorf("%s: %+v, %v; want %q", line, p, err, why)
		}
	}
	for _, line := range []string{"", "بقلم: سمير", "عدد القراءات 15", "\xff\xfe", "7 دول"} {
		if p, err := Parse(line); !errors.Is(err, ErrNone) {
			t.Errorf("%q: %+v, %v", line, p, err)
		}
	}
}

func TestClockAndZone(t *testing.T) {
	damascus, err := time.LoadLocation("Asia/Damascus")
	if err != nil {
		t.Skip(err)
	}
	for line, want := range map[string]string{
		"2024-12-09T10:41:00+03:00":  "641 +03:00 2024-12-09",
		"2024-12-08T23:30:00Z":       "1410 Z 2024-12-09",
		"2024-12-09 00:30:00 +05:00": "30 +05:00 2024-12-08",
		"3 أبريل 2025 - 10:41 مساءً": "1361  2025-04-03",
		"3 أبريل 2025، الساعة 3:45 ص بتوقيت مكة المكرمة": "225 مكة المكرمة 2025-04-03",
		"3 أبريل 2025 الساعة 11 مساء بتوقيت غرينتش":      "1380 غرينتش 2025-04-04",
		"3 أبريل 2025 12:05 ص":        "5  2025-04-03",
		"9th, December 2024 GMT":      "-1 GMT 2024-12-09",
		"9 Dec 2024 11:59 p.m. GMT+2": "1439 +02:00 2024-12-10",
	} {
		p, err := Parse(line)
		if err != nil {
			t.Errorf("%s: %v", line, err)
			continue
		}
		got := strings.Join([]string{itoa(int(p.Clock)), p.Zone, InZone(p, damascus).Date.String()}, " ")
		if got != want {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
}

func itoa(n int) string {
	if n < 0 {
		return "-" + itoa(-n)
	}
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + itoa(n%10)
}

func TestFormat(t *testing.T) {
	d, _ := civil.New(2024, 12, 9)
	for want, style := range map[string]Style{
		"9 ديسمبر/كانون الأول 2024":              {},
		"الاثنين 9 ديسمبر 2024":                  {Months: "egyptian", Weekday: true},
		"9 كانون الأول 2024":                     {Months: "levantine"},
		"9 دجنبر 2024":                           {Months: "moroccan"},
		"٩ ديسمبر ٢٠٢٤ (٨ جمادى الآخرة ١٤٤٦ هـ)": {Months: "maghrebi", Digits: "arabic-indic", Hijri: true},
	} {
		if got := Format(d, style); got != want {
			t.Errorf("%+v: %s, want %s", style, got, want)
		}
	}
	if got := Format(d.MonthOf(), Style{}); got != "ديسمبر/كانون الأول 2024" {
		t.Error(got)
	}
	if got := Format(d.YearOf(), Style{Hijri: true, Weekday: true}); got != "2024" {
		t.Error(got)
	}
	if got := Format(civil.Date{}, Style{Hijri: true}); got != "" {
		t.Error(got)
	}
}

func TestHijriThereAndBack(t *testing.T) {
	first, _ := civil.New(1937, 3, 14)
	for i := 0; i < 51300; i += 7 {
		d := first.AddDays(i)
		y, m, day, ok := toHijri(d)
		if !ok {
			t.Fatalf("%v has no Hijri date", d)
		}
		if back, ok := fromHijri(y, m, day); !ok || back != d {
			t.Fatalf("%v → %d-%d-%d → %v", d, y, m, day, back)
		}
	}
	if _, ok := fromHijri(1446, 13, 1); ok {
		t.Error("month 13")
	}
}

// What Format writes, Parse reads: for every set of names, digits and style.
func FuzzFormatParse(f *testing.F) {
	f.Add(2024, 12, 9)
	f.Add(2024, 2, 29)
	f.Add(1999, 8, 31)
	f.Fuzz(func(t *testing.T, y, m, day int) {
		d, ok := civil.New(y, m, day)
		if !ok || y < 1938 || y > 2075 || m == 0 {
			t.Skip()
		}
		for _, months := range []string{"dual", "levantine", "egyptian", "maghrebi", "moroccan"} {
			for _, digits := range []string{"western", "arabic-indic"} {
				for _, more := range []bool{false, true} {
					s := Format(d, Style{Months: months, Digits: digits, Hijri: more, Weekday: more})
					p, err := Parse(s)
					if err != nil || p.Kind != Absolute || p.Date != d {
						t.Fatalf("%v is written %s and read %+v, %v", d, s, p, err)
					}
					if r, _ := Resolve(p, civil.Date{}); r.Warning != NoWarning || r.Date != d {
						t.Fatalf("%s: %+v", s, r)
					}
				}
			}
		}
	})
}

// openingsOf looks up every word, as users of a Finder do.
func openingsOf(s string) []Opening {
	var out []Opening
	before := 0
	for start, end := range arabic.Words(s) {
		if Opens(arabic.Fold(s[start:end])) {
			out = append(out, Opening{int32(before), int32(start), int32(end)})
		}
		before = start
	}
	return out
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{"اليوم /الأحد/، 7 جمادى الآخرة 1446هـ - 8 ديسمبر", "Mon Dec  9 10:41:00 2024", "قبل 3 أيام 2024-12-09T10:41:00+03:00", "31/11/2024 \xff 9٫5", "أول من أمس كانون الأول", "يوم 3-5 من الشهر الماضي GMT+3"} {
		f.Add(s)
	}
	anchor, _ := civil.New(2024, 12, 9)
	f.Fuzz(func(t *testing.T, s string) {
		last := 0
		all := Find(s)
		if known := new(Finder).AppendMatches(nil, s, openingsOf(s)); !slices.Equal(known, all) {
			t.Fatalf("%q: with known openings %+v, without %+v", s, known, all)
		}
		for _, m := range all {
			if m.Start < last || m.End <= m.Start || m.End > len(s) {
				t.Fatalf("%q: match %d:%d after %d", s, m.Start, m.End, last)
			}
			last = m.End
			if r, ok := Resolve(m.Phrase, anchor); ok && r.Date.IsZero() {
				t.Fatalf("%q: resolved to nothing: %+v", s[m.Start:m.End], m.Phrase)
			}
		}
		Parse(s)
	})
}

func BenchmarkFindWithoutDates(b *testing.B) {
	text := strings.Repeat("وأكد المتحدث باسم الرئاسة أن القاعدتين باقيتان في البلاد، وأن المشاورات مستمرة مع السلطات الجديدة بشأن مستقبلهما. ", 20)
	b.SetBytes(int64(len(text)))
	var m []Match
	for b.Loop() {
		m = AppendMatches(m[:0], text)
	}
	if len(m) != 0 {
		b.Fatal(m)
	}
}

func TestEveryMonthNameIsRead(t *testing.T) {
	for m := 1; m <= 12; m++ {
		d, _ := civil.New(2023, m, 28)
		for _, months := range []string{"dual", "levantine", "egyptian", "maghrebi", "moroccan"} {
			for _, date := range []civil.Date{d, d.MonthOf()} {
				s := Format(date, Style{Months: months})
				if p, err := Parse(s); err != nil || p.Date != date {
					t.Errorf("%s: %+v, %v", s, p, err)
				}
			}
		}
		s := "28 " + english[m-1] + " 2023"
		if p, err := Parse(s); err != nil || p.Date != d {
			t.Errorf("%s: %+v, %v", s, p, err)
		}
		h := "5 " + hijriMonthName(m) + " 1445هـ"
		if p, err := Parse(h); err != nil || int(p.HijriMonth) != m || p.HijriDay != 5 || !p.Hijri {
			t.Errorf("%s: %+v, %v", h, p, err)
		}
	}
}
