package assemble

import (
	"cmp"
	"slices"
	"strings"

	"warraq/internal/arabic"
	"warraq/internal/archive"
	"warraq/internal/config"
)

// nameSources makes one Source of all spellings of an outlet's name and returns
// the source of every entry, -1 where none is known.
func nameSources(in *Input, a *archive.Archive, entries []entry) []archive.SourceIndex {
	type outlet struct {
		source    archive.Source
		spellings map[string]int
		setting   *config.Source
	}
	outlets := map[string]*outlet{}
	aliases := map[string]string{}
	for name, setting := range in.Site.Archive.Sources {
		key := foldName(name)
		aliases[key] = key
		for _, alias := range setting.Aliases {
			aliases[foldName(alias)] = key
		}
		outlets[key] = &outlet{source: archive.Source{Name: name, URL: setting.URL, Slug: setting.Slug}, setting: &setting}
	}
	known := map[string]string{} // spelling → key
	keys := make([]string, len(entries))
	for i := range entries {
		name := sourceName(&entries[i])
		if name == "" {
			continue
		}
		key, ok := known[name]
		if !ok {
			key = foldName(name)
			key = cmp.Or(aliases[key], key)
			known[name] = key
		}
		keys[i] = key
		o := outlets[key]
		if o == nil {
			o = &outlet{spellings: map[string]int{}}
			outlets[key] = o
		}
		if o.spellings != nil {
			o.spellings[name]++
		} else if o.source.Name != name && !slices.Contains(o.source.Aliases, name) {
			o.source.Aliases = append(o.source.Aliases, name)
		}
	}
	used := map[string]bool{}
	for _, key := range keys {
		used[key] = true
	}
	var order []string
	for key, o := range outlets {
		if key == "" || !used[key] {
			continue
		}
		order = append(order, key)
		if o.spellings != nil {
			o.source.Name, o.source.Aliases = elect(o.spellings)
		}
		slices.Sort(o.source.Aliases)
		if o.source.Slug == "" {
			o.source.Slug = arabic.Slug(key)
		}
	}
	slices.SortFunc(order, func(x, y string) int {
		return cmp.Or(collate(outlets[x].source.Name, outlets[y].source.Name), strings.Compare(outlets[x].source.Slug, outlets[y].source.Slug))
	})
	index := map[string]archive.SourceIndex{"": -1}
	slugs := map[string]bool{}
	for _, key := range order {
		// A slug set in the configuration may be another outlet's own.
		for s := &outlets[key].source; slugs[s.Slug]; s.Slug += "-2" {
		}
		slugs[outlets[key].source.Slug] = true
		index[key] = archive.SourceIndex(len(a.Sources))
		a.Sources = append(a.Sources, outlets[key].source)
	}
	of := make([]archive.SourceIndex, len(entries))
	for i, key := range keys {
		of[i] = index[key]
	}
	return of
}

func sourceName(e *entry) string {
	if e.decision != nil && e.decision.Source != nil {
		return *e.decision.Source
	}
	return e.draft.SourceName
}

// elect chooses the spelling to show: the most frequent, then the first in
// collation; the others are aliases.
func elect(spellings map[string]int) (name string, aliases []string) {
	for s := range spellings {
		aliases = append(aliases, s)
	}
	slices.SortFunc(aliases, func(x, y string) int {
		return cmp.Or(cmp.Compare(spellings[y], spellings[x]), collate(x, y), strings.Compare(x, y))
	})
	name = aliases[0]
	aliases = aliases[1:]
	slices.Sort(aliases)
	return name, aliases
}

// rightsOf applies front matter, then the source's setting, then the site's.
func rightsOf(in *Input, a *archive.Archive, d *archive.Draft, source archive.SourceIndex) (archive.Rights, archive.Canonical) {
	rights, canonical := in.Site.Archive.Rights, in.Site.Archive.Canonical
	if source >= 0 {
		if setting, ok := in.Site.Archive.Sources[a.Sources[source].Name]; ok {
			rights, canonical = cmp.Or(setting.Rights, rights), cmp.Or(setting.Canonical, canonical)
		}
	}
	var r archive.Rights
	switch rights {
	case "excerpt":
		r = archive.Excerpt
	case "link":
		r = archive.LinkOnly
	}
	var c archive.Canonical
	switch canonical {
	case "original":
		c = archive.CanonicalOriginal
	case "noindex":
		c = archive.NoIndex
	}
	if d.Rights != nil {
		r = *d.Rights
	}
	if d.Canonical != nil {
		c = *d.Canonical
	}
	return r, c
}
