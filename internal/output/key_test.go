package output

import "testing"

func TestKeyTellsPartsApart(t *testing.T) {
	var k KeyBuilder
	seen := map[Key]string{}
	for name, key := range map[string]Key{
		"ab,c":      k.Reset("x").String("ab").String("c").Sum(),
		"a,bc":      k.Reset("x").String("a").String("bc").Sum(),
		"abc":       k.Reset("x").String("abc").Sum(),
		"other":     k.Reset("y").String("abc").Sum(),
		"int":       k.Reset("x").Int(1).Sum(),
		"minus":     k.Reset("x").Int(-1).Sum(),
		"no":        k.Reset("x").Sum(),
		"empty":     k.Reset("x").String("").Sum(),
		"two empty": k.Reset("x").String("").Bytes(nil).Sum(),
	} {
		if other, twice := seen[key]; twice {
			t.Errorf("%q and %q have the same key", name, other)
		}
		seen[key] = name
	}
	again := k.Reset("x").String("abc").Sum()
	if seen[again] != "abc" {
		t.Error("equal parts give unequal keys")
	}
}
