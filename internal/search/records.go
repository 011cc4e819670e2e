package search

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"warraq/internal/archive"
	"warraq/internal/output"
)

// A record is what a result shows of its article. The records of a block stand
// in packs of a few, named by the block's key and their number, so that ten
// results cost ten small reads and no directory of packs is needed.

// recordsPer is the number of records in a pack: small packs cost files, large
// ones bytes of a query.
func recordsPer(docs int) int {
	switch {
	case docs <= 20_000:
		return 4
	case docs <= 200_000:
		return 8
	}
	return 16
}

// record is a JSON array: id, title, date, source, excerpt.
type record [5]string

func recordOf(a *archive.Archive, article *archive.Article) record {
	r := record{article.ID, article.Title, article.Date.Value.String(), "", ""}
	if article.Source >= 0 {
		r[3] = a.Sources[article.Source].Name
	}
	if article.Rights != archive.LinkOnly {
		r[4] = strings.Join(strings.Fields(article.Description), " ")
	}
	return r
}

// recordName gives the name of a block's records.
func recordName(b *block, per int) name {
	var key output.KeyBuilder
	sum := key.Reset("search/records 1").Bytes(b.Key[:]).Int(int64(per)).Sum()
	return name(sum[:6])
}

// recordPages are the pages of a block's records.
func recordPages(a *archive.Archive, b *block, per int) []output.Page {
	id := recordName(b, per).String()
	pages := make([]output.Page, 0, (b.count()+per-1)/per)
	for first := 0; first < b.count(); first += per {
		var key output.KeyBuilder
		pages = append(pages, output.Page{
			Path:   filePath(id, fmt.Sprintf("-%d", first/per)),
			Key:    key.Reset("search/records 1").String(id).Int(int64(first)).Sum(),
			Stage:  output.Asset,
			Origin: "search index",
			Write: func(w io.Writer) error {
				var records []record
				for rank := first; rank < min(first+per, b.count()); rank++ {
					records = append(records, recordOf(a, &a.Articles[b.article(rank)]))
				}
				raw, err := json.Marshal(records)
				if err != nil {
					return err
				}
				return deflate(w, raw)
			},
		})
	}
	return pages
}
