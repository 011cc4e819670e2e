package diag

// Codes of package extract.
const (
	ClippingNoArticle Code = "clipping-no-article"
	ClippingNoTitle   Code = "clipping-no-title"
	DateImpossible    Code = "date-impossible"
	MatterUnknown     Code = "front-matter-unknown"
	MatterValue       Code = "front-matter-value"
	MatterNoTitle     Code = "front-matter-no-title"
	MarkdownShortcode Code = "markdown-shortcode"
	MarkdownRawHTML   Code = "markdown-raw-html"
	MarkdownUnsafe    Code = "markdown-unsafe-link"
	ImageNoAlt        Code = "image-no-alt"
	ImageMissing      Code = "image-missing"
	ImageElsewhere    Code = "image-elsewhere"
	SourceChanged     Code = "source-changed"
)

func extractCodes() []Explanation {
	return []Explanation{
		{ClippingNoArticle, Warning, "a clipping holds no article", "The file has text, but only titles, labels or phrases that outlets put around articles, no paragraph. It gets no page. `warraq inspect FILE` shows what each line was taken for; a phrase that was taken wrongly can be left out of the markers."},
		{ClippingNoTitle, Warning, "an article has no title", "The clipping begins with a paragraph, so the start of that paragraph stands as title. Give one in content/decisions.yaml (title), or put a title line on top of the clipping."},
		{DateImpossible, Warning, "a date that does not exist", "The numbers make no date in the Arabic order day/month/year (month 13, 31 November). Nothing is guessed. Correct the clipping, or decide the date in content/decisions.yaml."},
		{MatterUnknown, Info, "front matter has a field that is not used", "The field is kept in the file and ignored here. Fields with an effect: title, date, lastmod, publishDate, expiryDate, draft, slug, url, id, aliases, tags, themes, source, source_url, author, description, language, events, facts, corrections, rights, canonical, withdrawn. Those that only Hugo uses are passed over without a word."},
		{MatterValue, Error, "a front matter field has a value it cannot have", "The message names the field and what it takes: text, a date like 2024-12-09, true or false, or a list of texts."},
		{MatterNoTitle, Warning, "a Markdown article has no title", "The first heading, or else the start of the text, stands as title. Add title: to the front matter."},
		{MarkdownShortcode, Warning, "a shortcode stands in the text", "Hugo's shortcodes ({{< … >}}) have no meaning here and are left out of the page. Write what it should show as Markdown."},
		{MarkdownRawHTML, Warning, "HTML stands in Markdown", "Raw HTML is left out of the page, because scraped text may carry code. Write it as Markdown."},
		{MarkdownUnsafe, Warning, "a link that could run code", "Only http, https, mailto and relative addresses become links. The words stay, without the link."},
		{ImageNoAlt, Warning, "an image has no alternative text", "Readers who do not see the image are told its alternative text: ![what it shows](file.jpg)."},
		{ImageElsewhere, Info, "an image is on another site", "Reading a page asks nothing of any other site: a picture with an address of its own becomes a link with its alternative text. To show it, put a copy into the article's folder (a page bundle: folder with index.md)."},
		{ImageMissing, Warning, "an image is not beside its article", "A picture with a relative address must lie in the article's folder (a page bundle: folder with index.md)."},
		{SourceChanged, Error, "a source changed while the site was built", "The text read when writing a page is not the text that was scanned. Build again."},
	}
}
