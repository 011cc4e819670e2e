package digest

import "testing"

func TestPartsDoNotRunTogether(t *testing.T) {
	sums := map[Sum]string{}
	for name, fill := range map[string]func(b *Builder){
		"ab c":        func(b *Builder) { b.String("ab").String("c") },
		"a bc":        func(b *Builder) { b.String("a").String("bc") },
		"abc":         func(b *Builder) { b.String("abc") },
		"abc nothing": func(b *Builder) { b.String("abc").String("") },
		"list ab c":   func(b *Builder) { b.Strings([]string{"ab", "c"}) },
		"lists":       func(b *Builder) { b.Strings([]string{"ab"}).Strings([]string{"c"}) },
		"bytes":       func(b *Builder) { b.Bytes([]byte("abcd")) },
		"one":         func(b *Builder) { b.Int(1) },
		"minus one":   func(b *Builder) { b.Int(-1) },
		"one one":     func(b *Builder) { b.Int(1).Int(1) },
		"half":        func(b *Builder) { b.Float(0.5) },
		"near half":   func(b *Builder) { b.Float(0.5000001) },
		"false":       func(b *Builder) { b.Bool(false) },
	} {
		var b Builder
		b.Reset("test 1")
		fill(&b)
		if other, twice := sums[b.Sum()]; twice {
			t.Errorf("%s and %s have one sum", name, other)
		}
		sums[b.Sum()] = name
	}
}

func TestResetForgets(t *testing.T) {
	var used, fresh Builder
	used.Reset("page 1").String("قديم").Int(7)
	if used.Reset("page 2").String("جديد").Sum() != fresh.Reset("page 2").String("جديد").Sum() {
		t.Error("a builder used before gives another sum")
	}
	if used.Reset("page 2").Sum() == used.Reset("page 3").Sum() {
		t.Error("the kind does not count")
	}
}
