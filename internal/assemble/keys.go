package assemble

import (
	"crypto/sha256"
	"encoding/binary"
	"math"

	"warraq/internal/archive"
)

// keyVersion changes when the meaning of a key does.
const keyVersion = "article 1"

// setKeys hashes what is each article's own: its draft's key, which covers its
// texts and body, what was decided about it, and the names of its source, tags and themes, by name and slug, because indices
// shift with every addition. What other articles contribute (relations, events'
// other tellings, neighbours) is left to the pages that show it.
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
			k.buf = k.buf[:0]
			k.article(names, &a.Articles[i], d.Key)
			sum := sha256.Sum256(k.buf)
			copy(a.Articles[i].Key[:], sum[:])
		}
	})
	for i := range a.Tombstones {
		t := &a.Tombstones[i]
		var k keyer
		k.text("tombstone 1", t.ID, t.Title, t.Reason, t.Date.String())
		sum := sha256.Sum256(k.buf)
		copy(t.Key[:], sum[:])
	}
}

// keyer collects length-prefixed parts.
type keyer struct{ buf []byte }

func (k *keyer) text(parts ...string) {
	for _, s := range parts {
		k.buf = binary.AppendUvarint(k.buf, uint64(len(s)))
		k.buf = append(k.buf, s...)
	}
}

func (k *keyer) number(parts ...int64) {
	for _, n := range parts {
		k.buf = binary.AppendVarint(k.buf, n)
	}
}

func (k *keyer) flag(parts ...bool) {
	for _, f := range parts {
		n := int64(0)
		if f {
			n = 1
		}
		k.number(n)
	}
}

func (k *keyer) date(d archive.ArticleDate) {
	k.number(int64(d.Value.Y), int64(d.Value.M), int64(d.Value.D), int64(d.Kind), int64(math.Float32bits(d.Confidence)), int64(d.Clock))
	k.text(d.Evidence)
}

func (k *keyer) origin(o archive.Origin) {
	k.text(o.Path, o.Stated)
	k.number(int64(o.Line), int64(o.Ordinal), int64(o.Role))
}

// nameHashes stand for what articles show of their tags, themes and sources.
type nameHashes struct {
	tags, themes, sources []archive.Hash
}

func hashNames(a *archive.Archive) nameHashes {
	n := nameHashes{make([]archive.Hash, len(a.Tags)), make([]archive.Hash, len(a.Themes)), make([]archive.Hash, len(a.Sources))}
	var k keyer
	hash := func(parts ...string) (h archive.Hash) {
		k.buf = k.buf[:0]
		k.text(parts...)
		sum := sha256.Sum256(k.buf)
		copy(h[:], sum[:])
		return h
	}
	for i := range a.Tags {
		n.tags[i] = hash(a.Tags[i].Slug, a.Tags[i].Name, a.Tags[i].Kind.String())
	}
	for i := range a.Themes {
		n.themes[i] = hash(a.Themes[i].Slug, a.Themes[i].Title)
	}
	for i := range a.Sources {
		n.sources[i] = hash(a.Sources[i].Slug, a.Sources[i].Name, a.Sources[i].URL)
	}
	return n
}

func (k *keyer) hash(h archive.Hash) { k.buf = append(k.buf, h[:]...) }

func (k *keyer) source(names nameHashes, s archive.SourceIndex) {
	if s < 0 {
		k.number(-1)
		return
	}
	k.hash(names.sources[s])
}

func (k *keyer) article(names nameHashes, x *archive.Article, own archive.Hash) {
	k.text(keyVersion, x.ID, x.Title)
	k.hash(own)
	k.date(x.Date)
	k.number(int64(x.Modified.Y), int64(x.Modified.M), int64(x.Modified.D), int64(x.Rights), int64(x.Canonical))
	k.source(names, x.Source)
	k.flag(x.Draft, x.Future)
	k.number(int64(len(x.Tags)))
	for _, t := range x.Tags {
		k.hash(names.tags[t])
	}
	k.number(int64(len(x.Mentions)))
	for _, m := range x.Mentions {
		k.hash(names.tags[m.Tag])
		k.number(int64(m.Count))
	}
	k.number(int64(len(x.Themes)))
	for _, m := range x.Themes {
		k.hash(names.themes[m.Theme])
		k.number(int64(math.Float32bits(m.Score)), int64(len(m.Evidence)))
		k.text(m.Evidence...)
	}
	for i := range x.Facts {
		k.flag(x.Facts[i].Article >= 0)
	}
	k.number(int64(len(x.Origins)))
	for _, o := range x.Origins[1:] {
		k.origin(o)
	}
	k.number(int64(len(x.Versions)))
	for i := range x.Versions {
		v := &x.Versions[i]
		k.text(v.ID, v.Title)
		k.date(v.Date)
		k.source(names, v.Source)
		k.origin(v.Origin)
		k.number(int64(math.Float32bits(v.Containment)))
		k.buf = append(k.buf, v.Body.Hash[:]...)
	}
}
