package diag

// Codes of the editors' files: themes, entities.yaml, boilerplate.yaml,
// decisions.yaml, and of the rules they hold.
const (
	EditorialUnreadable    Code = "editorial-unreadable"
	EditorialSyntax        Code = "editorial-syntax"
	EditorialUnknownKey    Code = "editorial-unknown-key"
	EditorialWrongType     Code = "editorial-wrong-type"
	EditorialMissing       Code = "editorial-missing-key"
	EditorialDuplicate     Code = "editorial-duplicate"
	EditorialBadID         Code = "editorial-bad-id"
	EditorialBadDate       Code = "editorial-bad-date"
	EditorialBadValue      Code = "editorial-bad-value"
	EditorialAliasClaimed  Code = "editorial-alias-claimed"
	EditorialUnknownTheme  Code = "editorial-unknown-theme"
	EditorialUnknownEntity Code = "editorial-unknown-entity"
	EditorialNoRules       Code = "editorial-theme-without-rules"
	EditorialEmptyTerm     Code = "editorial-empty-term"
)

func editorialCodes() []Explanation {
	return []Explanation{
		{EditorialUnreadable, Error, "a file of the editors cannot be read",
			"The file exists but could not be opened or is not UTF-8 text. Save it as UTF-8."},
		{EditorialSyntax, Error, "a file of the editors is not valid YAML or TOML",
			"Nothing of the file can be used. The usual causes are a tab used for indentation, a missing closing quote or bracket, a colon without a space after it, and front matter whose closing line is missing."},
		{EditorialUnknownKey, Error, "an unknown key",
			"The key means nothing to the program, so what it says would be ignored silently. Correct the spelling or remove the key."},
		{EditorialWrongType, Error, "a value of the wrong type",
			"A list was written where one value is expected, a word where a number is, and so on."},
		{EditorialMissing, Error, "a key that must be there is missing",
			"An entity needs id, name and kind; a theme needs a title; a fact needs its text."},
		{EditorialDuplicate, Error, "one name is defined twice",
			"Two entries have the same id or key, so one of them would be lost. Give one another id or join them."},
		{EditorialBadID, Error, "an id or slug with letters that do not belong into a URL",
			"Ids and theme folders become URLs that must never change: lower-case ASCII letters, digits and single hyphens only, at most 60."},
		{EditorialBadDate, Error, "a date that does not exist or is not ISO 8601",
			"Dates in the editors' files are written YYYY-MM-DD, or YYYY-MM or YYYY where the day is not known. A decision may also say `date: unknown`."},
		{EditorialBadValue, Error, "a value outside of what is allowed",
			"The remedy names the values that are allowed."},
		{EditorialAliasClaimed, Error, "one alias belongs to two entities",
			"A name that stands for two entities cannot be matched. Remove it from one of them, or write longer aliases that tell them apart. Names are compared after folding: hamza forms, ة/ه, ى/ي, digits and tatweel make no difference."},
		{EditorialUnknownTheme, Error, "a theme that does not exist",
			"A decision names a theme without a folder below content/themes."},
		{EditorialUnknownEntity, Error, "an entity that does not exist",
			"A rule names @id, or an entity's needs name an id, that entities.yaml does not define."},
		{EditorialNoRules, Info, "a theme without match rules",
			"Only articles that name the theme in their front matter or by a decision will be in it. Add match rules below `match:` for the program to find others."},
		{EditorialEmptyTerm, Warning, "a term without letters",
			"After folding nothing is left of the term, so it can never match."},
	}
}
