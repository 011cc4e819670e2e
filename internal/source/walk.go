package source

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"warraq/internal/diag"
)

// The folders of a content tree that hold sources.
const (
	articlesFolder  = "articles"
	clippingsFolder = "clippings"
)

// Walk lists the sources below a content folder, sorted by path: Markdown
// below articles, clippings below clippings. A tree without either folder has
// no sources. Hidden files and editors' backups are passed over; a file of no
// known kind is reported.
func Walk(fsys fs.FS) ([]File, []diag.Problem) {
	w := walker{fsys: fsys}
	w.folder(articlesFolder, nil)
	w.folder(clippingsFolder, nil)
	slices.SortFunc(w.files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	slices.SortFunc(w.problems, diag.Compare)
	return w.files, w.problems
}

// KindOf tells a source's kind from its path, as Walk does: below articles
// only Markdown counts, elsewhere also clippings. It serves files outside a
// content tree too.
func KindOf(name string) (Kind, bool) {
	lower := strings.ToLower(path.Base(name))
	switch {
	case strings.HasSuffix(lower, ".md"), strings.HasSuffix(lower, ".markdown"):
		return Markdown, !strings.HasPrefix(name, clippingsFolder+"/")
	case strings.HasPrefix(name, articlesFolder+"/"):
		return 0, false
	case strings.HasSuffix(lower, ".txt"):
		return Text, true
	case strings.HasSuffix(lower, ".html"), strings.HasSuffix(lower, ".htm"):
		return HTML, true
	case strings.HasSuffix(lower, ".jsonl"), strings.HasSuffix(lower, ".ndjson"):
		return JSONL, true
	case strings.HasSuffix(lower, ".warc"), strings.HasSuffix(lower, ".warc.gz"):
		return WARC, true
	}
	return 0, false
}

type walker struct {
	fsys     fs.FS
	files    []File
	problems []diag.Problem
}

// folder reads one folder. bundle is the index.md that owns the folder and
// everything below it, nil outside page bundles.
func (w *walker) folder(name string, bundle *File) {
	entries, err := fs.ReadDir(w.fsys, name)
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			w.problems = append(w.problems, unreadable(name, err))
		}
		return
	}
	index := -1
	if bundle == nil && strings.HasPrefix(name, articlesFolder) && name != articlesFolder {
		index = slices.IndexFunc(entries, func(e fs.DirEntry) bool { return e.Name() == "index.md" })
	}
	if index >= 0 {
		if file, ok := w.file(path.Join(name, "index.md"), entries[index]); ok {
			bundle = &file
		}
	}
	for i, entry := range entries {
		full := path.Join(name, entry.Name())
		switch {
		case i == index && bundle != nil:
		case ignored(entry.Name()):
		case entry.IsDir():
			w.folder(full, bundle)
		case bundle != nil:
			w.resource(full, entry, bundle)
		default:
			if file, ok := w.file(full, entry); ok {
				w.files = append(w.files, file)
			}
		}
	}
	if index >= 0 && bundle != nil {
		slices.SortFunc(bundle.Resources, func(a, b Resource) int { return strings.Compare(a.Name, b.Name) })
		w.files = append(w.files, *bundle)
	}
}

// ignored passes over what editors and systems leave behind, and Hugo's
// section pages, which have no place here.
func ignored(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") ||
		strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#") || name == "Thumbs.db" || name == "_index.md"
}

func (w *walker) file(name string, entry fs.DirEntry) (File, bool) {
	kind, known := KindOf(name)
	if !known {
		w.problems = append(w.problems, diag.Problem{
			Code: diag.SourceUnused, Severity: diag.Info, Position: diag.Position{Path: name},
			Message: "the file is of no kind that is read here",
			Remedy:  "move it out of the content tree, or give it the extension of its kind",
		})
		return File{}, false
	}
	stamp, ok := w.stamp(name, entry)
	return File{Path: name, Kind: kind, Stamp: stamp}, ok
}

func (w *walker) resource(name string, entry fs.DirEntry, bundle *File) {
	if !isImage(name) {
		w.problems = append(w.problems, diag.Problem{
			Code: diag.SourceUnused, Severity: diag.Info, Position: diag.Position{Path: name},
			Message: "a page bundle takes images only (jpg, png, gif, webp)",
			Remedy:  "move the file out of the bundle",
		})
		return
	}
	if stamp, ok := w.stamp(name, entry); ok {
		bundle.Resources = append(bundle.Resources, Resource{
			Name: strings.TrimPrefix(name, path.Dir(bundle.Path)+"/"), Path: name, Stamp: stamp,
		})
	}
}

// stamp follows symbolic links to files; a link to a folder is not walked,
// since it could lead round in a circle.
func (w *walker) stamp(name string, entry fs.DirEntry) (Stamp, bool) {
	info, err := entry.Info()
	if err == nil && info.Mode()&fs.ModeSymlink != 0 {
		info, err = fs.Stat(w.fsys, name)
	}
	if err != nil {
		w.problems = append(w.problems, unreadable(name, err))
		return Stamp{}, false
	}
	if !info.Mode().IsRegular() {
		w.problems = append(w.problems, diag.Problem{
			Code: diag.SourceUnused, Severity: diag.Info, Position: diag.Position{Path: name},
			Message: "not a regular file", Remedy: "replace it with a file",
		})
		return Stamp{}, false
	}
	return StampOf(info), true
}

func unreadable(name string, err error) diag.Problem {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		err = pathError.Err
	}
	return diag.Problem{
		Code: diag.SourceUnreadable, Severity: diag.Error, Position: diag.Position{Path: name},
		Message: "cannot be read: " + err.Error(),
		Remedy:  "mend its permissions, or remove it",
	}
}
