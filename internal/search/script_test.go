package search

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

// scriptMax is the budget of the search page's script as browsers receive it.
const scriptMax = 12 << 10

func TestScriptIsSmall(t *testing.T) {
	code, err := minified()
	if err != nil {
		t.Fatal(err)
	}
	var buf bytes.Buffer
	w := brotli.NewWriterLevel(&buf, 11)
	for _, src := range code {
		if _, err := w.Write(src); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	t.Logf("script %d bytes, loader %d, brotli together %d", len(code[0]), len(code[1]), buf.Len())
	if buf.Len() > scriptMax {
		t.Errorf("the script takes %d bytes, more than %d", buf.Len(), scriptMax)
	}
}

func TestScriptIsOneModule(t *testing.T) {
	code, err := minified()
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"/*STOPWORDS*/", "/*IRREGULAR*/", "innerHTML", "eval(", ".style"} {
		if strings.Contains(string(code[0]), word) {
			t.Errorf("the script holds %q", word)
		}
	}
	if !strings.Contains(string(code[1]), strings.TrimPrefix(appPath(code[0]), "search/")) {
		t.Error("the loader does not load the application")
	}
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("node is not installed: the script's syntax is not checked")
	}
	file := filepath.Join(t.TempDir(), "app.mjs")
	if err := os.WriteFile(file, code[0], 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("node", "--check", file).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
