package config

import (
	"os"
	"reflect"
	"strings"
	"testing"
)

func TestEverySettingIsDocumented(t *testing.T) {
	page, err := os.ReadFile("../../docs/settings.md")
	if err != nil {
		t.Fatal(err)
	}
	archive := reflect.TypeFor[Archive]()
	for i := range archive.NumField() {
		if name := lowerFirst(archive.Field(i).Name); !strings.Contains(string(page), "| `"+name+"` |") {
			t.Errorf("docs/settings.md has no row for %s", name)
		}
	}
	for _, table := range []reflect.Type{reflect.TypeFor[Source](), reflect.TypeFor[JSONLFields]()} {
		for i := range table.NumField() {
			if name := strings.ToLower(table.Field(i).Name); !strings.Contains(string(page), "\n"+name+" = ") {
				t.Errorf("docs/settings.md does not show %s of %s", name, table.Name())
			}
		}
	}
	if rows := strings.Count(string(page), "\n| `"); rows != archive.NumField() {
		t.Errorf("docs/settings.md has %d rows for %d settings", rows, archive.NumField())
	}
}
