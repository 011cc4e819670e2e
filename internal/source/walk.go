package source

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"warraq/internal/diag"
)

// The folders of a content tree that hold texts.
const (
	articlesFolder  = "articles"
	clippingsFolder = "clippings"
	pagesFolder     = "pages"
)

// others are what else a content folder holds, read by other rooms.
var others = []string{pagesFolder, "themes", "entities.yaml", "boilerplate.yaml", "decisions.yaml"}

// Walk lists the sources below a content folder, sorted by path: Markdown
// below articles, clippings below clippings. A tree without either folder has
// no sources. What is not read is reported, hidden files and folders too; only
// what systems and editing programs leave behind is passed over.
func Walk(fsys fs.FS) ([]File, []diag.Problem) {
	w := walker{fsys: fsys}
	w.top()
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

// top reports what stands in the content folder and has no meaning there: a
// misspelt folder would be a part of the archive that is missing.
func (w *walker) top() {
	entries, err := fs.ReadDir(w.fsys, ".")
	if err != nil {
		return // the folders that are looked for say why
	}
	known := append([]string{articlesFolder, clippingsFolder}, others...)
	for _, entry := range entries {
		name := entry.Name()
		if slices.Contains(known, name) || w.leftOut(name, entry) {
			continue
		}
		if _, source := KindOf(name); !source && !entry.IsDir() && diag.Nearest(name, known) == "" {
			continue // a licence, a note: nobody expects a page of it
		}
		w.unused(name, diag.Warning, "nothing is read here", diag.DidYouMean(name, known, "sources belong below articles/ or clippings/"))
	}
}

// Pages lists the pages that stand beside the articles, sorted by path.
func Pages(fsys fs.FS) ([]File, []diag.Problem) {
	w := walker{fsys: fsys}
	entries, err := fs.ReadDir(fsys, pagesFolder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		w.problems = append(w.problems, unreadable(pagesFolder, err))
	}
	for _, entry := range entries {
		full := path.Join(pagesFolder, entry.Name())
		kind, _ := KindOf(full)
		switch {
		case w.leftOut(full, entry):
		case entry.IsDir() || kind != Markdown:
			w.unused(full, diag.Info, "pages are Markdown files of this folder itself", "move it up, or out of the content tree")
		default:
			if file, ok := w.file(full, entry); ok {
				w.files = append(w.files, file)
			}
		}
	}
	return w.files, w.problems
}

func (w *walker) unused(name string, severity diag.Severity, message, remedy string) {
	w.problems = append(w.problems, diag.Problem{
		Code: diag.SourceUnused, Severity: severity, Position: diag.Position{Path: name}, Message: message, Remedy: remedy,
	})
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
		case w.leftOut(full, entry):
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

// leftOut leaves out what is hidden, saying so where it may have been meant as
// a source; what systems and editing programs leave behind; Hugo's section
// pages, which have no place here; and links to folders.
func (w *walker) leftOut(full string, entry fs.DirEntry) bool {
	name := path.Base(full)
	switch {
	case strings.HasPrefix(name, "."):
		if _, source := KindOf(full); source || entry.IsDir() {
			w.problems = append(w.problems, diag.Problem{
				Code: diag.SourceHidden, Severity: diag.Info, Position: diag.Position{Path: full},
				Message: "hidden, so not read", Remedy: "take the dot from its name if it belongs to the archive",
			})
		}
		return true
	case strings.HasSuffix(name, "~"), strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#"), name == "Thumbs.db", name == "_index.md":
		return true
	case entry.Type()&fs.ModeSymlink != 0:
		// A link could lead round in a circle, and read what another path reads.
		if info, err := fs.Stat(w.fsys, full); err == nil && info.IsDir() {
			w.unused(full, diag.Warning, "a link to a folder is not followed", "put the folder itself here")
			return true
		}
	}
	return false
}

func (w *walker) file(name string, entry fs.DirEntry) (File, bool) {
	kind, known := KindOf(name)
	if !known {
		w.unused(name, diag.Info, "the file is of no kind that is read here", "move it out of the content tree, or give it the extension of its kind")
		return File{}, false
	}
	stamp, ok := w.stamp(name, entry)
	return File{Path: name, Kind: kind, Stamp: stamp}, ok
}

func (w *walker) resource(name string, entry fs.DirEntry, bundle *File) {
	if !isImage(name) {
		w.unused(name, diag.Info, "a page bundle takes images only (jpg, png, gif, webp)", "move the file out of the bundle")
		return
	}
	if stamp, ok := w.stamp(name, entry); ok {
		bundle.Resources = append(bundle.Resources, Resource{
			Name: strings.TrimPrefix(name, path.Dir(bundle.Path)+"/"), Path: name, Stamp: stamp,
		})
	}
}

// stamp follows symbolic links to files.
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
		w.unused(name, diag.Info, "not a regular file", "replace it with a file")
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
