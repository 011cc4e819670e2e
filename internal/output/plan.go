package output

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"sort"
	"strings"

	"warraq/internal/diag"
)

// Sort puts pages into the order of their paths, in place, and reports every
// path that is asked for twice, that would have to be a file and a folder at
// once, or that leaves the destination. Nothing may be written when it returns
// a problem.
func Sort(pages []Page) []diag.Problem {
	slices.SortFunc(pages, func(a, b Page) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Origin, b.Origin))
	})
	var problems []diag.Problem
	for i, p := range pages {
		if !fs.ValidPath(p.Path) || p.Path == "." || strings.ContainsAny(p.Path, "\x00\\") || strings.HasPrefix(p.Path, stageDir) {
			problems = append(problems, diag.Problem{
				Code: diag.PagePath, Severity: diag.Error, Position: diag.Position{Path: p.Origin},
				Message: fmt.Sprintf("a page cannot have the path %q", p.Path),
				Remedy:  "choose another slug, id or url",
			})
		}
		if i > 0 && pages[i-1].Path == p.Path {
			problems = append(problems, collision(p.Path, pages[i-1], p))
		}
		// Only a page that is not an index.html can be in the way of a folder.
		if path.Base(p.Path) != "index.html" {
			below := p.Path + "/"
			at := sort.Search(len(pages), func(k int) bool { return pages[k].Path >= below })
			if at < len(pages) && strings.HasPrefix(pages[at].Path, below) {
				problems = append(problems, collision(p.Path, p, pages[at]))
			}
		}
	}
	return problems
}

func collision(at string, a, b Page) diag.Problem {
	return diag.Problem{
		Code: diag.PageCollision, Severity: diag.Error, Position: diag.Position{Path: b.Origin},
		Message: fmt.Sprintf("two pages for one path, %s: from %s and from %s", at, named(a.Origin), named(b.Origin)),
		Remedy:  "give one of them another slug, id or url",
	}
}

func named(origin string) string {
	if origin == "" {
		return "the program itself"
	}
	return origin
}
