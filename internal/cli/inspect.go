package cli

import (
	"bufio"

	"github.com/spf13/cobra"

	"warraq/internal/build"
)

func (p *program) inspectCommand() *cobra.Command {
	o := build.Options{Version: Version}
	var asJSON bool
	c := &cobra.Command{
		Use:   "inspect [PATH…]",
		Short: "Show what extraction makes of sources, and why",
		Long: `Inspect shows, for each source, which lines became which field of which article,
what was dropped and why, and what the archive made of the articles: dates with
their evidence, tags, themes, events, relations.

Without PATH it inspects the whole site. PATH may lie outside the content tree;
without a site the embedded rules, themes and entities serve.`,
		Example: "  warraq inspect content/clippings/x.txt\n  warraq inspect --json ../clippings/*.txt",
		RunE: func(c *cobra.Command, args []string) error {
			if err := p.folderExists(o.Source); err != nil {
				return err
			}
			line := p.newProgress()
			o.Progress = line.step
			found, problems, err := build.Inspect(c.Context(), o, args)
			line.clear()
			if err != nil {
				return err
			}
			if found == nil {
				return exitCode(max(p.print(o.Source, problems, false), exitContent))
			}
			out := bufio.NewWriterSize(p.Out, 1<<16)
			if asJSON {
				err = inspectJSON(out, found, problems)
			} else {
				err = p.inspectText(out, found)
			}
			if err == nil {
				err = out.Flush()
			}
			if err != nil {
				return err
			}
			if asJSON {
				if code := exitFor(problems, false); code != exitDone {
					return exitCode(code)
				}
				return nil
			}
			if code := p.print(".", problems, false); code != exitDone {
				return exitCode(code)
			}
			return nil
		},
	}
	p.siteFlags(c, &o)
	c.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line: articles, dropped spans, problems")
	return c
}
