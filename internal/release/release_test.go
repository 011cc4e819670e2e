package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func packed(t *testing.T, zipped bool) []byte {
	t.Helper()
	dir := t.TempDir()
	files, err := manual(filepath.Join(dir, "files"), "v1.0.0", time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(dir, "program")
	if err := os.WriteFile(program, []byte("\x7fELF"), 0o755); err != nil {
		t.Fatal(err)
	}
	name, err := pack(filepath.Join(dir, "warraq"), zipped, append(files, file{"warraq", program, 0o755}))
	if err != nil {
		t.Fatal(err)
	}
	if err := checksums(filepath.Join(dir, "SHA256SUMS"), []string{name}); err != nil {
		t.Fatal(err)
	}
	sums, err := os.ReadFile(filepath.Join(dir, "SHA256SUMS"))
	if err != nil || len(sums) != 64+2+len(filepath.Base(name))+1 {
		t.Errorf("checksums %q, %v", sums, err)
	}
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestArchivesHoldTheProgramItsManualAndCompletions(t *testing.T) {
	var names []string
	held := map[string]string{}
	raw := packed(t, false)
	z, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		names, held[h.Name] = append(names, h.Name), string(text)
		if h.Name == "warraq/warraq" && h.Mode != 0o755 {
			t.Errorf("the program's mode is %o", h.Mode)
		}
	}
	for name, want := range map[string]string{
		"warraq/warraq":                  "ELF",
		"warraq/man1/warraq.1":           ".TH",
		"warraq/man1/warraq-deploy.1":    "precompress",
		"warraq/completions/warraq.bash": "__start_warraq",
		"warraq/completions/_warraq":     "#compdef warraq",
		"warraq/completions/warraq.fish": "complete -c warraq",
		"warraq/completions/warraq.ps1":  "Register-ArgumentCompleter",
	} {
		if !strings.Contains(held[name], want) {
			t.Errorf("%s does not hold %q: %.80q", name, want, held[name])
		}
	}
	if !slices.IsSorted(names) {
		t.Errorf("order %q", names)
	}
	if !bytes.Equal(raw, packed(t, false)) {
		t.Error("packing twice gives other bytes")
	}
}

func TestWindowsGetsAZip(t *testing.T) {
	raw := packed(t, true)
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil || len(z.File) < 10 {
		t.Fatalf("%v", err)
	}
	if !bytes.Equal(raw, packed(t, true)) {
		t.Error("packing twice gives other bytes")
	}
}
