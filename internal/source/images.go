package source

import (
	"bytes"
	"image"
	_ "image/gif" // the formats of page bundles, measured only
	_ "image/jpeg"
	_ "image/png"
	"io/fs"
	"path"
	"strings"

	_ "golang.org/x/image/webp"

	"warraq/internal/diag"
)

// isImage admits the formats that every browser shows and that can be
// measured. SVG is left out: opened by itself it runs scripts.
func isImage(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".jpg", ".jpeg", ".png", ".gif", ".webp":
		return true
	}
	return false
}

// measure reads a bundle's images.
func measure(fsys fs.FS, resources []Resource) ([]Image, []diag.Problem) {
	var images []Image
	var problems []diag.Problem
	for _, r := range resources {
		raw, err := fs.ReadFile(fsys, r.Path)
		if err != nil {
			problems = append(problems, unreadable(r.Path, err))
			continue
		}
		img := Image{Name: r.Name, Path: r.Path, Hash: hashOf(raw)}
		cfg, _, err := image.DecodeConfig(bytes.NewReader(raw))
		if err != nil {
			problems = append(problems, diag.Problem{
				Code: diag.SourceImage, Severity: diag.Warning, Position: diag.Position{Path: r.Path},
				Message: "the image cannot be measured: " + err.Error(),
				Remedy:  "replace it with a jpg, png, gif or webp that opens",
			})
			continue
		}
		img.Width, img.Height = int32(cfg.Width), int32(cfg.Height)
		images = append(images, img)
	}
	return images, problems
}
