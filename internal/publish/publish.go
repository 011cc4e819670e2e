// Package publish copies a built tree to where readers get it: an S3, Google or
// Azure bucket, or a folder, by the [deployment] table of hugo.toml, whose keys
// have Hugo's meaning.
//
// Only changed files travel, in phases: new assets, new pages, changed files
// below, changed lists, entry points, removals. A phase begins when the one
// before has succeeded. So whatever moment a deployment fails at, the published
// site has no dead link: a page can only link to what was there before or was
// uploaded in an earlier phase, and nothing is removed while a page may still
// link to it. The next run completes the work.
//
// Only files that an earlier deployment published are removed. Their list is an
// object of the bucket itself, manifestName; what else is there is reported and
// left alone.
//
// Hugo's own deployer is not used: one call of it goes on after an error (it
// replaced the home page although an article had failed), it removes files that
// are not its own, and it cannot publish precompressed variants.
package publish

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"

	"gocloud.dev/blob"

	"warraq/internal/config"
)

// manifestName is the object that lists what is published, one path a line.
const manifestName = ".warraq/published.txt"

// Options of one deployment.
type Options struct {
	Tree        string // folder of the built site
	Source      string // folder of the site that it was built from; "" where that is elsewhere
	Target      config.DeployTarget
	Matchers    []config.DeployMatcher
	Workers     int  // concurrent uploads, at least 1
	MaxDeletes  int  // refuse to remove more files than this; -1 for no limit
	Force       bool // upload unchanged files too
	DryRun      bool // say what would be done, do nothing
	Precompress bool // put .br and .gz files beside compressible ones
	Invalidate  bool // tell the target's CDN what changed
	// Confirm, when set, is asked before the first change; false stops.
	Confirm func(Plan) bool
	// Progress, when set, is told of each finished file.
	Progress func(phase string, done, of int)
	Log      io.Writer // what is done, a line each; nil for none
}

// Report says what a deployment did.
type Report struct {
	Plan
	Uploaded, Removed int
	Bytes             int64 // uploaded
	Requests          int64 // writes and removals sent to the bucket
	Cancelled         bool  // Confirm said no
}

// ErrTooManyDeletes is returned before anything is changed.
var ErrTooManyDeletes = errors.New("publish: more files would be removed than allowed")

// Run deploys. On an error the published site is whole, see the package comment.
func Run(ctx context.Context, opts Options) (Report, error) {
	if err := apart(opts); err != nil {
		return Report{}, err
	}
	bucket, err := open(ctx, opts.Target.URL)
	if err != nil {
		return Report{}, err
	}
	defer bucket.Close()
	return run(ctx, bucket, opts)
}

func run(ctx context.Context, bucket *blob.Bucket, opts Options) (Report, error) {
	local, err := readTree(opts)
	if err != nil {
		return Report{}, err
	}
	there, err := list(ctx, bucket)
	if err != nil {
		return Report{}, fmt.Errorf("publish: listing %s: %w", opts.Target.URL, err)
	}
	owned, err := readManifest(ctx, bucket, there)
	if err != nil {
		return Report{}, fmt.Errorf("publish: reading the list of published files: %w", err)
	}
	plan, err := compare(ctx, bucket, opts, local, there, owned)
	if err != nil {
		return Report{}, err
	}
	report := Report{Plan: plan}
	if opts.MaxDeletes >= 0 && len(plan.Remove) > opts.MaxDeletes {
		return report, fmt.Errorf("%w: %d, allowed are %d; look at them with --dry-run, then raise --max-deletes",
			ErrTooManyDeletes, len(plan.Remove), opts.MaxDeletes)
	}
	if opts.DryRun || plan.Empty() {
		return report, nil
	}
	if opts.Confirm != nil && !opts.Confirm(plan) {
		report.Cancelled = true
		return report, nil
	}
	d := &deployer{bucket: bucket, opts: opts, report: &report}
	return report, d.deploy(ctx, local, owned)
}

func (o Options) logger() *slog.Logger {
	if o.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return slog.New(slog.NewTextHandler(o.Log, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey || a.Key == slog.LevelKey {
			return slog.Attr{}
		}
		return a
	}}))
}
