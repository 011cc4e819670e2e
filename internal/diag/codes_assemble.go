package diag

// Codes of package assemble.
const (
	BadID           Code = "bad-id"
	SamePath        Code = "same-path"
	SameButForCase  Code = "same-but-for-case"
	DecisionUnknown Code = "decision-unknown-id"
	Unpublished     Code = "unpublished"
	DateConflict    Code = "date-conflict"
	DateInferred    Code = "date-inferred"
	DateUnknown     Code = "date-unknown"
	CopyFolded      Code = "copy-folded"
	VersionFolded   Code = "version-folded"
	ThemeUnknown    Code = "theme-unknown"
	AliasBad        Code = "alias-bad"
	AliasTaken      Code = "alias-taken"
	EventsUndated   Code = "events-undated"
	FactCite        Code = "fact-cites-nothing"
)

func assembleCodes() []Explanation {
	return []Explanation{
		{AliasBad, Warning, "an alias cannot be a path of the site",
			"An alias is an old path of an article, like /news/1234/. It may not leave the site or hold control characters or any of \\ ? # % : * \" < > |. Write Arabic letters as they are, not percent-encoded."},
		{AliasTaken, Error, "an alias is the path of another page",
			"An alias makes a page that sends readers on. No other article, and no other alias, may have that path. Remove it from one of the two."},
		{BadID, Error, "an id cannot be a path",
			"The id, slug or url of an article becomes a folder below articles/. Use letters, digits and hyphens, with slashes between folders; no part may begin with a dot."},
		{CopyFolded, Info, "the same text was found in several places",
			"Texts that are equal after folding are published once, with all their origins. A decision not_same_as keeps two articles apart."},
		{DateConflict, Warning, "what the article says of its date does not agree",
			"A weekday stands beside a date that fell on another day, or two statements of the date differ. The first statement is used. A decision «date» settles it."},
		{DateInferred, Info, "the date was inferred",
			"The article does not state its date. It was inferred from the evidence shown: a weekday, dated events, or wire paragraphs it shares with a dated article. A decision «date» overrides it."},
		{DateUnknown, Warning, "the date is not known",
			"The article states no date and the evidence does not suffice to infer one. It is published in the undated group and is not on the timeline. A decision «date» dates it."},
		{DecisionUnknown, Warning, "a decision names an id that no article has",
			"decisions.yaml speaks of an article that is not in the content. Its id may have changed with the text, or be mistyped."},
		{EventsUndated, Info, "dated statements of an undated article",
			"Phrases like «أمس» or «27 نوفمبر» need the article's own date, which is not known: they are not on the timeline. A decision «date» brings them there."},
		{FactCite, Warning, "a fact cites no article",
			"A fact's citation must be the id of a published article or an http(s) address."},
		{SameButForCase, Warning, "two articles' addresses differ only by the case of letters",
			"Web servers tell Case from case, but file systems of macOS and Windows do not: a site built or copied there loses one of the two pages. Give one of the articles another id, and its old address as an alias."},
		{SamePath, Error, "two articles claim one path",
			"Two Markdown files have the same id (from id, slug, url or their place). One page cannot hold both. Give one another id, or fold them with a decision same_as."},
		{ThemeUnknown, Warning, "a theme that does not exist",
			"Front matter or a decision names a theme without a folder below content/themes."},
		{Unpublished, Info, "an article is not published by its own rules",
			"It is marked as a draft, lies in the future of the build day, has expired, or was dropped by a decision."},
		{VersionFolded, Info, "a nearly equal text was folded",
			"At least four fifths of the smaller text are in the other: one page shows both versions. A decision not_same_as keeps them apart."},
	}
}
