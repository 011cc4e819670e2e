package search

import (
	"bytes"
	"embed"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/js"

	"warraq/internal/output"
)

//go:embed js/*.js
var scripts embed.FS

// parts of the application, in the order of their dependence.
var parts = []string{"analysis.js", "index.js", "query.js", "passage.js", "page.js"}

// imports are the lines by which the parts find each other in development; in
// the bundle they stand in one module.
var imports = regexp.MustCompile(`(?m)^import .*\n|^export `)

// Bundle joins the parts of the script to one module.
func bundle() string {
	var b strings.Builder
	for _, p := range parts {
		src, err := scripts.ReadFile("js/" + p)
		if err != nil {
			panic(err) // embedded
		}
		b.WriteString(imports.ReplaceAllString(string(src), ""))
	}
	return withLists(b.String())
}

// withLists puts the word lists of the Go half into the script.
func withLists(src string) string {
	var pairs []string
	for _, plural := range slices.Sorted(maps.Keys(irregular)) {
		pairs = append(pairs, plural+"="+irregular[plural])
	}
	src = strings.Replace(src, "/*IRREGULAR*/", strings.Join(pairs, " "), 1)
	return strings.Replace(src, "/*STOPWORDS*/", strings.Join(slices.Sorted(maps.Keys(stopWords)), " "), 1)
}

// minified gives the bundle and the loader as they are served.
var minified = sync.OnceValues(func() ([2][]byte, error) {
	m := minify.New()
	m.AddFunc("text/javascript", js.Minify)
	app, err := m.Bytes("text/javascript", []byte(bundle()))
	if err != nil {
		return [2][]byte{}, fmt.Errorf("minify the search script: %w", err)
	}
	src, err := scripts.ReadFile("js/loader.js")
	if err != nil {
		return [2][]byte{}, err
	}
	src = bytes.Replace(src, []byte("./app.js"), []byte("./"+strings.TrimPrefix(appPath(app), "search/")), 1)
	loader, err := m.Bytes("text/javascript", src)
	return [2][]byte{app, loader}, err
})

func appPath(app []byte) string {
	id := nameOf(app).String()
	return filesDir + id[:2] + "/" + id[2:] + ".js"
}

// scriptPages are the application under its fingerprint, and the loader, whose
// path never changes, that fetches it when the reader turns to the search box.
func scriptPages() ([]output.Page, error) {
	code, err := minified()
	if err != nil {
		return nil, err
	}
	page := func(path string, src []byte, stage output.Stage) output.Page {
		var key output.KeyBuilder
		return output.Page{
			Path: path, Key: key.Reset("search/script 1").Bytes(src).Sum(), Stage: stage, Origin: "search script",
			Write: func(w io.Writer) error {
				_, err := w.Write(src)
				return err
			},
		}
	}
	return []output.Page{page(appPath(code[0]), code[0], output.Asset), page(loaderPath, code[1], output.List)}, nil
}
