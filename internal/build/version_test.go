package build

import (
	"testing"

	"warraq/internal/output"
)

// A new version of the program may write other bytes from equal input, so it
// may believe neither the keys nor the drafts of the old one.
func TestAnotherVersionBelievesNothing(t *testing.T) {
	keys := map[output.Key]string{}
	for _, version := range []string{"", "1.0.0", "1.0.1"} {
		o := Options{Version: version}
		for _, p := range o.ofThisProgram([]output.Page{{Path: "index.xml", Key: output.Key{1}}, {Path: "feed.json", Key: output.Key{2}}}) {
			if other, taken := keys[p.Key]; taken {
				t.Errorf("%s of version %q has the key of %s", p.Path, version, other)
			}
			keys[p.Key] = p.Path + " of version " + version
		}
	}
}
