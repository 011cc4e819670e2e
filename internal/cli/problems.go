package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"

	"github.com/mattn/go-isatty"

	"warraq/internal/diag"
)

// print writes problems to stderr and returns the exit code they ask for.
func (p *program) print(root string, problems []diag.Problem, strict bool) int {
	excerpts(root, problems)
	// A failing write to stderr leaves nobody to tell.
	_ = diag.Text(p.Err, problems, diag.TextOptions{Colour: p.colour(p.Err), Verbose: p.verbose})
	return exitFor(problems, strict)
}

func exitFor(problems []diag.Problem, strict bool) int {
	code := exitDone
	for _, q := range problems {
		switch {
		case q.IsFailure():
			return exitFailure
		case q.IsUsage():
			code = exitUsage
		case code == exitDone && (q.Severity == diag.Error || strict && q.Severity == diag.Warning):
			code = exitContent
		}
	}
	return code
}

// excerpts fills in the lines that problems speak of, where the stage did not.
// Only files of readable size are opened, each once: problems are sorted by path.
func excerpts(root string, problems []diag.Problem) {
	const most = 16 << 20
	var path string
	var lines [][]byte
	for i := range problems {
		q := &problems[i]
		if q.Excerpt != "" || q.Line == 0 || q.Severity == diag.Info {
			continue
		}
		if q.Path != path {
			path, lines = q.Path, nil
			name := filepath.FromSlash(path)
			if !filepath.IsAbs(name) {
				name = filepath.Join(root, name)
			}
			if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() && info.Size() <= most {
				if data, err := os.ReadFile(name); err == nil {
					lines = bytes.Split(data, []byte("\n"))
				}
			}
		}
		if q.Line <= len(lines) {
			q.Excerpt = strings.ToValidUTF8(strings.TrimRight(string(lines[q.Line-1]), "\r"), "\ufffd")
		}
	}
}

// terminal reports whether w is one.
func terminal(w any) bool {
	f, ok := w.(*os.File)
	return ok && isatty.IsTerminal(f.Fd())
}

func (p *program) colour(w any) bool {
	return terminal(w) && p.Env("NO_COLOR") == "" && p.Env("TERM") != "dumb"
}
