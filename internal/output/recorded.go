package output

import "errors"

// Recorded lists the paths that the last build into dir left there, by the
// manifest kept below state; nil when there is none or it cannot be used.
func Recorded(dir, state string) ([]string, error) {
	record, err := recordPath(dir, state)
	if err != nil {
		return nil, err
	}
	entries, err := readManifest(record)
	if errors.Is(err, errManifest) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	paths := make([]string, len(entries))
	for i, e := range entries {
		paths[i] = e.path
	}
	return paths, nil
}
