package match

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// ordinary makes articles of the words that news is made of, with names,
// dates and rare words strewn in as often as they are in news.
func ordinary(articles, words int) [][]string {
	r := rand.New(rand.NewPCG(7, 7))
	common := strings.Fields(functionWords + pastVerbs + headNouns + nounsOfRelation + moments)
	names := strings.Split("روسيا|سوريا|موسكو|بوتين|فلاديمير بوتين|الكرملين|بشار الأسد|الولايات المتحدة|القواعد الروسية|لجوء|طرطوس|أمس الأحد|في 9 ديسمبر 2024|اليوم الاثنين", "|")
	out := make([][]string, articles)
	for i := range out {
		for range max(1, words/50) {
			var b strings.Builder
			for w := range 50 {
				switch n := r.IntN(100); {
				case n < 6:
					b.WriteString(names[r.IntN(len(names))])
				case n < 16:
					fmt.Fprintf(&b, "مفردة%c%c", 'ا'+rune(r.IntN(20)), 'ب'+rune(r.IntN(20)))
				default:
					b.WriteString(common[int(r.Float64()*r.Float64()*float64(len(common)))])
				}
				if w%25 == 24 {
					b.WriteString(".")
				}
				b.WriteString(" ")
			}
			out[i] = append(out[i], b.String())
		}
	}
	return out
}

func BenchmarkFindings(b *testing.B) {
	m := embedded(b)
	articles := ordinary(50, 400)
	size := 0
	for _, a := range articles {
		for _, p := range a {
			size += len(p)
		}
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, a := range articles {
			m.Findings("الكرملين ينفي تسليم الأسد", a)
		}
	}
}

func BenchmarkCompile(b *testing.B) {
	for b.Loop() {
		embedded(b)
	}
}
