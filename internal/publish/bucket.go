package publish

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"gocloud.dev/blob"
	"gocloud.dev/blob/fileblob"
	"gocloud.dev/gcerrors"
)

// open opens a target: a folder ("file:///srv/www", "/srv/www", "../www") or a
// bucket ("s3://name?region=…", "gs://name", "azblob://name") with the
// credentials of its vendor's usual environment variables and files.
func open(ctx context.Context, target string) (*blob.Bucket, error) {
	if dir, ok := folder(target); ok {
		// Metadata files would be published; temporary files beside the target
		// can be renamed into place on any file system.
		bucket, err := fileblob.OpenBucket(dir, &fileblob.Options{CreateDir: true, Metadata: fileblob.MetadataDontWrite, NoTempDir: true})
		if err != nil {
			return nil, fmt.Errorf("publish: %w", err)
		}
		return bucket, nil
	}
	u, err := url.Parse(target)
	if err != nil || target == "" {
		return nil, fmt.Errorf("publish: %q is not the URL of a target", target)
	}
	switch u.Scheme {
	case "s3", "gs", "azblob":
		if !cloud {
			return nil, fmt.Errorf("publish: %s:// targets are left out of this program: build it with `-tags withdeploy`, as the released one is", u.Scheme)
		}
		bucket, err := blob.OpenBucket(ctx, target)
		if err != nil {
			return nil, fmt.Errorf("publish: %s: %w", target, err)
		}
		return bucket, nil
	}
	return nil, fmt.Errorf("publish: %q: a target is s3://, gs://, azblob://, file:// or a folder", target)
}

// folder gives the folder that a target is, if it is one. What is no URL is a
// path, on Windows too, whose letters of disks look like schemes.
func folder(target string) (dir string, ok bool) {
	scheme, _, isURL := strings.Cut(target, "://")
	if !isURL {
		return target, target != ""
	}
	u, err := url.Parse(target)
	if err != nil || scheme != "file" {
		return "", false
	}
	return filepath.FromSlash(u.Path), true
}

// ErrOverlap is a target among the site's own files, or around them: publishing
// would mix what is written with what is made of it.
var ErrOverlap = errors.New("the target holds the site's own files, or lies among them: choose a folder of its own")

// apart refuses a folder as target that overlaps the built tree or the sources.
func apart(opts Options) error {
	dir, ok := folder(opts.Target.URL)
	if !ok {
		return nil
	}
	inside := func(child, parent string) bool {
		c, err1 := filepath.Abs(child)
		p, err2 := filepath.Abs(parent)
		if errors.Join(err1, err2) != nil {
			return false
		}
		rel, err := filepath.Rel(p, c)
		return err == nil && filepath.IsLocal(rel)
	}
	if inside(dir, opts.Tree) || inside(opts.Tree, dir) || opts.Source != "" && inside(opts.Source, dir) {
		return ErrOverlap
	}
	for _, own := range []string{"content", "templates", "static"} {
		if opts.Source != "" && inside(dir, filepath.Join(opts.Source, own)) {
			return ErrOverlap
		}
	}
	return nil
}

// Explain adds what to do about the usual failures of a bucket.
func Explain(err error) string {
	switch gcerrors.Code(unwrapCode(err)) {
	case gcerrors.NotFound:
		return "the bucket does not exist, or under another region or endpoint: check the target's URL"
	case gcerrors.PermissionDenied:
		return "the credentials may not do this: check them and the bucket's policy"
	}
	text := err.Error()
	switch {
	case strings.Contains(text, "NoSuchBucket"):
		return "the bucket does not exist, or under another region or endpoint: check the target's URL"
	case strings.Contains(text, "InvalidAccessKeyId"), strings.Contains(text, "SignatureDoesNotMatch"), strings.Contains(text, "AccessDenied"),
		strings.Contains(text, "get credentials"), strings.Contains(text, "no EC2 IMDS role"):
		return "the credentials are missing or wrong: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the vendor's own"
	case strings.Contains(text, "connection refused"), strings.Contains(text, "no such host"):
		return "the host does not answer: check the endpoint and the network, then run deploy again"
	}
	return "run deploy again; files that are already there are not sent again"
}

// unwrapCode finds the innermost error that carries a code.
func unwrapCode(err error) error {
	for e := err; e != nil; e = errors.Unwrap(e) {
		if c := gcerrors.Code(e); c != gcerrors.Unknown && c != gcerrors.OK {
			return e
		}
	}
	return err
}
