package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"warraq/internal/config"
	"warraq/internal/intake"
)

func (p *program) importCommand() *cobra.Command {
	var o intake.ImportOptions
	var root, hugo string
	var asJSON, write bool
	c := &cobra.Command{
		Use:   "import PATH…",
		Short: "Turn clippings into Markdown articles",
		Long: `Import reads clippings (.txt, .html, .jsonl, .warc, feeds) and writes each article
of them as Markdown below content/articles/, with its id, dates, source, tags and
where it was read. Nothing is lost and nothing is overwritten; an article that is
there already is left as it is, so import can be stopped and run again. A build
that sees the clipping and its Markdown prefers the Markdown.

With --from-hugo it reports where the pages of a Hugo site go: the old address of
each by Hugo's rules, its new one, and the aliases that keep the old one alive.
Nothing is changed without --write, which copies the pages with their aliases.`,
		Example: "  warraq import content/clippings\n  warraq import --dry-run ~/saved/*.txt feed.xml\n  warraq import --from-hugo ~/old-site --json",
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case hugo != "" && len(args) > 0:
				return fmt.Errorf("--from-hugo takes no other paths, not %q", args[0])
			case hugo == "" && len(args) == 0:
				return errors.New("name the files or folders to import")
			case hugo == "" && (write || asJSON):
				return errors.New("--write and --json belong to --from-hugo")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			site, problems := config.Load(root)
			if code := p.print(root, problems, false); site == nil || code != exitDone {
				return exitCode(exitUsage)
			}
			if hugo != "" {
				return p.migrate(c, intake.MigrateOptions{Site: site, From: hugo, Write: write && !o.DryRun}, asJSON)
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
	f.StringVar(&hugo, "from-hugo", "", "report where the pages of the Hugo site in this folder go")
	f.BoolVar(&write, "write", false, "with --from-hugo: copy the pages with their aliases")
	f.BoolVar(&asJSON, "json", false, "with --from-hugo: the report as JSON, one object a line")
	f.BoolVar(&o.DryRun, "dry-run", false, "say what would be written, write nothing")
	return c
}

// migrate prints where the pages of a Hugo site go.
func (p *program) migrate(c *cobra.Command, o intake.MigrateOptions, asJSON bool) error {
	pages, problems, err := intake.Migrate(c.Context(), o)
	code := p.print(o.From, problems, false)
	if err != nil {
		return err
	}
	aliases, written := 0, 0
	table := tabwriter.NewWriter(p.Out, 0, 0, 2, ' ', 0)
	if !asJSON {
		fmt.Fprintln(table, "source\told\tnew\taliases to add\tnote")
	}
	enc := json.NewEncoder(p.Out)
	enc.SetEscapeHTML(false)
	for _, m := range pages {
		aliases += len(m.Aliases)
		if m.Written {
			written++
		}
		if asJSON {
			if err := enc.Encode(m); err != nil {
				return fmt.Errorf("writing the report: %w", err)
			}
			continue
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", m.Source, m.Old, m.New, strings.Join(m.Aliases, " "), m.Note)
	}
	if err := table.Flush(); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	fmt.Fprintf(p.Err, "%s, %s to add, %d written\n", count(len(pages), "page"), counts(aliases, "alias", "aliases"), written)
	if code != exitDone {
		return exitCode(code)
	}
	return nil
}
