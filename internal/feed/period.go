package feed

import (
	"fmt"

	"warraq/internal/archive"
)

// The sizes at which a file that lists articles is cut into smaller periods. A
// sitemap may hold 50,000 addresses; a tenth of it keeps what one addition
// rewrites small.
const (
	yearLimit  = 5000
	monthLimit = 5000
)

// period is a run of articles of one year, month or day, or of the undated.
type period struct {
	name     string // "2024", "2024-12", "2024-12-09", "undated", "undated-3f"
	articles []archive.ArticleIndex
}

// periods cuts articles in archive order by time: a year in one piece, a year
// over yearLimit by months, a month over monthLimit by days. Months of unknown
// day and years of unknown month form the first piece of theirs. Undated
// articles are cut by their id, so that no piece's members depend on how many
// others there are in it, only on the power of two of all.
func periods(a *archive.Archive, list []archive.ArticleIndex) []period {
	var out []period
	for len(list) > 0 {
		d := a.Articles[list[0]].Date.Value
		if d.IsZero() {
			return append(out, undated(a, list)...)
		}
		year := run(list, func(i archive.ArticleIndex) bool { return a.Articles[i].Date.Value.Y == d.Y })
		if len(year) <= yearLimit {
			out = append(out, period{fmt.Sprintf("%04d", d.Y), year})
			list = list[len(year):]
			continue
		}
		for rest := year; len(rest) > 0; {
			d := a.Articles[rest[0]].Date.Value
			month := run(rest, func(i archive.ArticleIndex) bool { return a.Articles[i].Date.Value.MonthOf() == d.MonthOf() })
			rest = rest[len(month):]
			name := fmt.Sprintf("%04d-%02d", d.Y, d.M)
			if len(month) <= monthLimit {
				out = append(out, period{name, month})
				continue
			}
			for len(month) > 0 {
				d := a.Articles[month[0]].Date.Value
				day := run(month, func(i archive.ArticleIndex) bool { return a.Articles[i].Date.Value == d })
				out = append(out, period{fmt.Sprintf("%s-%02d", name, d.D), day})
				month = month[len(day):]
			}
		}
		list = list[len(year):]
	}
	return out
}

func run(list []archive.ArticleIndex, same func(archive.ArticleIndex) bool) []archive.ArticleIndex {
	n := 0
	for n < len(list) && same(list[n]) {
		n++
	}
	return list[:n]
}

// undated cuts articles without a date into 1, 2, 4 … 256 pieces by id.
func undated(a *archive.Archive, list []archive.ArticleIndex) []period {
	bits := 0
	for bits < 8 && len(list)>>bits > yearLimit {
		bits++
	}
	if bits == 0 {
		return []period{{"undated", list}}
	}
	pieces := make([]period, 1<<bits)
	for i := range pieces {
		pieces[i].name = fmt.Sprintf("undated-%02x", i)
	}
	for _, i := range list {
		at := bucket(a.Articles[i].ID, bits)
		pieces[at].articles = append(pieces[at].articles, i)
	}
	return pieces
}

// bucket gives the first bits of a hash (FNV-1a) of a name.
func bucket(name string, bits int) int {
	h := uint32(2166136261)
	for i := range len(name) {
		h = (h ^ uint32(name[i])) * 16777619
	}
	return int(h >> (32 - bits))
}
