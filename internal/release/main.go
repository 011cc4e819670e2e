// Command release makes what a version is published as: an archive for every
// system with the program, its manual pages and shell completions, a software
// bill of materials of each program, and the checksums of them all.
//
//	go run ./internal/release -version v1.2.3                     # all targets
//	go run ./internal/release -version v1.2.3 -targets linux/amd64,darwin/arm64
//
// Archives are the same bytes whoever makes them from one commit with one Go
// version: names are sorted, owners and times left out.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

const targets = "linux/amd64,linux/arm64,darwin/amd64,darwin/arm64,windows/amd64,windows/arm64"

func main() {
	version := flag.String("version", "", "the version's name, as the archives carry it")
	wanted := flag.String("targets", targets, "systems to make it for")
	out := flag.String("out", "dist", "folder for the archives; it is emptied first")
	flag.Parse()
	if err := release(*version, *out, strings.Split(*wanted, ",")); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

func release(version, out string, targets []string) error {
	if version == "" {
		return errors.New("name the version with -version")
	}
	day, err := committed()
	if err != nil {
		return err
	}
	if err := os.RemoveAll(out); err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "warraq-release-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	files, err := manual(filepath.Join(work, "files"), version, day)
	if err != nil {
		return err
	}
	for _, name := range []string{"README.md", "CHANGELOG.md", "LICENSE"} {
		files = append(files, file{name, name, 0o644})
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	var made []string
	for _, target := range targets {
		goos, goarch, ok := strings.Cut(target, "/")
		if !ok {
			return fmt.Errorf("%q is no target; write it like linux/amd64", target)
		}
		name := fmt.Sprintf("warraq_%s_%s_%s", strings.TrimPrefix(version, "v"), goos, goarch)
		program := filepath.Join(work, name)
		if err := build(program, version, goos, goarch); err != nil {
			return err
		}
		base := "warraq"
		if goos == "windows" {
			base += ".exe"
		}
		packed, err := pack(filepath.Join(out, name), goos == "windows", append(slices.Clone(files), file{base, program, 0o755}))
		if err != nil {
			return err
		}
		bill := filepath.Join(out, name+".cdx.json")
		if err := billOfMaterials(program, bill, version); err != nil {
			return err
		}
		made = append(made, packed, bill)
		fmt.Println(packed)
	}
	return checksums(filepath.Join(out, "SHA256SUMS"), made)
}

// committed is the time of the commit: what manual pages are dated with.
func committed() (time.Time, error) {
	raw, err := exec.Command("git", "log", "-1", "--format=%cI").Output()
	if err != nil {
		return time.Time{}, fmt.Errorf("git log: %w", err)
	}
	return time.Parse(time.RFC3339, strings.TrimSpace(string(raw)))
}

func build(to, version, goos, goarch string) error {
	cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=true", "-tags", "withdeploy",
		"-ldflags", "-s -w -X warraq/internal/cli.Version="+version, "-o", to, "./cmd/warraq")
	cmd.Env = append(os.Environ(), "GOOS="+goos, "GOARCH="+goarch, "CGO_ENABLED=0")
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s/%s: %w", goos, goarch, err)
	}
	return nil
}

// billOfMaterials lists the modules that are in the program and the standard
// library, where most of the security advisories are, as CycloneDX. The bill
// names the hash of the tool, which is therefore built without this machine's
// paths in it.
func billOfMaterials(program, to, version string) error {
	cmd := exec.Command("go", "tool", "-modfile=internal/devtools/go.mod", "cyclonedx-gomod",
		"bin", "-json", "-std", "-noserial", "-notimestamp", "-version", version, "-output", to, program)
	cmd.Env = append(os.Environ(), "GOFLAGS=-trimpath")
	if text, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("bill of materials: %w\n%s", err, text)
	}
	return nil
}
