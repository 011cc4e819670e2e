package render

import (
	"html/template"
	"strings"

	"warraq/internal/archive"
	"warraq/internal/markup"
)

// bodyHTML turns a body into HTML.
func (p *plan) bodyHTML(body archive.Body, images []archive.Image) template.HTML {
	if body.Format == archive.Plain {
		return paragraphs(body.Paragraphs)
	}
	return markdown(p.r.site.BasePath, body.Markdown, images)
}

// markdown renders Markdown of the archive or of the editors. Pictures of the
// article's bundle get their size, so that the text does not jump; those of
// other sites become links, because a page asks nothing of anybody else. Links
// and pictures that begin with "/" are meant from the site's root, wherever it
// is published.
func markdown(base string, md string, images []archive.Image) template.HTML {
	// The page's title is its h1; a text that begins at "##" has its own h1 in mind.
	top := 1
	if strings.HasPrefix(md, "# ") || strings.Contains(md, "\n# ") {
		top = 2
	}
	fromRoot := func(address string) string {
		if rest, ok := strings.CutPrefix(address, "/"); ok && !strings.HasPrefix(rest, "/") {
			return base + rest
		}
		return address
	}
	return template.HTML(markup.Render(md, markup.Options{
		Heading: top,
		Text:    func(text string) string { return string(isolate(text)) },
		Link:    fromRoot,
		Image: func(address string) markup.Image {
			for i := range images {
				if images[i].Name == address {
					return markup.Image{Address: archive.EscapePath(address), Width: int(images[i].Width), Height: int(images[i].Height)}
				}
			}
			if markup.Elsewhere(address) {
				return markup.Image{Address: address, Elsewhere: true}
			}
			if strings.HasPrefix(address, "/") {
				return markup.Image{Address: fromRoot(address)}
			}
			return markup.Image{} // reported as missing; the page shows its alternative text
		},
	}))
}

func hasImages(body template.HTML) bool { return strings.Contains(string(body), "<img") }

// plainText gives a body's paragraphs without markup.
func plainText(body archive.Body) []string {
	if body.Format == archive.Plain {
		return body.Paragraphs
	}
	return markup.Paragraphs(body.Markdown)
}
