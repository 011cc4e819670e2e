package cli

import (
	"bufio"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"warraq/internal/config"
	"warraq/internal/diag"
	"warraq/internal/publish"
)

func (p *program) deployCommand() *cobra.Command {
	var source, tree, target string
	var confirm, list bool
	o := publish.Options{}
	c := &cobra.Command{
		Use:   "deploy",
		Short: "Publish the built site to a bucket or a folder",
		Long: `Deploy copies the built site to a target of [deployment] in hugo.toml: an S3,
Google or Azure bucket, or a folder. Only changed files travel, in an order that
never leaves the published site with a dead link, wherever it is interrupted.
Files that no deployment published are left alone.`,
		Example: "  warraq deploy --dry-run\n  warraq deploy --target production --confirm\n  warraq deploy --target /srv/www/archive --precompress",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			site, problems := config.Load(source)
			if code := p.print(source, problems, false); site == nil || code != exitDone {
				return exitCode(exitUsage)
			}
			d := site.Deployment
			if list {
				for _, t := range d.Targets {
					fmt.Fprintf(p.Out, "%s\t%s\n", t.Name, t.URL)
				}
				return nil
			}
			var err error
			if o.Target, err = chooseTarget(d.Targets, target); err != nil {
				return usageError{err}
			}
			if tree == "" {
				tree = filepath.Join(source, "public")
			}
			o.Tree, o.Source, o.Matchers = tree, source, d.Matchers
			if !c.Flags().Changed("workers") {
				o.Workers = d.Workers
			}
			if !c.Flags().Changed("max-deletes") {
				o.MaxDeletes = d.MaxDeletes
			}
			if !c.Flags().Changed("invalidate-cdn") {
				o.Invalidate = d.InvalidateCDN
			}
			if confirm {
				o.Confirm = p.confirmPlan
			}
			line := p.newProgress()
			o.Progress = line.step
			if p.verbose {
				o.Log = p.Err
			}
			begun := time.Now()
			r, err := publish.Run(c.Context(), o)
			line.clear()
			switch {
			case errors.Is(err, publish.ErrTooManyDeletes):
				p.printPlan(r.Plan)
				return usageError{err}
			case errors.Is(err, publish.ErrOverlap):
				return usageError{fmt.Errorf("--target %s: %w", o.Target.URL, err)}
			case err != nil:
				return fmt.Errorf("%w\n  %s", err, publish.Explain(err))
			}
			if o.DryRun {
				p.printPlan(r.Plan)
			}
			p.deployed(o, r, time.Since(begun))
			return nil
		},
	}
	f := c.Flags()
	f.StringVarP(&source, "source", "s", ".", "folder of the site: hugo.toml")
	f.StringVar(&tree, "site", "", "the built site (default public below the source)")
	f.StringVar(&target, "target", "", "a target's name, or the URL or folder of one (default the first target)")
	f.BoolVar(&list, "list", false, "list the targets and stop")
	f.BoolVar(&o.DryRun, "dry-run", false, "say what would be done, change nothing")
	f.BoolVar(&confirm, "confirm", false, "ask before the first change")
	f.BoolVar(&o.Force, "force", false, "upload unchanged files too")
	f.BoolVar(&o.Precompress, "precompress", false, "put .br and .gz files beside compressible ones, for servers that can use them")
	f.BoolVar(&o.Invalidate, "invalidate-cdn", true, "tell the target's CDN that files changed")
	f.IntVar(&o.MaxDeletes, "max-deletes", 256, "refuse to remove more files than this; -1 for no limit")
	f.IntVar(&o.Workers, "workers", 10, "files to upload at once")
	return c
}

// chooseTarget finds a target by name; the first one without a name; a URL or a
// folder as it is.
func chooseTarget(targets []config.DeployTarget, name string) (config.DeployTarget, error) {
	var names []string
	for _, t := range targets {
		if name == "" || t.Name == name {
			return t, nil
		}
		names = append(names, t.Name)
	}
	switch {
	case strings.Contains(name, "://"), filepath.IsAbs(name), strings.HasPrefix(name, "."):
		return config.DeployTarget{Name: name, URL: name}, nil
	case name == "":
		return config.DeployTarget{}, errors.New("hugo.toml has no [[deployment.targets]]: add one, or name a folder with --target")
	}
	hint := "hugo.toml names " + strings.Join(names, ", ")
	if len(names) == 0 {
		hint = "hugo.toml names none"
	}
	return config.DeployTarget{}, fmt.Errorf("no target is called %q; %s; a folder begins with . or /, like ./%s", name, diag.DidYouMean(name, names, hint), name)
}

func (p *program) confirmPlan(plan publish.Plan) bool {
	p.printPlan(plan)
	fmt.Fprintf(p.Err, "Upload %s and remove %d? [y/N] ", count(plan.Uploads(), "file"), len(plan.Remove))
	answer, _ := bufio.NewReader(p.In).ReadString('\n') // no answer is a no
	answer = strings.ToLower(strings.TrimSpace(answer))
	return answer == "y" || answer == "yes"
}

func (p *program) printPlan(plan publish.Plan) {
	for phase, names := range plan.Upload {
		for _, name := range names {
			fmt.Fprintf(p.Out, "upload\t%s\t%s\n", publish.Phase(phase), name)
		}
	}
	for _, name := range plan.Remove {
		fmt.Fprintf(p.Out, "remove\t\t%s\n", name)
	}
}

func (p *program) deployed(o publish.Options, r publish.Report, took time.Duration) {
	switch {
	case r.Cancelled:
		fmt.Fprintln(p.Out, "nothing was changed")
		return
	case o.DryRun:
		fmt.Fprintf(p.Out, "%s to upload, %d to remove, %d unchanged\n", count(r.Uploads(), "file"), len(r.Remove), r.Unchanged)
	default:
		fmt.Fprintf(p.Out, "%s uploaded (%s), %d removed, %d unchanged, %s, %.1f s\n",
			count(r.Uploaded, "file"), size(r.Bytes), r.Removed, r.Unchanged, count(int(r.Requests), "write request"), took.Seconds())
	}
	if n := len(r.Foreign); n > 0 {
		fmt.Fprintf(p.Err, "%s of the target %s not published by this program and left alone: %s\n",
			count(n, "file"), map[bool]string{true: "is", false: "are"}[n == 1], strings.Join(r.Foreign[:min(3, n)], ", "))
	}
}
