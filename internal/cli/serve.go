package cli

import (
	"fmt"
	"os/exec"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"warraq/internal/build"
	"warraq/internal/diag"
	"warraq/internal/preview"
)

func (p *program) serveCommand() *cobra.Command {
	o := preview.Options{Build: build.Options{Version: Version}}
	var now string
	var open bool
	c := &cobra.Command{
		Use:   "serve",
		Short: "Show the site on this machine and reload it when a source is saved",
		Long: `Serve builds the site, drafts and future articles included, and shows it to this
machine only. Saving an article, a template or the configuration builds again
what changed and reloads open browsers. A source that does not build shows as a
page with its line until it is mended.`,
		Example: "  warraq serve\n  warraq serve --port 0 --open",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			var err error
			if o.Build.Now, err = p.buildTime(now); err != nil {
				return err
			}
			if err := p.folderExists(o.Build.Source); err != nil {
				return err
			}
			o.Ready = func(url string) {
				fmt.Fprintf(p.Out, "%s (Ctrl+C to stop)\n", url)
				if open {
					p.openBrowser(url)
				}
			}
			o.Built = func(r *build.Report, problems []diag.Problem, err error, took time.Duration) {
				p.print(o.Build.Source, problems, false)
				switch {
				case err != nil:
					fmt.Fprintf(p.Err, "error: %v\n", err)
				case r != nil && r.Done:
					fmt.Fprintf(p.Out, "built in %d ms: %d new, %d changed, %d removed\n", took.Milliseconds(), r.Pages.New, r.Pages.Changed, r.Pages.Removed)
				}
			}
			return preview.Run(c.Context(), o)
		},
	}
	p.siteFlags(c, &o.Build)
	f := c.Flags()
	f.StringVar(&o.Bind, "bind", "127.0.0.1", "address to listen on; others than this machine's let others in")
	f.IntVarP(&o.Port, "port", "p", 1313, "port to listen on; 0 takes a free one")
	f.BoolVar(&open, "open", false, "open the site in a browser")
	f.StringVar(&now, "now", "", "build day, as 2025-01-31 (default $SOURCE_DATE_EPOCH, else today)")
	return c
}

// openBrowser asks the desktop; where there is none, the printed address serves.
func (p *program) openBrowser(url string) {
	name, args := "xdg-open", []string{url}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", url}
	}
	if err := exec.Command(name, args...).Start(); err != nil {
		fmt.Fprintf(p.Err, "no browser could be opened: %v\n", err)
	}
}
