package source

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"warraq/internal/diag"
)

// Read gives the documents of one source: one, or one a record. A source that
// cannot be used gives none and a problem that says why; problems of a document
// that can be used are in the document.
func Read(fsys fs.FS, f File, opts Options) ([]Document, []diag.Problem) {
	var docs []Document
	problems := Each(fsys, f, opts, func(d Document) bool {
		docs = append(docs, d)
		return true
	})
	return docs, problems
}

// Each is Read for sources of any length: it holds one record at a time.
// It stops when yield returns false.
func Each(fsys fs.FS, f File, opts Options, yield func(Document) bool) []diag.Problem {
	switch f.Kind {
	case JSONL:
		return eachJSONL(fsys, f.Path, opts, yield)
	case WARC:
		return eachWARC(fsys, f.Path, yield)
	}
	raw, err := fs.ReadFile(fsys, f.Path)
	if err != nil {
		return []diag.Problem{unreadable(f.Path, err)}
	}
	if f.Kind == HTML {
		return eachHTML(f.Path, raw, yield)
	}
	d := Document{Path: f.Path, Kind: f.Kind, FirstLine: 1, Hash: hashOf(raw)}
	var problems []diag.Problem
	d.Text, d.Problems, problems = decodeOrRefuse(f.Path, raw)
	if problems != nil {
		return problems
	}
	if f.Kind == Markdown {
		problem, ok := splitMatter(&d)
		if !ok {
			return append(d.Problems, problem)
		}
		if len(f.Resources) > 0 {
			var failed []diag.Problem
			d.Images, failed = measure(fsys, f.Resources)
			d.Problems = append(d.Problems, failed...)
			sum := append([]byte(nil), d.Hash[:]...)
			for _, img := range d.Images {
				sum = append(append(sum, img.Name...), img.Hash[:]...)
			}
			d.Hash = hashOf(sum)
		}
	}
	if !d.Matter.Present && blank(d.Text) {
		return append(d.Problems, empty(f.Path))
	}
	yield(d)
	return nil
}

// ReadPath reads a file that may lie outside any site, by its path in the
// system. Its documents and problems name it as given, with slashes.
func ReadPath(name string, opts Options) ([]Document, []diag.Problem) {
	var docs []Document
	problems := EachPath(name, opts, func(d Document) bool {
		docs = append(docs, d)
		return true
	})
	return docs, problems
}

// EachPath is ReadPath for sources of any length: it holds one record at a time.
// It stops when yield returns false.
func EachPath(name string, opts Options, yield func(Document) bool) []diag.Problem {
	shown := filepath.ToSlash(name)
	kind, known := KindOf(filepath.Base(name))
	if !known {
		kind = Text // it was asked for by name: show what it holds
	}
	folder, base := filepath.Split(name)
	if folder == "" {
		folder = "."
	}
	problems := Each(os.DirFS(folder), File{Path: base, Kind: kind}, opts, func(d Document) bool {
		d.Path = shown
		rename(d.Problems, shown)
		return yield(d)
	})
	rename(problems, shown)
	return problems
}

func rename(problems []diag.Problem, path string) {
	for i := range problems {
		problems[i].Path = path
	}
}

// ReadText reads back the text of a file that holds one document, as
// Document.Text has it, without decoding its front matter: what serving a body
// needs. Records serves the others. The error is a diag.Problem.
func ReadText(fsys fs.FS, name string, kind Kind) (string, error) {
	if kind == HTML {
		text := ""
		problems := Each(fsys, File{Path: name, Kind: kind}, Options{}, func(d Document) bool {
			text = d.Text
			return false
		})
		if len(problems) > 0 {
			return "", problems[0]
		}
		return text, nil
	}
	raw, err := fs.ReadFile(fsys, name)
	if err != nil {
		return "", unreadable(name, err)
	}
	text, _, _ := Decode(raw)
	if kind == Markdown {
		if m, ok := findMatter(text); ok && !m.unclosed {
			text = text[m.after:]
		}
	}
	return text, nil
}

func decodeOrRefuse(path string, raw []byte) (text string, kept, refused []diag.Problem) {
	text, e, problems := Decode(raw)
	rename(problems, path)
	switch {
	case len(raw) == 0:
		return "", nil, []diag.Problem{empty(path)}
	case e == NotText:
		return "", nil, []diag.Problem{{
			Code: diag.SourceNotText, Severity: diag.Warning, Position: diag.Position{Path: path},
			Message: "the file is not text in any known character set; it gets no page",
			Remedy:  "replace it with its text in UTF-8, or remove it",
		}}
	}
	return text, problems, nil
}

func empty(path string) diag.Problem {
	return diag.Problem{
		Code: diag.SourceEmpty, Severity: diag.Warning, Position: diag.Position{Path: path},
		Message: "the file holds no text; it gets no page",
		Remedy:  "fill it, or remove it",
	}
}

// blank reports whether nothing of s would show.
func blank(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) }) < 0
}

// IsUnreadable reports whether an error or problem means that the system
// refused a file, which ends a run with exit code 3.
func IsUnreadable(err error) bool {
	var p diag.Problem
	return errors.As(err, &p) && p.Code == diag.SourceUnreadable
}
