package cli

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
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
addresses that were published and would be gone.

With --site it audits a built site instead: dead links, language and direction,
ids, escaping, weight, requests to other sites.`,
		Example: "  warraq check --strict\n  warraq check --site public --external\n  warraq check --format github",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if site != "" {
				return p.checkTree(c, site, o, external)
			}
			if external {
				return usageError{fmt.Errorf("--external reads the links of a built site: name it with --site")}
			}
			var err error
			if o.Now, err = p.buildTime(now); err != nil {
				return err
			}
			if err := p.folderExists(o.Source); err != nil {
				return err
			}
			return p.checkContent(c, o)
		},
	}
	p.siteFlags(c, &o)
	p.formatFlag(c)
	f := c.Flags()
	f.StringVar(&site, "site", "", "audit the built site in this folder")
	f.BoolVar(&external, "external", false, "with --site: ask the other sites that are linked to")
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

func (p *program) checkContent(c *cobra.Command, o build.Options) error {
	line := p.newProgress()
	o.Progress = line.step
	checked, problems, err := build.Check(c.Context(), o)
	line.clear()
	if err != nil {
		return err
	}
	if checked != nil {
		problems = append(problems, build.Under(audit.Archive(checked.Archive, checked.Editorial, checked.Pages, checked.Published))...)
		slices.SortFunc(problems, diag.Compare)
	}
	return p.result(o.Source, problems, o.Strict, func() string {
		if checked == nil {
			return ""
		}
		return fmt.Sprintf("%s and %s checked", count(len(checked.Archive.Articles), "article"), count(len(checked.Pages), "page"))
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
		cache := o.CacheDir
		if cache == "" {
			cache = filepath.Join(o.Source, ".warraq")
		}
		found, err := audit.External(c.Context(), r.External, audit.ExternalOptions{
			CacheFile: filepath.Join(cache, "links.json"), Now: time.Now(),
			Progress: func(done, of int) { line.step("asking other sites", done, of) },
		})
		line.clear()
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

// result prints what a check found. People read it on stderr and the sum on
// stdout; programs read the other formats on stdout.
func (p *program) result(root string, problems []diag.Problem, strict bool, sum func() string) error {
	code := exitFor(problems, strict)
	if p.format == "" || p.format == "text" {
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
		if !slices.Contains(diag.Formats(), p.format) {
			return usageError{fmt.Errorf("--format: %q; it is one of %q", p.format, diag.Formats())}
		}
		if err := diag.Print(p.Out, p.format, Version, problems, diag.TextOptions{}); err != nil {
			return fmt.Errorf("writing the result: %w", err)
		}
	}
	if code != exitDone {
		return exitCode(code)
	}
	return nil
}
