package cli

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"warraq/internal/audit"
	"warraq/internal/build"
	"warraq/internal/diag"
)

func (p *program) checkCommand() *cobra.Command {
	o := build.Options{Version: Version}
	var site, now string
	var external bool
	c := &cobra.Command{
		Use:   "check",
		Short: "Check the content, and a built site, without writing anything",
		Long: `Check says everything that build would say, and what only the whole archive
shows: themes without articles, tags that look alike, articles without a source,
pairs that are nearly one, addresses that were published and would be gone. It
makes every page without writing it and looks at it as a browser would: dead
links and links to drafts, language and direction, ids, escaping, weight,
requests to other sites.

With --site it looks at the pages of a built site instead. --external also asks
the sites that pages link to; their good answers are believed for a week.`,
		Example: "  warraq check --strict\n  warraq check --site public --external\n  warraq check --format github",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := p.knownFormat(); err != nil {
				return err
			}
			if site != "" {
				return p.checkTree(c, site, o, external)
			}
			var err error
			if o.Now, err = p.buildTime(now); err != nil {
				return err
			}
			if err := p.folderExists(o.Source); err != nil {
				return err
			}
			return p.checkContent(c, o, external)
		},
	}
	p.siteFlags(c, &o)
	p.formatFlag(c)
	f := c.Flags()
	f.StringVar(&site, "site", "", "audit the built site in this folder")
	f.BoolVar(&external, "external", false, "ask the other sites that pages link to: each address once, one at a time a site")
	f.BoolVar(&o.Strict, "strict", false, "exit with 1 on warnings too")
	f.StringVar(&o.BaseURL, "base-url", "", "replace baseURL of hugo.toml")
	f.StringVarP(&o.Destination, "destination", "d", "", "the last build, for addresses that vanished (default public below the source)")
	f.StringVar(&now, "now", "", "build day, as 2025-01-31 (default $SOURCE_DATE_EPOCH, else today)")
	return c
}

// formatFlag is for commands whose result is a list of problems.
func (p *program) formatFlag(c *cobra.Command) {
	c.Flags().StringVar(&p.format, "format", "text", "how problems are printed: text, json, sarif or github")
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(diag.Formats(), cobra.ShellCompDirectiveNoFileComp))
}

// readable reports whether problems go to people.
func (p *program) readable() bool { return p.format == "" || p.format == "text" }

func (p *program) knownFormat() error {
	if p.readable() || slices.Contains(diag.Formats(), p.format) {
		return nil
	}
	return usageError{fmt.Errorf("--format: %q; it is one of %s", p.format, strings.Join(diag.Formats(), ", "))}
}

func (p *program) checkContent(c *cobra.Command, o build.Options, external bool) error {
	line := p.newProgress()
	o.Progress = line.step
	checked, problems, err := build.Check(c.Context(), o)
	line.clear()
	if err != nil {
		return err
	}
	links := 0
	if checked != nil {
		paths := make([]string, len(checked.Pages))
		for i := range checked.Pages {
			paths[i] = checked.Pages[i].Path
		}
		sources := audit.NewSources(checked.Archive, checked.Content, checked.Unpublished)
		problems = append(problems, build.Under(audit.Archive(checked.Archive, checked.Editorial, sources))...)
		problems = append(problems, audit.Vanished(paths, checked.Published)...)
		line.step("looking at pages", 0, 0)
		r, err := audit.Pages(c.Context(), checked.Pages, audit.TreeOptions{BasePath: checked.Config.BasePath, External: external})
		line.clear()
		if err != nil {
			return err
		}
		links = r.Links
		inContent, inPages := sources.Problems(r)
		problems = slices.Concat(problems, build.Under(inContent), inPages)
		if external {
			for i, l := range r.External {
				if at, ok := sources.Link(l); ok {
					at.Path = "content/" + at.Path
					r.External[i].From = at
				}
			}
			found, err := p.askOthers(c, o, r.External)
			if err != nil {
				return err
			}
			problems = append(problems, found...)
		}
		slices.SortFunc(problems, diag.Compare)
		problems = slices.Compact(problems)
	}
	return p.result(o.Source, problems, o.Strict, func() string {
		if checked == nil {
			return ""
		}
		return fmt.Sprintf("%s, %s and %s checked", count(len(checked.Archive.Articles), "article"), count(len(checked.Pages), "page"), count(links, "link"))
	})
}

func (p *program) checkTree(c *cobra.Command, site string, o build.Options, external bool) error {
	info, err := os.Stat(site)
	if err != nil || !info.IsDir() {
		return usageError{fmt.Errorf("--site: there is no folder %s; build first", site)}
	}
	base := "/"
	if o.BaseURL != "" {
		u, err := url.Parse(o.BaseURL)
		if err != nil {
			return usageError{fmt.Errorf("--base-url: %w", err)}
		}
		base = u.Path
	} else if checkedBase := audit.BasePath(site); checkedBase != "" {
		base = checkedBase
	}
	line := p.newProgress()
	line.step("reading pages", 0, 0)
	r, err := audit.Tree(c.Context(), site, audit.TreeOptions{BasePath: base, External: external})
	line.clear()
	if err != nil {
		return err
	}
	problems := r.Problems
	if external {
		found, err := p.askOthers(c, o, r.External)
		if err != nil {
			return err
		}
		problems = append(problems, found...)
		slices.SortFunc(problems, diag.Compare)
	}
	return p.result(site, problems, o.Strict, func() string {
		return fmt.Sprintf("%s and %s checked", count(r.Pages, "page"), count(r.Links, "link"))
	})
}

// askOthers looks whether other sites answer where the pages link to them.
func (p *program) askOthers(c *cobra.Command, o build.Options, links []audit.ExternalLink) ([]diag.Problem, error) {
	cache := o.CacheDir
	if cache == "" {
		cache = filepath.Join(o.Source, ".warraq")
	}
	line := p.newProgress()
	defer line.clear()
	return audit.External(c.Context(), links, audit.ExternalOptions{
		CacheFile: filepath.Join(cache, "links.json"), Now: time.Now(),
		Progress: func(done, of int) { line.step("asking other sites", done, of) },
	})
}

// result prints what a check found. People read it on stderr and the sum on
// stdout; programs read the other formats on stdout.
func (p *program) result(root string, problems []diag.Problem, strict bool, sum func() string) error {
	code := exitFor(problems, strict)
	if p.readable() {
		p.print(root, problems, strict)
		errors, warnings := 0, 0
		for _, q := range problems {
			switch q.Severity {
			case diag.Error:
				errors++
			case diag.Warning:
				warnings++
			}
		}
		if s := sum(); s != "" {
			fmt.Fprintf(p.Out, "%s: %s, %s\n", s, count(errors, "error"), count(warnings, "warning"))
		}
	} else {
		if err := diag.Print(p.Out, p.format, Version, problems, diag.TextOptions{Verbose: p.verbose}); err != nil {
			return fmt.Errorf("writing the result: %w", err)
		}
	}
	if code != exitDone {
		return exitCode(code)
	}
	return nil
}
