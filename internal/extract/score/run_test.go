package score

import (
	"bytes"
	"os"
	"path"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"warraq/internal/archive"
	"warraq/internal/assemble"
	"warraq/internal/civil"
	"warraq/internal/config"
	"warraq/internal/diag"
	"warraq/internal/editorial"
	"warraq/internal/extract"
	"warraq/internal/match"
	"warraq/internal/source"
)

// engine is the program as the embedded rules make it.
type engine struct {
	editorial *editorial.Editorial
	matcher   *match.Matcher
	extractor *extract.Extractor
}

func newEngine(t *testing.T) engine {
	t.Helper()
	ed := editorial.Embedded()
	m, problems := match.Compile(ed)
	if len(problems) > 0 {
		t.Fatalf("embedded rules: %v", problems)
	}
	return engine{ed, m, extract.New(ed, m, extract.Options{})}
}

// got is an archive made of some clippings, and what it was made from.
type got struct {
	drafts   []archive.Draft
	texts    []extract.Text
	archive  *archive.Archive
	problems []diag.Problem
}

// run makes one archive of the clippings of a group.
func (e engine) run(t *testing.T, group []*want) got {
	t.Helper()
	tree := fstest.MapFS{}
	for _, w := range group {
		raw, err := os.ReadFile(w.path)
		if err != nil {
			t.Fatal(err)
		}
		tree[w.file()] = &fstest.MapFile{Data: encode(t, raw, w.Encoding)}
	}
	files, problems := source.Walk(tree)
	g := got{problems: problems}
	for _, f := range files {
		docs, problems := source.Read(tree, f, source.Options{})
		g.problems = append(g.problems, problems...)
		for _, doc := range docs {
			r := e.extractor.Extract(doc)
			g.drafts = append(g.drafts, r.Drafts...)
			g.texts = append(g.texts, r.Texts...)
			g.problems = append(g.problems, r.Problems...)
		}
	}
	a, problems := assemble.Assemble(assemble.Input{
		Drafts: archive.AppendPointers(nil, g.drafts), Editorial: e.editorial, Matcher: e.matcher,
		Site:   &config.Site{Archive: config.Archive{DateThreshold: 0.6, RelatedMax: 6}},
		Build:  civil.Date{Y: 2026, M: 6, D: 1},
		Bodies: extract.NewBodies(tree, e.extractor),
	})
	g.archive, g.problems = a, append(g.problems, problems...)
	return g
}

func (w *want) file() string { return "clippings/" + w.name + w.form }

// encode gives the clipping the bytes that its expectation asks for.
func encode(t *testing.T, raw []byte, name string) []byte {
	t.Helper()
	through := func(e encoding.Encoding) []byte {
		out, err := e.NewEncoder().Bytes(raw)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return out
	}
	switch name {
	case "":
		return raw
	case "crlf":
		return bytes.ReplaceAll(raw, []byte("\n"), []byte("\r\n"))
	case "utf-8-bom":
		return append([]byte("\ufeff"), raw...)
	case "utf-16le":
		return through(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM))
	case "windows-1256":
		return through(charmap.Windows1256)
	case "iso-8859-6":
		return through(charmap.ISO8859_6)
	case "invalid-bytes": // in the middle of the third line
		lines := bytes.SplitAfter(raw, []byte("\n"))
		at := bytes.LastIndexByte(lines[2], ' ')
		lines[2] = bytes.Join([][]byte{lines[2][:at], {0xff, 0xc1}, lines[2][at:]}, nil)
		return bytes.Join(lines, nil)
	}
	t.Fatalf("unknown encoding %q", name)
	return nil
}

// place is an article's origin as expectations name it: "clipping#ordinal".
func place(o archive.Origin) string {
	name := strings.TrimSuffix(path.Base(o.Path), path.Ext(o.Path))
	return name + "#" + strconv.Itoa(int(o.Ordinal))
}
