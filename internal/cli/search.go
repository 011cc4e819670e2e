package cli

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"warraq/internal/diag"
	"warraq/internal/search"
)

// lineMax bounds a query read from standard input.
const lineMax = 1 << 20

func (p *program) searchCommand() *cobra.Command {
	var site string
	var asJSON, byDate bool
	o := search.Options{All: true}
	c := &cobra.Command{
		Use:   "search QUERY|-",
		Short: "Search a built site as its readers do",
		Long: `Search answers a query from the index of a built site, with the same analysis,
matching and order as the search page. Every word is required; «words in quotes»
are an exact phrase; the last word may be the beginning of one.

The query - reads queries from standard input, one a line, and prints one JSON
array a line. "tier" says how a result was found: 1 the word itself, 2 behind a
joined particle, 3 a broken plural or another spelling, 4 the beginning of a
word, 5 a letter mistyped.`,
		Example: "  warraq search --site public لجوء الأسد\n  warraq search --site public --json '«القواعد الروسية»'\n  warraq search --site public - < queries.txt",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := p.folderExists(site); err != nil {
				return err
			}
			ix, err := search.Open(site)
			if err != nil {
				return badIndex(site, err)
			}
			o.ByDate = byDate
			query := strings.Join(args, " ")
			switch {
			case len(args) == 1 && args[0] == "-":
				return p.answerAll(site, ix, o)
			case asJSON:
				return printHits(p.Out, site, ix, query, o)
			}
			return p.printResults(site, ix, query, o)
		},
	}
	f := c.Flags()
	f.StringVar(&site, "site", "public", "folder of the built site")
	f.BoolVar(&asJSON, "json", false, "print one JSON array of results")
	f.BoolVar(&byDate, "by-date", false, "newest first instead of best first")
	f.IntVar(&o.Limit, "limit", 20, "results at most")
	f.StringVar(&o.Theme, "theme", "", "only this theme (its slug)")
	f.StringVar(&o.Source, "from", "", "only this source (its slug)")
	f.StringVar(&o.Year, "year", "", "only this year")
	return c
}

// badIndex says that a site's index cannot be read.
func badIndex(site string, err error) error {
	return diag.Problem{
		Code: diag.SearchIndex, Severity: diag.Error, Position: diag.Position{Path: filepath.ToSlash(filepath.Join(site, "search"))},
		Message: "the search index cannot be read: " + err.Error(), Remedy: "build the site again, with search on",
	}
}

// answerAll answers the queries of standard input, one a line.
func (p *program) answerAll(site string, ix *search.Index, o search.Options) error {
	lines := bufio.NewScanner(p.In)
	lines.Buffer(nil, lineMax)
	out := bufio.NewWriter(p.Out)
	for lines.Scan() {
		if err := printHits(out, site, ix, lines.Text(), o); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("standard input: %w", err)
	}
	return out.Flush()
}

// printHits prints the results of one query as a JSON array and a newline.
func printHits(w io.Writer, site string, ix *search.Index, query string, o search.Options) error {
	res, err := ix.Query(query, o)
	if err != nil {
		return badIndex(site, err)
	}
	if res.Hits == nil {
		res.Hits = []search.Hit{}
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(res.Hits)
}

// printResults prints results for people.
func (p *program) printResults(site string, ix *search.Index, query string, o search.Options) error {
	res, err := ix.Query(query, o)
	if err != nil {
		return badIndex(site, err)
	}
	switch {
	case res.Words == 0:
		fmt.Fprintln(p.Err, "the query holds no word to look for")
	case res.Total == 0:
		fmt.Fprintln(p.Err, "nothing found")
	default:
		fmt.Fprintf(p.Err, "%d found, %d of them near\n", res.Total, res.Near)
	}
	for _, h := range res.Hits {
		near := ""
		if h.Tier >= 3 {
			near = " (near)"
		}
		if _, err := fmt.Fprintf(p.Out, "%s\t%s\t%s%s\n", h.Date, h.URL, h.Title, near); err != nil {
			return err
		}
	}
	return nil
}
