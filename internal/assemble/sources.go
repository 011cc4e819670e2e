package assemble

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"warraq/internal/arabic"
	"warraq/internal/archive"
)

// nameSources makes one Source of all spellings of an outlet's name and returns
// the source of every entry, -1 where none is known.
func nameSources(in *Input, a *archive.Archive, entries []entry) []archive.SourceIndex {
	keys, spellings := outletKeys(in, entries)
	settings := map[string]string{} // key → name in the configuration
	for _, name := range slices.Sorted(maps.Keys(in.Site.Archive.Sources)) {
		settings[foldName(name)] = name
	}
	outlets := make(map[string]*archive.Source, len(spellings))
	order := slices.Sorted(maps.Keys(spellings))
	for _, key := range order {
		s := &archive.Source{}
		s.Name, s.Aliases = elect(spellings[key])
		if name, ok := settings[key]; ok {
			setting := in.Site.Archive.Sources[name]
			s.URL, s.Slug = setting.URL, setting.Slug
			if s.Name != name {
				s.Aliases = append(s.Aliases, s.Name)
				s.Aliases = slices.DeleteFunc(s.Aliases, func(alias string) bool { return alias == name })
				slices.Sort(s.Aliases)
				s.Name = name
			}
		}
		if s.Slug == "" {
			s.Slug = arabic.Slug(key)
		}
		outlets[key] = s
	}
	slices.SortFunc(order, func(x, y string) int {
		return cmp.Or(collate(outlets[x].Name, outlets[y].Name), strings.Compare(outlets[x].Slug, outlets[y].Slug))
	})
	index := map[string]archive.SourceIndex{"": -1}
	slugs := map[string]bool{}
	for _, key := range order {
		s := outlets[key]
		for slugs[s.Slug] { // a slug set in the configuration may be another outlet's own
			s.Slug += "-2"
		}
		slugs[s.Slug] = true
		index[key] = archive.SourceIndex(len(a.Sources))
		a.Sources = append(a.Sources, *s)
	}
	of := make([]archive.SourceIndex, len(entries))
	for i, key := range keys {
		of[i] = index[key]
	}
	return of
}

// spelled is one spelling of an outlet's name.
type spelled struct {
	key   string
	count int
}

// outletKeys gives the key of every entry's outlet, "" for none, and how often
// each spelling of a key occurs.
func outletKeys(in *Input, entries []entry) ([]string, map[string]map[string]int) {
	names := newOutletNames(in.Site.Archive.Sources)
	known := map[string]*spelled{}
	of := make([]*spelled, len(entries))
	for i := range entries {
		name := sourceName(&entries[i])
		if name == "" {
			continue
		}
		s := known[name]
		if s == nil {
			s = &spelled{key: names.key(name)}
			known[name] = s
		}
		s.count++
		of[i] = s
	}
	var keys []string
	for _, s := range known {
		keys = append(keys, s.key)
	}
	slices.Sort(keys)
	joined := joinBare(slices.Compact(keys))
	spellings := map[string]map[string]int{}
	for name, s := range known {
		if full, ok := joined[s.key]; ok && names.alias[s.key] == "" {
			s.key = full
		}
		if s.key == "" {
			continue // a name without letters is none
		}
		if spellings[s.key] == nil {
			spellings[s.key] = map[string]int{}
		}
		spellings[s.key][arabic.Clean(name)] += s.count
	}
	out := make([]string, len(entries))
	for i, s := range of {
		if s != nil {
			out[i] = s.key
		}
	}
	return out, spellings
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
