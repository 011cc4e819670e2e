package diag

// TemplateError is a page template, style sheet or text file that cannot be used.
const TemplateError Code = "template-error"

func renderCodes() []Explanation {
	return []Explanation{{
		Code:     TemplateError,
		Severity: Error,
		Summary:  "a template or interface text cannot be used",
		Details: `A file of the site's templates folder does not parse, names a field that its
view does not have, or names an interface text that strings.yaml does not hold.
The place is the line of the file as written. The views and their fields are
listed in docs/templates.md; a site's own file hides the shipped one of the same
name, so removing it brings the shipped one back.`,
	}}
}
