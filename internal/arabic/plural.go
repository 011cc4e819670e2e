package arabic

// Class is a plural category of CLDR for Arabic.
type Class uint8

// The six categories.
const (
	Zero  Class = iota
	One         // 1
	Two         // 2
	Few         // 3–10, 103–110 …
	Many        // 11–99, 111–199 …
	Other       // 100–102, 200–202 …
)

// Plural gives the category of n by CLDR's rules for Arabic.
func Plural(n int) Class {
	if n < 0 {
		n = -n
	}
	switch n {
	case 0:
		return Zero
	case 1:
		return One
	case 2:
		return Two
	}
	switch m := n % 100; {
	case m >= 3 && m <= 10:
		return Few
	case m >= 11:
		return Many
	}
	return Other
}
