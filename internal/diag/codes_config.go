package diag

import "strings"

// Codes of package config.
const (
	ConfigSyntax      Code = "config-syntax"
	ConfigUnknown     Code = "config-unknown"
	ConfigValue       Code = "config-value"
	ConfigNotUsed     Code = "config-not-used"
	ConfigDefaults    Code = "config-defaults"
	ConfigNoSite      Code = "config-no-site"
	ConfigOtherFiles  Code = "config-other-files"
	ConfigDestination Code = "config-destination"
)

func configCodes() []Explanation {
	return []Explanation{
		{ConfigSyntax, Error, "hugo.toml is not valid TOML", "The file could not be parsed. The place given is where the parser stopped; the slip is there or just before it: a missing quote, a key twice, a table opened twice."},
		{ConfigUnknown, Error, "an unknown setting below [params.archive]", "Settings of the archive are read strictly, so that a misspelt one cannot be ignored in silence. Correct the name or remove the line. Your own values for templates belong elsewhere below [params]."},
		{ConfigValue, Error, "a setting has a value that it cannot have", "The message names the values or the kind of value the setting takes."},
		{ConfigNotUsed, Warning, "a setting of Hugo that this program does not use", "hugo.toml is shared with Hugo, and Hugo may need the setting; it has no effect here. Keys that only keep the content buildable by Hugo (ignoreFiles, taxonomies and the like) are not reported."},
		{ConfigDefaults, Info, "there is no hugo.toml, so the defaults are used", "A folder with content/ builds without a configuration. Add a hugo.toml with at least baseURL and title before publishing: feeds and sitemaps need absolute addresses."},
		{ConfigNoSite, Error, "the folder is not a site", "A site is a folder with hugo.toml or content/. Name it with --source."},
		{ConfigDestination, Error, "the destination and the site overlap", "A build removes and replaces files of its destination, so that folder must not hold the site, nor lie in content/, templates/ or static/. The default is public/ below the site."},
		{ConfigOtherFiles, Warning, "a configuration file that is not read", "Only hugo.toml is read. Move the settings there."},
	}
}

// IsUsage reports whether a problem lies in how the program was called or
// configured, not in the content.
func (p Problem) IsUsage() bool {
	return p.Severity == Error && strings.HasPrefix(string(p.Code), "config-")
}
