package assemble

import (
	"warraq/internal/archive"
	"warraq/internal/digest"
)

// setKeys hashes what is each article's own: its draft's key, which covers its
// texts and body, what was decided about it, and its source, tags and themes by
// name and slug, because indices shift with every addition. What other articles
// contribute (relations, events' other tellings, neighbours) is left to the
// pages that show it.
func setKeys(a *archive.Archive, entries []entry, kept []int32) {
	names := hashNames(a)
	inChunks(len(a.Articles), func(from, to int) {
		var k keyer
		for i := from; i < to; i++ {
			d := entries[kept[i]].draft
			if d.Key == (archive.Hash{}) {
				sealed := *d // a draft that did not come from extraction
				sealed.Seal()
				d = &sealed
			}
			k.Reset("article 2")
			k.article(names, &a.Articles[i], d.Key)
			a.Articles[i].Key = k.Sum()
		}
	})
	for i := range a.Tombstones {
		t := &a.Tombstones[i]
		var k keyer
		k.Reset("tombstone 2").String(t.ID).String(t.Title).String(t.Reason).String(t.Date.String())
		t.Key = k.Sum()
	}
}

// keyer is a digest.Builder with the parts that articles are made of.
type keyer struct{ digest.Builder }

func (k *keyer) date(d archive.ArticleDate) {
	k.Int(int64(d.Value.Y)).Int(int64(d.Value.M)).Int(int64(d.Value.D))
	k.Int(int64(d.Kind)).Float(d.Confidence).Int(int64(d.Clock)).String(d.Evidence)
}

func (k *keyer) origin(o archive.Origin) {
	k.String(o.Path).String(o.Stated).Int(int64(o.Line)).Int(int64(o.Ordinal)).Int(int64(o.Role))
}

func (k *keyer) hash(h archive.Hash) { k.Bytes(h[:]) }

// nameHashes stand for what articles show of their tags, themes and sources.
type nameHashes struct {
	tags, themes, sources []archive.Hash
}

func hashNames(a *archive.Archive) nameHashes {
	n := nameHashes{make([]archive.Hash, len(a.Tags)), make([]archive.Hash, len(a.Themes)), make([]archive.Hash, len(a.Sources))}
	var k keyer
	for i := range a.Tags {
		n.tags[i] = k.Reset("tag").String(a.Tags[i].Slug).String(a.Tags[i].Name).String(a.Tags[i].Kind.String()).Sum()
	}
	for i := range a.Themes {
		n.themes[i] = k.Reset("theme").String(a.Themes[i].Slug).String(a.Themes[i].Title).Sum()
	}
	for i := range a.Sources {
		n.sources[i] = k.Reset("source").String(a.Sources[i].Slug).String(a.Sources[i].Name).String(a.Sources[i].URL).Sum()
	}
	return n
}

func (k *keyer) source(names nameHashes, s archive.SourceIndex) {
	k.Bool(s >= 0)
	if s >= 0 {
		k.hash(names.sources[s])
	}
}

func (k *keyer) article(names nameHashes, x *archive.Article, own archive.Hash) {
	k.String(x.ID).String(x.Title)
	k.hash(own)
	k.date(x.Date)
	k.Int(int64(x.Modified.Y)).Int(int64(x.Modified.M)).Int(int64(x.Modified.D)).Int(int64(x.Rights)).Int(int64(x.Canonical))
	k.source(names, x.Source)
	k.Bool(x.Draft).Bool(x.Future)
	k.Int(int64(len(x.Tags)))
	for _, t := range x.Tags {
		k.hash(names.tags[t])
	}
	k.Int(int64(len(x.Mentions)))
	for _, m := range x.Mentions {
		k.hash(names.tags[m.Tag])
		k.Int(int64(m.Count))
	}
	k.Int(int64(len(x.Themes)))
	for _, m := range x.Themes {
		k.hash(names.themes[m.Theme])
		k.Float(m.Score).Strings(m.Evidence)
	}
	k.Int(int64(len(x.Facts)))
	for i := range x.Facts {
		k.Bool(x.Facts[i].Article >= 0)
	}
	k.Int(int64(len(x.Origins)))
	for _, o := range x.Origins[1:] {
		k.origin(o)
	}
	k.Int(int64(len(x.Versions)))
	for i := range x.Versions {
		v := &x.Versions[i]
		k.String(v.ID).String(v.Title)
		k.date(v.Date)
		k.source(names, v.Source)
		k.origin(v.Origin)
		k.Float(v.Containment)
		k.hash(v.Body.Hash)
	}
}
