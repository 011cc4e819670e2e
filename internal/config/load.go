package config

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"warraq/internal/diag"
)

// FileName is the configuration file of a site.
const FileName = "hugo.toml"

// Load reads the configuration of the site in folder root. Every problem of
// the file is returned, not the first; with an error among them the Site is
// nil. A folder with content/ and no hugo.toml gets the defaults.
func Load(root string) (*Site, []diag.Problem) {
	data, err := os.ReadFile(filepath.Join(root, FileName))
	if errors.Is(err, fs.ErrNotExist) {
		return withoutFile(root)
	}
	if err != nil {
		return nil, []diag.Problem{{
			Code: diag.Unreadable, Severity: diag.Error, Position: diag.Position{Path: FileName},
			Message: fmt.Sprintf("cannot read the configuration: %v", err),
			Remedy:  "check the permissions of the file",
		}}
	}
	return Parse(root, data)
}

// Default gives the configuration of a site without hugo.toml.
func Default(root string) *Site {
	s := &Site{
		Root: root, BaseURL: "/", BasePath: "/", Title: "أرشيف", Locale: "ar",
		TimeZone: time.UTC, Minify: true, Archive: defaultArchive(),
	}
	s.rekey()
	return s
}

func withoutFile(root string) (*Site, []diag.Problem) {
	if info, err := os.Stat(filepath.Join(root, "content")); err != nil || !info.IsDir() {
		return nil, []diag.Problem{{
			Code: diag.ConfigNoSite, Severity: diag.Error, Position: diag.Position{Path: root},
			Message: "no site here: there is neither hugo.toml nor content/",
			Remedy:  "name the site's folder with --source",
		}}
	}
	problems := []diag.Problem{{
		Code: diag.ConfigDefaults, Severity: diag.Info, Position: diag.Position{Path: FileName},
		Message: "there is no hugo.toml, so the defaults are used",
		Remedy:  "add one with baseURL and title before publishing",
	}}
	for _, name := range []string{"hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config.yaml", "config.yml", "config.json", "config"} {
		if _, err := os.Stat(filepath.Join(root, name)); err == nil {
			problems = append(problems, diag.Problem{
				Code: diag.ConfigOtherFiles, Severity: diag.Warning, Position: diag.Position{Path: name},
				Message: "this configuration is not read",
				Remedy:  "move its settings to hugo.toml",
			})
		}
	}
	return Default(root), problems
}

// SetBaseURL replaces the base URL, as `build --base-url` does.
func (s *Site) SetBaseURL(base string) error {
	if err := s.setBaseURL(base); err != nil {
		return err
	}
	s.rekey()
	return nil
}

func (s *Site) setBaseURL(base string) error {
	if base == "" || base == "/" {
		s.BaseURL, s.BasePath = "/", "/"
		return nil
	}
	u, err := url.Parse(base)
	switch {
	case err != nil:
		return fmt.Errorf("%q is not a URL: %w", base, err)
	case u.Scheme == "" && u.Host == "" && strings.HasPrefix(u.Path, "/"):
	case u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
		return fmt.Errorf("%q is not an absolute http or https URL", base)
	case u.RawQuery != "" || u.Fragment != "":
		return fmt.Errorf("%q has a query or a fragment; a base URL ends with its path", base)
	}
	if !strings.HasSuffix(u.Path, "/") {
		u.Path += "/"
	}
	s.BaseURL, s.BasePath = u.String(), u.EscapedPath()
	return nil
}

// rekey hashes everything pages may show. Root and the Build switches are
// left out: they decide which articles there are, not how one is written.
func (s *Site) rekey() {
	keyed := *s
	keyed.Root, keyed.TimeZone, keyed.Key = "", nil, [16]byte{}
	keyed.Deployment = Deployment{}
	keyed.BuildDrafts, keyed.BuildFuture, keyed.BuildExpired = false, false, false
	// fmt prints maps sorted by key, so the text is the same for equal settings.
	sum := sha256.Sum256(fmt.Appendf(nil, "%#v %s", keyed, s.TimeZone))
	copy(s.Key[:], sum[:])
}
