package diag

// Codes of package audit.
const (
	DeadLink      Code = "dead-link"
	LinkToDraft   Code = "link-to-draft"
	NearCopy      Code = "near-copy-undecided"
	EntityBare    Code = "entity-without-aliases"
	DeadAnchor    Code = "dead-anchor"
	ExternalDead  Code = "external-link-dead"
	LinkScheme    Code = "link-scheme"
	LinkLeaves    Code = "link-leaves-site"
	HTMLDirection Code = "html-direction"
	HTMLDuplicate Code = "html-duplicate-id"
	HTMLEscaped   Code = "html-escaped-twice"
	HTMLTitle     Code = "html-title"
	HTMLAlt       Code = "html-alt"
	HTMLGarbage   Code = "html-garbage"
	ThirdParty    Code = "third-party-request"
	BudgetPage    Code = "budget-page"
	BudgetFonts   Code = "budget-fonts"
	BudgetScript  Code = "budget-script"
	ThemeEmpty    Code = "theme-empty"
	EntityUnused  Code = "entity-unused"
	TagsAlike     Code = "tags-alike"
	NoSource      Code = "article-without-source"
	Orphan        Code = "article-orphan"
	URLVanished   Code = "url-vanished"
)

func auditCodes() []Explanation {
	return []Explanation{
		{DeadLink, Error, "a link of the built site leads nowhere", "The target is not in the built tree. A link inside an article's text points to an article that does not exist or is a draft: mend the text. Anything else is a fault of a template that overrides ours."},
		{LinkToDraft, Error, "a text links to an article that is not published", "The article is a draft, lies in the future of the build day or has expired: readers would find nothing. Publish it or remove the link."},
		{NearCopy, Warning, "two articles are nearly one", "They share seven to eight tenths of the smaller text: too little to fold them without asking, too much to be two reports. Write same_as or not_same_as for one of them in decisions.yaml."},
		{EntityBare, Info, "an entity has one spelling only", "Outlets spell names in several ways (أميركا and أمريكا, ويتكوف and ويتكاف). Only the one spelling of entities.yaml is found; add the others as aliases."},
		{DeadAnchor, Error, "a link leads to a part of a page that is not there", "The page exists, but no element has the id after the #. Mend the link or give the element its id."},
		{ExternalDead, Warning, "a link to another site does not answer", "Found by check --external. The other site may be down for a while: look at it, then mend or remove the link in the content."},
		{LinkScheme, Error, "a link has a scheme that is not for readers", "Only http, https, mailto and tel are. A template that overrides ours lets an address through unchecked."},
		{LinkLeaves, Error, "a link leaves the path the site is published under", "With a base URL below a path every link must begin with that path. A template wrote an absolute path of its own."},
		{HTMLDirection, Error, "a page does not say its language and direction", "<html> needs lang and dir, or browsers and screen readers guess. A template that overrides ours lost them."},
		{HTMLDuplicate, Error, "an id is given twice on one page", "Links and labels find only the first. A template that overrides ours repeats an element."},
		{HTMLEscaped, Warning, "text was escaped twice", "Readers see &amp;amp; or &amp;quot;. A template escapes what already is HTML, or the source itself was scraped so: then mend the text. It is a warning, because a build publishes whatever a source says."},
		{HTMLTitle, Error, "a page has no title or not exactly one h1", "Search results, tabs and screen readers name the page by them."},
		{HTMLAlt, Error, "an image has no alternative text", "Write it in the Markdown: ![what the picture shows](file.png). An empty alt=\"\" marks decoration."},
		{HTMLGarbage, Error, "a page shows a replacement character or a template's failure", "A broken character, %!v, <no value> or ZgotmplZ reached the reader. What may stand in a source's own text is a warning: look at the text and its encoding. What only a template can have written is an error."},
		{ThirdParty, Error, "a page makes the browser ask another site", "Readers are not to be tracked and pages are to work offline: serve fonts, scripts and images from the site itself."},
		{BudgetPage, Error, "a page is heavier than its budget", "HTML with its inlined style, compressed: 14 KB for an article of 600 words, more in proportion to its words; 50 KB for a list or the timeline."},
		{BudgetFonts, Error, "the fonts are heavier than their budget", "The preloaded fonts of a page may weigh 40 KB together. Subset them, see docs/templates.md."},
		{BudgetScript, Error, "a page other than search carries a script", "Articles, themes, tags and the timeline work without JavaScript and load none."},
		{ThemeEmpty, Warning, "a theme has no articles", "Its rules match nothing. Loosen match in its _index.md, name the theme in articles' front matter, or remove it."},
		{EntityUnused, Info, "an entity occurs in no article", "Nothing is wrong; its spellings in entities.yaml may be incomplete."},
		{TagsAlike, Info, "two tags look like one", "They differ by spelling only. The place given is where the first article has one of them. If they are one, add the second as an alias of an entity in entities.yaml; if not, leave them."},
		{NoSource, Warning, "an article names no source", "Readers cannot tell where it comes from. Add source to the front matter or to its entry in decisions.yaml."},
		{Orphan, Info, "an article is in no theme and has no tags", "Readers find it by search and in the list of all articles only."},
		{URLVanished, Error, "an address that was published is gone", "Links from elsewhere break. Add the old address to aliases of the article that replaces it, or withdraw the article in decisions.yaml so that a notice stands there."},
	}
}
