package archive

import "warraq/internal/digest"

// Seal sets the draft's Key. It is called once, when the draft is complete, and
// kept with it in the cache: hashing every text of a large archive again on each
// build would cost more than ordering it.
//
// The key covers what pages show of the draft itself. What assembling decides
// (dates, tags, themes, copies) and what it decides by (phrases, sketches,
// mentions) is left out: an article's key adds the outcome.
func (d *Draft) Seal() {
	var k digest.Builder
	k.Reset("draft 2")
	for _, s := range []string{d.Title, d.Description, d.Lead, d.Author, d.Language, d.SourceName, d.SourceURL,
		d.Origin.Path, d.Origin.Stated, d.Body.Path} {
		k.String(s)
	}
	for _, n := range []int64{int64(d.Origin.Line), int64(d.Origin.Ordinal), int64(d.Origin.Role), int64(d.Words),
		int64(d.Body.Record), int64(d.Body.Format)} {
		k.Int(n)
	}
	k.Bytes(d.Body.Hash[:])
	k.Int(int64(len(d.Images)))
	for i := range d.Images {
		m := &d.Images[i]
		k.String(m.Path).String(m.Name).String(m.Alt).Int(int64(m.Width)).Int(int64(m.Height)).Bytes(m.Hash[:])
	}
	k.Strings(d.Aliases)
	k.Int(int64(len(d.Correction)))
	for _, c := range d.Correction {
		k.String(c.Date.String()).String(c.Text)
	}
	k.Int(int64(len(d.Facts)))
	for _, f := range d.Facts {
		k.String(f.Text).String(f.Date.String()).String(f.Cite)
	}
	d.Key = k.Sum()
}
