package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra/doc"

	"warraq/internal/cli"
)

// manual writes the manual pages and shell completions, generated from the
// commands themselves, and lists them as they lie in an archive.
func manual(dir, version string, day time.Time) ([]file, error) {
	man, shells := filepath.Join(dir, "man1"), filepath.Join(dir, "completions")
	for _, d := range []string{man, shells} {
		if err := os.MkdirAll(d, 0o755); err != nil {
			return nil, err
		}
	}
	root := cli.Command(cli.Streams{Out: io.Discard, Err: io.Discard})
	root.DisableAutoGenTag = true
	header := &doc.GenManHeader{Title: "WARRAQ", Section: "1", Source: "warraq " + version, Manual: "Warraq", Date: &day}
	if err := doc.GenManTree(root, header, man); err != nil {
		return nil, err
	}
	if err := errors.Join(
		root.GenBashCompletionFileV2(filepath.Join(shells, "warraq.bash"), true),
		root.GenZshCompletionFile(filepath.Join(shells, "_warraq")),
		root.GenFishCompletionFile(filepath.Join(shells, "warraq.fish"), true),
		root.GenPowerShellCompletionFileWithDesc(filepath.Join(shells, "warraq.ps1")),
	); err != nil {
		return nil, err
	}
	var files []file
	for _, part := range []string{"man1", "completions"} {
		entries, err := os.ReadDir(filepath.Join(dir, part))
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			files = append(files, file{part + "/" + e.Name(), filepath.Join(dir, part, e.Name()), 0o644})
		}
	}
	return files, nil
}
