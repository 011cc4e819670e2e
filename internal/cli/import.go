package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"warraq/internal/config"
	"warraq/internal/intake"
)

func (p *program) importCommand() *cobra.Command {
	var o intake.ImportOptions
	var root string
	c := &cobra.Command{
		Use:   "import PATH…",
		Short: "Turn clippings into Markdown articles",
		Long: `Import reads clippings (.txt, .html, .jsonl, .warc, feeds) and writes each article
of them as Markdown below content/articles/, with its id, dates, source, tags and
where it was read. Nothing is lost and nothing is overwritten; an article that is
there already is left as it is, so import can be stopped and run again. A build
that sees the clipping and its Markdown prefers the Markdown.`,
		Example: "  warraq import content/clippings\n  warraq import --dry-run ~/saved/*.txt feed.xml",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			site, problems := config.Load(root)
			if code := p.print(root, problems, false); site == nil || code != exitDone {
				return exitCode(exitUsage)
			}
			o.Site, o.Paths = site, args
			line := p.newProgress()
			o.Progress = func(done, total int) { line.step("importing", done, total) }
			out, problems, err := intake.Import(c.Context(), o)
			line.clear()
			written := 0
			for _, im := range out {
				if im.New {
					written++
					fmt.Fprintf(p.Out, "%s\t%s\t%s:%d\n", im.Path, im.Title, im.Origin.Path, im.Origin.Line)
				}
			}
			code := p.print("", problems, false)
			if err != nil {
				return err
			}
			verb := "written"
			if o.DryRun {
				verb = "would be written"
			}
			fmt.Fprintf(p.Err, "%s %s, %d there already\n", count(written, "article"), verb, len(out)-written)
			if code != exitDone {
				return exitCode(code)
			}
			return nil
		},
	}
	f := c.Flags()
	f.StringVarP(&root, "source", "s", ".", "folder of the site")
	f.BoolVar(&o.DryRun, "dry-run", false, "say what would be written, write nothing")
	return c
}
