package render

import (
	"io"
	"io/fs"

	"warraq/internal/archive"
	"warraq/internal/output"
)

// assets plans the static files and the images of page bundles.
func (p *plan) assets() {
	names, err := p.r.static.list()
	if err != nil {
		p.problems = append(p.problems, templateProblem("../static", 0, err.Error()))
		return
	}
	for _, name := range names {
		data, _, err := p.r.static.read(name)
		if err != nil {
			p.problems = append(p.problems, templateProblem("../static/"+name, 0, err.Error()))
			continue
		}
		p.add(p.r.faces.published(name), output.Asset, hashBytes(data), "static/"+name, func(w io.Writer) error {
			_, err := w.Write(data)
			return err
		})
	}
	if p.r.content == nil {
		return
	}
	for i := range p.a.Articles {
		x := &p.a.Articles[i]
		if x.Rights != archive.FullText {
			continue
		}
		for n := range x.Images {
			img := &x.Images[n]
			p.add(archive.ArticlePath(x.ID)+img.Name, output.Asset, newKeyer(output.Key(img.Hash)).str("image").sum(), img.Path, func(w io.Writer) error {
				data, err := fs.ReadFile(p.r.content, img.Path)
				if err != nil {
					return err
				}
				_, err = w.Write(data)
				return err
			})
		}
	}
}
