// Package cli is the command line: commands, flags, streams, exit codes.
//
// Results go to stdout, problems and progress to stderr; progress only to a
// terminal. Exit codes: 0 done; 1 the content has errors (or warnings under
// --strict); 2 wrong usage or configuration; 3 the machine failed. All streams
// and the environment are handed in, so that tests run whole commands.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"warraq/internal/diag"
)

// Version is set by the linker; see the Makefile.
var Version = "unknown"

// The exit codes.
const (
	exitDone    = 0
	exitContent = 1
	exitUsage   = 2
	exitFailure = 3
)

// Streams are the program's connections to the outside.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
	Env      func(string) string
}

// Run executes a command line without the program's name and returns the exit code.
func Run(ctx context.Context, args []string, s Streams) int {
	if s.Env == nil {
		s.Env = os.Getenv
	}
	p := &program{Streams: s}
	root := p.root()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if stopped := p.profiles.stop(); err == nil {
		err = stopped
	}
	var code exitCode
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &code):
		return int(code)
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(s.Err, "interrupted; the destination is consistent")
		return exitFailure
	}
	var usage usageError
	if errors.As(err, &usage) || strings.HasPrefix(err.Error(), "unknown command") {
		fmt.Fprintf(s.Err, "error: %v\n", err)
		fmt.Fprintf(s.Err, "  run '%s --help' for what it takes\n", commandOf(root, args))
		return exitUsage
	}
	var problem diag.Problem
	if errors.As(err, &problem) {
		p.print("", []diag.Problem{problem}, false)
	} else {
		fmt.Fprintf(s.Err, "error: %v\n", err)
	}
	return exitFailure
}

// Command gives the root command, for what is generated from it: manual pages
// and completions.
func Command(s Streams) *cobra.Command { return (&program{Streams: s}).root() }

// commandOf names the command that args call, for the hint at --help.
func commandOf(root *cobra.Command, args []string) string {
	if c, _, err := root.Find(args); err == nil {
		return c.CommandPath()
	}
	return root.Name()
}

// exitCode ends a command whose problems have been printed.
type exitCode int

func (c exitCode) Error() string { return fmt.Sprintf("exit %d", int(c)) }

// usageError is a wrong flag or argument.
type usageError struct{ error }

func (u usageError) Unwrap() error { return u.error }

// program is one run of the command line.
type program struct {
	Streams
	profiles
	verbose bool
	format  string // of problems
}

func (p *program) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "warraq",
		Short: "Build a right-to-left archive site from Arabic news articles",
		Long: `Warraq turns a folder of Markdown articles and messy clippings of Arabic news
into a fast, static, right-to-left archive with themes, tags, sources and a timeline.`,
		Example:       "  warraq build --source . --destination public\n  warraq inspect content/clippings/x.txt",
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetIn(p.In)
	root.SetOut(p.Out)
	root.SetErr(p.Err)
	root.SuggestionsMinimumDistance = 2
	root.PersistentFlags().BoolVarP(&p.verbose, "verbose", "v", false, "print every automatic decision, not only how many")
	p.profiles.flags(root)
	root.PersistentPreRunE = func(*cobra.Command, []string) error { return p.profiles.start() }
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return usageError{suggestFlag(c, err)}
	})
	root.AddCommand(p.buildCommand(), p.inspectCommand(), p.explainCommand(), p.versionCommand(),
		p.newCommand(), p.importCommand(), p.searchCommand(), p.checkCommand(), p.serveCommand(),
		p.deployCommand())
	for _, c := range root.Commands() {
		wrapArgs(c)
	}
	return root
}

// wrapArgs makes a complaint about arguments a usage error.
func wrapArgs(c *cobra.Command) {
	if check := c.Args; check != nil {
		c.Args = func(c *cobra.Command, args []string) error {
			if err := check(c, args); err != nil {
				return usageError{fmt.Errorf("%w; it is called as: %s", err, c.UseLine())}
			}
			return nil
		}
	}
}

// suggestFlag adds "did you mean" to pflag's "unknown flag: --x".
func suggestFlag(c *cobra.Command, err error) error {
	name, ok := strings.CutPrefix(err.Error(), "unknown flag: --")
	if !ok {
		return err
	}
	var known []string
	for _, line := range strings.Split(c.Flags().FlagUsages(), "\n") {
		if _, rest, ok := strings.Cut(line, "--"); ok {
			known = append(known, strings.TrimRight(strings.Fields(rest)[0], "="))
		}
	}
	slices.Sort(known)
	if near := diag.Nearest(name, known); near != "" {
		return fmt.Errorf("%w; did you mean --%s?", err, near)
	}
	return err
}

func (p *program) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "explain [CODE]",
		Short:   "Explain a problem by its code, or list all codes",
		Example: "  warraq explain config-unknown",
		Args:    cobra.MaximumNArgs(1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return codes(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			for _, e := range diag.Explanations() {
				if len(args) == 0 {
					fmt.Fprintf(p.Out, "%-28s %-8s %s\n", e.Code, e.Severity, e.Summary)
				} else if string(e.Code) == args[0] {
					_, err := fmt.Fprintf(p.Out, "%s (%s): %s\n\n%s\n", e.Code, e.Severity, e.Summary, e.Details)
					return err
				}
			}
			if len(args) == 0 {
				return nil
			}
			return usageError{fmt.Errorf("no problem has the code %q; %s", args[0], diag.DidYouMean(args[0], codes(), "'warraq explain' lists all"))}
		},
	}
}

func codes() []string {
	var names []string
	for _, e := range diag.Explanations() {
		names = append(names, string(e.Code))
	}
	return names
}
