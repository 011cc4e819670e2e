package cli

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"warraq/internal/intake"
)

func (p *program) newCommand() *cobra.Command {
	var o intake.NewOptions
	var now string
	c := &cobra.Command{
		Use:   "new article|clipping|theme TITLE…",
		Short: "Make an article, a clipping or a theme, ready to write",
		Long: `New writes a file from its archetype, dated today, with a safe name made from the
title, and prints its path. A file of that name is never overwritten. Put your own
archetypes into archetypes/ of the site: article.md, clipping.txt, theme.md.`,
		Example:   "  warraq new article الشرع يزور موسكو --name sharaa-in-moscow\n  warraq new theme العلاقات الروسية التركية --name russia-turkey",
		Args:      cobra.MinimumNArgs(2),
		ValidArgs: intake.Kinds(),
		RunE: func(c *cobra.Command, args []string) error {
			if err := p.folderExists(o.Site); err != nil {
				return err
			}
			at, err := p.buildTime(now)
			if err != nil {
				return err
			}
			if at.IsZero() {
				at = time.Now()
			}
			o.Kind, o.Title, o.Now = args[0], strings.Join(args[1:], " "), at
			path, err := intake.New(o)
			if errors.Is(err, intake.ErrExists) || err != nil && path == "" {
				return usageError{err}
			}
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(p.Out, path)
			return err
		},
	}
	f := c.Flags()
	f.StringVarP(&o.Site, "source", "s", ".", "folder of the site")
	f.StringVar(&o.Name, "name", "", "file name without extension, also its address (default from the title)")
	f.StringVar(&now, "now", "", "the day it is dated (default today)")
	return c
}
