package render

import (
	"encoding/hex"
	"path"
	"strings"

	"warraq/internal/output"
)

// faces renames the fonts of static/fonts after what is in them:
// fonts/naskh-400.woff2 is published as fonts/naskh-400.<10 hex digits>.woff2.
// A browser may then keep a face for ever, and a site that changes its face
// shows the new one at once. Templates and style sheets write the plain name.
type faces struct {
	names    map[string]string // plain → published
	replacer *strings.Replacer
}

func newFaces(static overlay) (faces, error) {
	f := faces{names: map[string]string{}}
	all, err := static.list()
	if err != nil {
		return f, err
	}
	var pairs []string
	for _, name := range all {
		if path.Dir(name) != "fonts" || !strings.HasPrefix(path.Ext(name), ".woff") {
			continue
		}
		data, _, err := static.read(name)
		if err != nil {
			return f, err
		}
		key := hashBytes(data)
		f.names[name] = fingerprinted(name, key)
		pairs = append(pairs, name, f.names[name])
	}
	f.replacer = strings.NewReplacer(pairs...)
	return f, nil
}

func fingerprinted(name string, key output.Key) string {
	ext := path.Ext(name)
	return strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(key[:5]) + ext
}

// published gives the path under which a static file is published.
func (f faces) published(name string) string {
	if to, ok := f.names[name]; ok {
		return to
	}
	return name
}

// in puts the published names of fonts into a template or a style sheet.
func (f faces) in(source string) string { return f.replacer.Replace(source) }
