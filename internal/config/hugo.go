package config

import (
	"io"
	"path/filepath"
	"reflect"
	"strings"

	"github.com/bep/logg"
	"github.com/gohugoio/hugo/common/loggers"
	hugoconfig "github.com/gohugoio/hugo/config"
	"github.com/gohugoio/hugo/config/allconfig"
	"github.com/spf13/afero"
)

// hugoSettings are the keys of Hugo that we honour, with Hugo's meaning.
type hugoSettings struct {
	baseURL, title, locale, timeZone       string
	buildDrafts, buildFuture, buildExpired bool
	deployment                             Deployment
}

// loadHugo lets Hugo's own loader read hugo.toml.
//
// The loader sees a file system in memory with nothing but that file: given
// the real one it creates a cache folder outside the site, and looks for
// modules, themes and package.json files. Environ is not empty, or the loader
// takes the process's and lets HUGO_* variables override the file.
func loadHugo(data []byte) (hugoSettings, error) {
	const dir = "/site"
	files := afero.NewMemMapFs()
	name := filepath.Join(dir, FileName)
	if err := afero.WriteFile(files, name, data, 0o444); err != nil {
		return hugoSettings{}, err
	}
	flags := hugoconfig.New()
	flags.Set("workingDir", dir)
	flags.Set("cacheDir", filepath.Join(dir, "cache"))
	configs, err := allconfig.LoadConfig(allconfig.ConfigSourceDescriptor{
		Fs:                       files,
		Logger:                   loggers.New(loggers.Options{Level: logg.LevelError, StdOut: io.Discard, StdErr: io.Discard}),
		Flags:                    flags,
		Filename:                 name,
		Environment:              "production",
		Environ:                  []string{"WARRAQ=1"},
		IgnoreModuleDoesNotExist: true,
		SkipNpmCheck:             true,
	})
	if err != nil {
		return hugoSettings{}, err
	}
	c := configs.Base
	return hugoSettings{
		baseURL: c.BaseURL, title: c.Title, locale: c.Locale, timeZone: c.TimeZone,
		buildDrafts: c.BuildDrafts, buildFuture: c.BuildFuture, buildExpired: c.BuildExpired,
		deployment: deployment(c.Deployment),
	}, nil
}

// hugoKeys are the top-level keys that Hugo knows, in their documented spelling
// but for the first letter.
func hugoKeys() []string {
	var keys []string
	var walk func(t reflect.Type)
	walk = func(t reflect.Type) {
		for i := range t.NumField() {
			f := t.Field(i)
			switch {
			case f.Anonymous && f.Type.Kind() == reflect.Struct && f.Name == "RootConfig":
				walk(f.Type)
			case f.IsExported() && !f.Anonymous && f.Name != "C" && f.Name != "Internal":
				keys = append(keys, lowerFirst(f.Name))
			}
		}
	}
	walk(reflect.TypeFor[allconfig.Config]())
	return keys
}

func lowerFirst(s string) string {
	switch {
	case strings.HasPrefix(s, "URL"), strings.HasPrefix(s, "HTTP"), strings.HasPrefix(s, "JSON"):
		return strings.ToLower(s)
	}
	return strings.ToLower(s[:1]) + s[1:]
}
