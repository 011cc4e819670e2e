package diag

// Codes of the file system, used by every room that reads or writes. An error
// with one of them makes the program exit with 3, not 1: the content is not to
// blame.
const (
	Unreadable Code = "unreadable"
	Unwritable Code = "unwritable"
)

func fileCodes() []Explanation {
	return []Explanation{
		{Unreadable, Error, "a file or folder could not be read", "The operating system refused. Check the permissions of the file and of the folders above it."},
		{Unwritable, Error, "a file or folder could not be written", "The operating system refused: a full disk, a read-only folder or missing permission. The destination keeps its last consistent state; the next build completes it."},
	}
}

// IsFailure reports whether a problem is the machine's, not the content's.
func (p Problem) IsFailure() bool {
	switch p.Code {
	case Unreadable, Unwritable, SourceUnreadable, OutputLocked:
		return p.Severity == Error
	}
	return false
}
