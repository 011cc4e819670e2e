package diag

// Codes of package output.
const (
	PageCollision Code = "page-collision"
	PagePath      Code = "page-path"
	OutputForeign Code = "output-foreign"
	OutputLocked  Code = "output-locked"
	OutputState   Code = "output-state"
)

func outputCodes() []Explanation {
	return []Explanation{
		{PageCollision, Error, "two pages want the same path", "Every page has a path of its own. Both origins are named; change the slug, id or url of one, or remove it. Nothing is written while two pages collide."},
		{PagePath, Error, "a page has a path that cannot be written", "A path is relative, uses / and has no empty, . or .. segment. It comes from an id, slug or url."},
		{OutputForeign, Warning, "the destination holds files that this program did not write", "They are left alone: only files recorded in the manifest of an earlier build are ever removed. Build with --clean to delete them, or choose another destination."},
		{OutputLocked, Error, "another build is writing to the destination", "Two builds into one destination would mix their files. Wait for the other, or choose another --destination."},
		{OutputState, Warning, "the record of the last build could not be used", "The manifest is damaged or of another version. It is discarded: every page is made again, equal files are left as they are, and files of the last build that are no longer part of the site count as foreign."},
	}
}
