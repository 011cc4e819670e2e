package archive

import (
	"crypto/sha256"
	"encoding/binary"
)

// Seal sets the draft's Key. It is called once, when the draft is complete, and
// kept with it in the cache: hashing every text of a large archive again on each
// build would cost more than ordering it.
//
// The key covers what pages show of the draft itself. What assembling decides
// (dates, tags, themes, copies) and what it decides by (phrases, sketches,
// mentions) is left out: an article's key adds the outcome.
func (d *Draft) Seal() {
	k := sealing{buf: make([]byte, 0, 1024)}
	k.text("draft 1", d.Title, d.Description, d.Lead, d.Author, d.Language, d.SourceName, d.SourceURL,
		d.Origin.Path, d.Origin.Stated, d.Body.Path)
	k.number(int64(d.Origin.Line), int64(d.Origin.Ordinal), int64(d.Origin.Role), int64(d.Words), int64(d.Body.Record), int64(d.Body.Format))
	k.buf = append(k.buf, d.Body.Hash[:]...)
	k.number(int64(len(d.Images)))
	for i := range d.Images {
		m := &d.Images[i]
		k.text(m.Path, m.Name, m.Alt)
		k.number(int64(m.Width), int64(m.Height))
		k.buf = append(k.buf, m.Hash[:]...)
	}
	k.number(int64(len(d.Aliases)))
	k.text(d.Aliases...)
	k.number(int64(len(d.Correction)))
	for _, c := range d.Correction {
		k.text(c.Date.String(), c.Text)
	}
	k.number(int64(len(d.Facts)))
	for _, f := range d.Facts {
		k.text(f.Text, f.Date.String(), f.Cite)
	}
	sum := sha256.Sum256(k.buf)
	copy(d.Key[:], sum[:])
}

// sealing collects length-prefixed parts.
type sealing struct{ buf []byte }

func (k *sealing) text(parts ...string) {
	for _, s := range parts {
		k.buf = binary.AppendUvarint(k.buf, uint64(len(s)))
		k.buf = append(k.buf, s...)
	}
}

func (k *sealing) number(parts ...int64) {
	for _, n := range parts {
		k.buf = binary.AppendVarint(k.buf, n)
	}
}
