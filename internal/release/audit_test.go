package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"debug/elf"
	"debug/macho"
	"debug/pe"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// TestAuditRelease makes a release for every system, twice, and looks at all of
// it: what the archives hold, that each program is one for its system, the bills
// of materials, the checksums, and that the second run gives the same bytes.
func TestAuditRelease(t *testing.T) {
	if os.Getenv("WARRAQ_AUDIT") == "" {
		t.Skip("part of make audit")
	}
	t.Chdir("../..")
	const version = "v9.8.7"
	dir := t.TempDir()
	var runs [2]map[string][]byte
	for i := range runs {
		out := filepath.Join(dir, fmt.Sprint(i))
		begun := time.Now()
		if err := release(version, out, strings.Split(targets, ",")); err != nil {
			t.Fatal(err)
		}
		runs[i] = files(t, out)
		t.Logf("run %d: %d files in %.0f s", i+1, len(runs[i]), time.Since(begun).Seconds())
	}
	for name, raw := range runs[0] {
		if !bytes.Equal(raw, runs[1][name]) {
			t.Errorf("%s has other bytes the second time", name)
		}
	}
	if len(runs[0]) != 13 || len(runs[1]) != 13 {
		t.Errorf("%d and %d files; six archives, six bills and the checksums are 13", len(runs[0]), len(runs[1]))
	}
	sums := string(runs[0]["SHA256SUMS"])
	for name, raw := range runs[0] {
		if name != "SHA256SUMS" && !strings.Contains(sums, fmt.Sprintf("%x  %s\n", sha256.Sum256(raw), name)) {
			t.Errorf("the checksum of %s is missing or wrong", name)
		}
	}
	for _, target := range strings.Split(targets, ",") {
		goos, goarch, _ := strings.Cut(target, "/")
		name := "warraq_9.8.7_" + goos + "_" + goarch
		ending, program := ".tar.gz", "warraq/warraq"
		if goos == "windows" {
			ending, program = ".zip", "warraq/warraq.exe"
		}
		packed := runs[0][name+ending]
		held := unpack(t, packed, goos == "windows")
		for _, want := range []string{
			"README.md", "LICENSE", "CHANGELOG.md", "man1/warraq.1", "man1/warraq-build.1", "man1/warraq-deploy.1",
			"completions/warraq.bash", "completions/_warraq", "completions/warraq.fish", "completions/warraq.ps1",
		} {
			if len(held["warraq/"+want]) == 0 {
				t.Errorf("%s holds no %s", name, want)
			}
		}
		if got := machine(held[program]); got != target {
			t.Errorf("the program of %s is one for %s", target, got)
		}
		components := bill(t, runs[0][name+".cdx.json"], version)
		t.Logf("%s: %.1f MB packed, %.1f MB program, %d files, %d components", target, float64(len(packed))/1e6, float64(len(held[program]))/1e6, len(held), components)
		if goos == runtime.GOOS && goarch == runtime.GOARCH {
			at := filepath.Join(dir, "program")
			if err := os.WriteFile(at, held[program], 0o755); err != nil {
				t.Fatal(err)
			}
			if out, err := exec.Command(at, "version").CombinedOutput(); err != nil || !strings.Contains(string(out), version) {
				t.Errorf("%s, %v", out, err)
			}
		}
	}
}

func files(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, e := range entries {
		if out[e.Name()], err = os.ReadFile(filepath.Join(dir, e.Name())); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func unpack(t *testing.T, raw []byte, zipped bool) map[string][]byte {
	t.Helper()
	held := map[string][]byte{}
	if zipped {
		z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range z.File {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			if held[f.Name], err = io.ReadAll(r); err != nil {
				t.Fatal(err)
			}
			r.Close()
		}
		return held
	}
	z, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return held
		}
		if err != nil {
			t.Fatal(err)
		}
		if held[h.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
}

// machine reads from a program which system and processor it is for.
func machine(program []byte) string {
	r := bytes.NewReader(program)
	if f, err := elf.NewFile(r); err == nil {
		return "linux/" + map[elf.Machine]string{elf.EM_X86_64: "amd64", elf.EM_AARCH64: "arm64"}[f.Machine]
	}
	if f, err := macho.NewFile(r); err == nil {
		return "darwin/" + map[macho.Cpu]string{macho.CpuAmd64: "amd64", macho.CpuArm64: "arm64"}[f.Cpu]
	}
	if f, err := pe.NewFile(r); err == nil {
		return "windows/" + map[uint16]string{pe.IMAGE_FILE_MACHINE_AMD64: "amd64", pe.IMAGE_FILE_MACHINE_ARM64: "arm64"}[f.Machine]
	}
	return "nothing that is known"
}

// bill checks a CycloneDX bill of materials and counts its components.
func bill(t *testing.T, raw []byte, version string) int {
	t.Helper()
	var b struct {
		Format   string `json:"bomFormat"`
		Spec     string `json:"specVersion"`
		Metadata struct {
			Component struct {
				Name    string `json:"name"`
				Version string `json:"version"`
			} `json:"component"`
		} `json:"metadata"`
		Components []struct {
			Name, Version, PURL string
			Ref                 string `json:"bom-ref"`
		} `json:"components"`
		Dependencies []json.RawMessage `json:"dependencies"`
	}
	if err := json.Unmarshal(raw, &b); err != nil {
		t.Fatal(err)
	}
	if b.Format != "CycloneDX" || !strings.HasPrefix(b.Spec, "1.") || b.Metadata.Component.Version != version || len(b.Components) < 30 {
		t.Errorf("the bill is of format %q %q, of %q %q, with %d components", b.Format, b.Spec, b.Metadata.Component.Name, b.Metadata.Component.Version, len(b.Components))
	}
	seen, std := map[string]bool{}, false
	for _, c := range b.Components {
		std = std || c.Name == "std"
		if c.Name == "" || c.Version == "" || !strings.HasPrefix(c.PURL, "pkg:golang/") || seen[c.Ref] {
			t.Errorf("the bill lists %+v", c)
		}
		seen[c.Ref] = true
	}
	if !std {
		t.Error("the bill does not list the standard library")
	}
	return len(b.Components)
}
