package cli

import (
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func (p *program) versionCommand() *cobra.Command {
	var modules bool
	c := &cobra.Command{
		Use:   "version",
		Short: "Print the program's version, its commit and its modules",
		Long: `Version prints the version, the commit the program was built from, the Go version
and, with --modules, the version of every module that is in the program.`,
		Example: "  warraq version\n  warraq version --modules",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			info, _ := debug.ReadBuildInfo() // nil in a program without: then less is said
			fmt.Fprintf(p.Out, "warraq %s\n", Version)
			if info == nil {
				return nil
			}
			if commit := commitOf(info); commit != "" {
				fmt.Fprintf(p.Out, "commit %s\n", commit)
			}
			fmt.Fprintf(p.Out, "%s %s/%s\n", info.GoVersion, setting(info, "GOOS"), setting(info, "GOARCH"))
			if modules {
				for _, m := range info.Deps {
					if m.Replace != nil {
						fmt.Fprintf(p.Out, "%s %s => %s %s\n", m.Path, m.Version, m.Replace.Path, m.Replace.Version)
					} else {
						fmt.Fprintf(p.Out, "%s %s\n", m.Path, m.Version)
					}
				}
			}
			return nil
		},
	}
	c.Flags().BoolVar(&modules, "modules", false, "list the modules that are in the program")
	return c
}

func setting(info *debug.BuildInfo, key string) string {
	for _, s := range info.Settings {
		if s.Key == key {
			return s.Value
		}
	}
	return ""
}

// commitOf names the commit, its time and whether the files differed from it.
func commitOf(info *debug.BuildInfo) string {
	commit := setting(info, "vcs.revision")
	if commit == "" {
		return ""
	}
	if at := setting(info, "vcs.time"); at != "" {
		commit += " of " + at
	}
	if setting(info, "vcs.modified") == "true" {
		commit += ", with changes"
	}
	return commit
}
