package main

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// file of an archive.
type file struct {
	name string // in the archive
	path string // on disk
	mode int64
}

// pack writes an archive, a zip for Windows, and returns its path.
func pack(to string, zipped bool, files []file) (string, error) {
	slices.SortFunc(files, func(a, b file) int { return strings.Compare(a.name, b.name) })
	write, ending := writeTar, ".tar.gz"
	if zipped {
		write, ending = writeZip, ".zip"
	}
	f, err := os.Create(to + ending)
	if err != nil {
		return "", err
	}
	err = write(f, files)
	return to + ending, errors.Join(err, f.Close())
}

func writeTar(w io.Writer, files []file) error {
	z := gzip.NewWriter(w) // its header carries neither name nor time
	t := tar.NewWriter(z)
	for _, f := range files {
		raw, err := os.ReadFile(f.path)
		if err != nil {
			return err
		}
		if err := t.WriteHeader(&tar.Header{Name: "warraq/" + f.name, Mode: f.mode, Size: int64(len(raw)), Format: tar.FormatUSTAR}); err != nil {
			return err
		}
		if _, err := t.Write(raw); err != nil {
			return err
		}
	}
	return errors.Join(t.Close(), z.Close())
}

func writeZip(w io.Writer, files []file) error {
	z := zip.NewWriter(w)
	for _, f := range files {
		raw, err := os.ReadFile(f.path)
		if err != nil {
			return err
		}
		h := &zip.FileHeader{Name: "warraq/" + f.name, Method: zip.Deflate}
		h.SetMode(os.FileMode(f.mode))
		to, err := z.CreateHeader(h)
		if err != nil {
			return err
		}
		if _, err := to.Write(raw); err != nil {
			return err
		}
	}
	return z.Close()
}

// checksums writes a list that `sha256sum --check` reads.
func checksums(to string, files []string) error {
	slices.Sort(files)
	var b strings.Builder
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		h := sha256.New()
		_, err = io.Copy(h, f)
		if err := errors.Join(err, f.Close()); err != nil {
			return err
		}
		fmt.Fprintf(&b, "%x  %s\n", h.Sum(nil), filepath.Base(name))
	}
	return os.WriteFile(to, []byte(b.String()), 0o644)
}
