package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"warraq/internal/build"
	"warraq/internal/diag"
)

func (p *program) buildCommand() *cobra.Command {
	o := build.Options{Version: Version}
	var now, report string
	c := &cobra.Command{
		Use:   "build",
		Short: "Build the site",
		Long: `Build turns the sources below content/ into a static site.

Only pages whose content changed are written again. Files of the destination
that no build wrote are left alone. With an error in the content nothing is
written at all, and every problem of the run is reported.`,
		Example: "  warraq build\n  warraq build --source archive --destination /srv/www/archive --strict",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			var err error
			if o.Now, err = p.buildTime(now); err != nil {
				return err
			}
			if c.Flags().Changed("jobs") && o.Jobs < 1 {
				return usageError{fmt.Errorf("--jobs is %d; it takes a number from 1", o.Jobs)}
			}
			if err := errors.Join(p.folderExists(o.Source), p.knownFormat()); err != nil {
				return err
			}
			return p.build(c, o, report)
		},
	}
	p.siteFlags(c, &o)
	p.formatFlag(c)
	f := c.Flags()
	f.StringVarP(&o.Destination, "destination", "d", "", "folder to write the site to (default public below the source)")
	f.BoolVar(&o.Clean, "clean", false, "delete files of the destination that this program did not write")
	f.BoolVar(&o.Strict, "strict", false, "treat warnings as errors: write nothing, exit with 1")
	f.StringVar(&o.BaseURL, "base-url", "", "replace baseURL of hugo.toml")
	f.StringVar(&now, "now", "", "build day, as 2025-01-31 or RFC 3339 (default $SOURCE_DATE_EPOCH, else today)")
	f.StringVar(&report, "report", "", "write counts, timings and problems to this JSON file")
	for _, name := range []string{"destination", "cache-dir", "source"} {
		_ = c.MarkFlagDirname(name) // fails only for a flag that does not exist
	}
	return c
}

// siteFlags are those of every command that reads a site.
func (p *program) siteFlags(c *cobra.Command, o *build.Options) {
	f := c.Flags()
	f.StringVarP(&o.Source, "source", "s", ".", "folder of the site: hugo.toml and content/")
	f.StringVar(&o.CacheDir, "cache-dir", "", "folder for what makes the next build fast (default .warraq below the source)")
	f.BoolVar(&o.NoCache, "no-cache", false, "read, extract and make everything again")
	f.BoolVarP(&o.Drafts, "drafts", "D", false, "with articles marked draft")
	f.BoolVarP(&o.Future, "future", "F", false, "with articles dated after the build day")
	f.BoolVarP(&o.Expired, "expired", "E", false, "with articles past their expiry")
	f.IntVarP(&o.Jobs, "jobs", "j", 0, "at most so many files at once (default one a processor)")
}

func (p *program) folderExists(dir string) error {
	info, err := os.Stat(dir)
	switch {
	case os.IsNotExist(err):
		return usageError{fmt.Errorf("--source: there is no folder %s", dir)}
	case err != nil:
		return fmt.Errorf("--source: %w", err)
	case !info.IsDir():
		return usageError{fmt.Errorf("--source: %s is not a folder", dir)}
	}
	return nil
}

// buildTime is --now, else SOURCE_DATE_EPOCH, else zero for the clock.
func (p *program) buildTime(now string) (time.Time, error) {
	if now != "" {
		for _, layout := range []string{time.DateOnly, time.RFC3339, "2006-01-02T15:04", "2006-01-02T15:04:05"} {
			if t, err := time.Parse(layout, now); err == nil {
				if layout == time.DateOnly {
					t = t.Add(12 * time.Hour) // the same day in every zone but the farthest
				}
				return t, nil
			}
		}
		return time.Time{}, usageError{fmt.Errorf("--now: %q is not a time; write 2025-01-31 or 2025-01-31T10:00:00Z", now)}
	}
	if epoch := p.Env("SOURCE_DATE_EPOCH"); epoch != "" {
		seconds, err := strconv.ParseInt(epoch, 10, 64)
		if err != nil {
			return time.Time{}, usageError{fmt.Errorf("SOURCE_DATE_EPOCH: %q is not a number of seconds", epoch)}
		}
		return time.Unix(seconds, 0), nil
	}
	return time.Time{}, nil
}

func (p *program) build(c *cobra.Command, o build.Options, report string) error {
	line := p.newProgress()
	memory := p.newMemoryTuner()
	o.Progress = func(stage string, done, total int) {
		memory.step(stage)
		line.step(stage, done, total)
	}
	r, problems, err := build.Run(c.Context(), o)
	line.clear()
	code := exitFor(problems, o.Strict)
	if !p.readable() {
		if err := diag.Print(p.Out, p.format, Version, problems, diag.TextOptions{Verbose: p.verbose}); err != nil {
			return fmt.Errorf("writing the problems: %w", err)
		}
	} else {
		p.print(o.Source, problems, o.Strict)
	}
	if report != "" && r != nil {
		if err := writeReport(report, r); err != nil {
			return err
		}
	}
	if err != nil {
		return err
	}
	p.summary(r, o.Strict)
	if code != exitDone {
		return exitCode(code)
	}
	return nil
}

func writeReport(name string, r *build.Report) error {
	data, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	if err := os.WriteFile(name, append(data, '\n'), 0o644); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}

// summary is the result of a build for people.
func (p *program) summary(r *build.Report, strict bool) {
	problems := fmt.Sprintf("%s, %s", count(r.Errors, "error"), count(r.Warnings, "warning"))
	if r.Infos > 0 && !p.verbose {
		problems += fmt.Sprintf(", %s (--verbose shows them)", count(r.Infos, "automatic decision"))
	}
	if !r.Done {
		why := "because of the errors above"
		if r.Errors == 0 && strict {
			why = "because --strict counts warnings as errors"
		}
		fmt.Fprintf(p.Err, "%s. Nothing was written to %s %s.\n", problems, r.Destination, why)
		return
	}
	n := r.Content
	out := p.Out
	if !p.readable() {
		out = p.Err // programs read the problems from stdout
	}
	fmt.Fprintf(out, "%s (%d undated, %s folded), %s, %s, %s, %s from %s\n",
		count(n.Articles, "article"), n.Undated, counts(n.Copies, "copy", "copies"), count(n.Themes, "theme"), count(n.Tags, "tag"),
		count(n.Outlets, "outlet"), count(n.Events, "event"), count(n.Sources, "source file"))
	fmt.Fprintf(out, "%s in %s: %d new, %d changed, %d removed, %d kept; %s written\n",
		count(r.Pages.Pages, "page"), r.Destination, r.Pages.New, r.Pages.Changed, r.Pages.Removed,
		r.Pages.Kept+r.Pages.Same, size(r.Pages.Bytes))
	fmt.Fprintf(out, "%s, %.2f s\n", problems, r.Seconds)
}

func count(n int, what string) string { return counts(n, what, what+"s") }

func counts(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func size(bytes int64) string {
	switch {
	case bytes < 1e3:
		return fmt.Sprintf("%d B", bytes)
	case bytes < 1e6:
		return fmt.Sprintf("%.1f kB", float64(bytes)/1e3)
	case bytes < 1e9:
		return fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
	}
	return fmt.Sprintf("%.2f GB", float64(bytes)/1e9)
}
