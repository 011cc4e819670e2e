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
	u, err := url.Parse(target)
	if err != nil || target == "" {
		return nil, fmt.Errorf("publish: %q is not the URL of a target", target)
	}
	switch u.Scheme {
	case "", "file":
		dir := target
		if u.Scheme == "file" {
			dir = filepath.FromSlash(u.Path)
		}
		// Metadata files would be published; temporary files beside the target
		// can be renamed into place on any file system.
		bucket, err := fileblob.OpenBucket(dir, &fileblob.Options{CreateDir: true, Metadata: fileblob.MetadataDontWrite, NoTempDir: true})
		if err != nil {
			return nil, fmt.Errorf("publish: %w", err)
		}
		return bucket, nil
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
