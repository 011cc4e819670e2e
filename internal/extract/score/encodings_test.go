package score

import (
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"warraq/internal/source"
)

// Every labelled article is read from every character set that can write it.
func TestEveryCharacterSetGivesTheSameArticle(t *testing.T) {
	e := newEngine(t)
	sets := []struct {
		name string
		set  encoding.Encoding
	}{
		{"windows-1256", charmap.Windows1256},
		{"iso-8859-6", charmap.ISO8859_6},
		{"utf-16le with mark", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)},
		{"utf-16be with mark", unicode.UTF16(unicode.BigEndian, unicode.UseBOM)},
		{"utf-16le", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)},
		{"utf-16be", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)},
		{"utf-8 with mark", unicode.UTF8BOM},
	}
	for _, s := range sets {
		written := 0
		for _, p := range pieces(t) {
			text := p.clipping("تاريخ النشر: 09-03-2025", "المصدر: جريدة المرفأ")
			if s.name == "iso-8859-6" {
				text = strings.NewReplacer("«", "\"", "»", "\"", "…", "...", "–", "-").Replace(text)
			}
			raw, err := s.set.NewEncoder().String(text)
			if err != nil {
				continue // a letter that the set lacks
			}
			written++
			tree := fstest.MapFS{"clippings/p.txt": &fstest.MapFile{Data: []byte(raw)}}
			files, _ := source.Walk(tree)
			docs, problems := source.Read(tree, files[0], source.Options{})
			if len(docs) != 1 {
				t.Errorf("%s as %s: %d documents %v", p.name, s.name, len(docs), problems)
				continue
			}
			r := e.extractor.Extract(docs[0])
			if len(r.Drafts) != 1 {
				t.Errorf("%s as %s: %d articles", p.name, s.name, len(r.Drafts))
			} else if why := p.differs(r, 0); why != "" {
				t.Errorf("%s as %s: %s", p.name, s.name, why)
			}
		}
		t.Logf("%s: %d articles", s.name, written)
		if written < 40 {
			t.Errorf("%s: only %d articles could be written", s.name, written)
		}
	}
}
