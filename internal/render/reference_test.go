package render

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write docs/templates.md")

const referenceFile = "../../docs/templates.md"

// docs/templates.md is made from the comments of the view structs:
// go test ./internal/render -run Reference -update
func TestReferenceIsOfThisCode(t *testing.T) {
	want := reference(t)
	if *update {
		if err := os.WriteFile(referenceFile, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(referenceFile)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("docs/templates.md is stale: run go test ./internal/render -run Reference -update")
	}
}

// reference writes the guide and every view of views*.go.
func reference(t *testing.T) string {
	t.Helper()
	guide, err := os.ReadFile("testdata/templates.md")
	if err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob("views*.go")
	if err != nil || len(names) == 0 {
		t.Fatal("no view files", err)
	}
	var b strings.Builder
	b.Write(guide)
	fset := token.NewFileSet()
	for _, name := range names {
		file, err := parser.ParseFile(fset, name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			d, ok := decl.(*ast.GenDecl)
			if !ok || d.Tok != token.TYPE {
				continue
			}
			spec := d.Specs[0].(*ast.TypeSpec)
			body, ok := spec.Type.(*ast.StructType)
			if !ok {
				continue
			}
			fmt.Fprintf(&b, "\n### %s\n\n%s\n\n| field | type | |\n|---|---|---|\n", spec.Name.Name, strings.Join(strings.Fields(d.Doc.Text()), " "))
			for _, f := range body.Fields.List {
				comment := cell.Replace(strings.Join(strings.Fields(f.Comment.Text()), " "))
				if len(f.Names) == 0 {
					fmt.Fprintf(&b, "| %s | embedded | its fields too |\n", typeName(f.Type))
				}
				for _, n := range f.Names {
					if n.IsExported() {
						fmt.Fprintf(&b, "| %s | %s | %s |\n", n.Name, typeName(f.Type), comment)
					}
				}
			}
		}
	}
	b.WriteString("\n## Interface texts\n\nKeys of `strings.yaml` that the shipped templates and the program use.\n\n| key | shipped text |\n|---|---|\n")
	texts, problems := loadTexts(overlay{lower: embeddedTemplates})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, key := range slices.Sorted(maps.Keys(texts.Texts)) {
		fmt.Fprintf(&b, "| %s | %s |\n", key, texts.Texts[key])
	}
	b.WriteString("\nCounted nouns, by their Arabic plural classes:\n\n| key | zero | one | two | few | many | other |\n|---|---|---|---|---|---|---|\n")
	for _, key := range slices.Sorted(maps.Keys(texts.Plurals)) {
		p := texts.Plurals[key]
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s | %s |\n", key, p.Zero, p.One, p.Two, p.Few, p.Many, p.Other)
	}
	return b.String()
}

// cell escapes a comment for a table of Markdown.
var cell = strings.NewReplacer("<", "&lt;", "|", "\\|")

func typeName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.StarExpr:
		return typeName(e.X) + " or none"
	case *ast.ArrayType:
		return "list of " + typeName(e.Elt)
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return "?"
}

// Every text that the templates or the program ask for is shipped, and every
// shipped one is asked for.
func TestTextsAreUsed(t *testing.T) {
	texts, _ := loadTexts(overlay{lower: embeddedTemplates})
	var sources strings.Builder
	for _, pattern := range []string{"*.go", "../../templates/*.html", "../../templates/partials/*.html"} {
		names, _ := filepath.Glob(pattern)
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			sources.Write(data)
		}
	}
	composed := []string{"kind.", "role."} // keys put together from a word of the archive
	for _, keys := range [][]string{slices.Sorted(maps.Keys(texts.Texts)), slices.Sorted(maps.Keys(texts.Plurals))} {
		for _, key := range keys {
			isComposed := slices.ContainsFunc(composed, func(p string) bool { return strings.HasPrefix(key, p) })
			if !isComposed && !strings.Contains(sources.String(), `"`+key+`"`) {
				t.Errorf("nothing uses the text %q", key)
			}
		}
	}
}
