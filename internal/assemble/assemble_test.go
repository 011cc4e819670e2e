package assemble

import (
	"testing"

	"warraq/internal/archive"
)

func TestAnEmptyInputGivesAnEmptyArchive(t *testing.T) {
	a, problems := Assemble(Input{})
	if len(a.Articles) != 0 || len(problems) != 0 {
		t.Fatalf("%d articles, problems %v", len(a.Articles), problems)
	}
	if err := archive.Check(a); err != nil {
		t.Fatal(err)
	}
}
