package publish

import (
	"context"
	"crypto/md5"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync/atomic"

	"gocloud.dev/blob"
	"gocloud.dev/gcerrors"
	"golang.org/x/sync/errgroup"
)

type deployer struct {
	bucket *blob.Bucket
	opts   Options
	report *Report
}

// deploy runs the phases. The list of owned files is written before the first
// of them as the union of old and new, so that a file uploaded by a run that
// was cut off is known as ours by the next one; and at the end as what is there.
func (d *deployer) deploy(ctx context.Context, local map[string]*file, owned map[string]bool) error {
	union := maps.Clone(owned)
	for name := range local {
		union[name] = true
	}
	if !maps.Equal(union, owned) {
		if err := d.writeManifest(ctx, union); err != nil {
			return err
		}
	}
	for phase := range phases {
		if err := d.upload(ctx, phase, local); err != nil {
			return fmt.Errorf("publish: %s: %w; the published site is whole, run deploy again to complete it", phase, err)
		}
	}
	if err := d.remove(ctx); err != nil {
		return fmt.Errorf("publish: removals: %w; run deploy again to complete them", err)
	}
	now := map[string]bool{}
	for name := range local {
		now[name] = true
	}
	if !maps.Equal(now, union) {
		if err := d.writeManifest(ctx, now); err != nil {
			return err
		}
	}
	if d.opts.Invalidate {
		if err := invalidate(ctx, d.opts.Target); err != nil {
			return fmt.Errorf("publish: everything is uploaded, but the CDN was not told: %w", err)
		}
	}
	return nil
}

func (d *deployer) writeManifest(ctx context.Context, names map[string]bool) error {
	d.report.Requests++
	text := strings.Join(slices.Sorted(maps.Keys(names)), "\n") + "\n"
	err := d.bucket.WriteAll(ctx, manifestName, []byte(text), &blob.WriterOptions{ContentType: "text/plain; charset=utf-8", CacheControl: "no-store"})
	if err != nil {
		return fmt.Errorf("publish: writing the list of published files: %w", err)
	}
	return nil
}

// upload runs one phase: compressed variants, then the files they belong to. A
// variant counts as unchanged when its file does, so a run that is cut off
// between the two must leave the file to be uploaded again, not the variant.
func (d *deployer) upload(ctx context.Context, phase Phase, local map[string]*file) error {
	var variants, files []string
	for _, name := range d.report.Upload[phase] {
		if local[name].variant != "" {
			variants = append(variants, name)
		} else {
			files = append(files, name)
		}
	}
	if err := d.uploadAll(ctx, phase, variants, local); err != nil {
		return err
	}
	return d.uploadAll(ctx, phase, files, local)
}

func (d *deployer) uploadAll(ctx context.Context, phase Phase, names []string, local map[string]*file) error {
	var done, bytes atomic.Int64
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(max(1, d.opts.Workers))
	for _, name := range names {
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			n, err := d.put(ctx, local[name])
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			bytes.Add(n)
			if count := int(done.Add(1)); d.opts.Progress != nil {
				d.opts.Progress(phase.String(), count, len(names))
			}
			return nil
		})
	}
	err := g.Wait()
	d.report.Uploaded += int(done.Load())
	d.report.Requests += done.Load()
	d.report.Bytes += bytes.Load()
	if err == nil {
		for _, name := range names {
			d.opts.logger().Info("uploaded", "phase", phase.String(), "file", name)
		}
	}
	return err
}

func (d *deployer) put(ctx context.Context, f *file) (int64, error) {
	raw, err := f.content()
	if err != nil {
		return 0, err
	}
	sum := md5.Sum(raw)
	if f.md5 != nil && !slices.Equal(sum[:], f.md5) {
		return 0, errors.New("the file changed while it was being published; build again, then deploy")
	}
	err = d.bucket.WriteAll(ctx, f.name, raw, &blob.WriterOptions{
		ContentType:     f.headers.contentType,
		CacheControl:    f.headers.cacheControl,
		ContentEncoding: f.headers.contentEncoding,
		ContentMD5:      sum[:],
	})
	return int64(len(raw)), err
}

func (d *deployer) remove(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(max(1, d.opts.Workers))
	var done atomic.Int64
	for _, name := range d.report.Remove {
		g.Go(func() error {
			err := d.bucket.Delete(ctx, name)
			if err != nil && gcerrors.Code(err) != gcerrors.NotFound {
				return fmt.Errorf("%s: %w", name, err)
			}
			done.Add(1)
			return nil
		})
	}
	err := g.Wait()
	d.report.Removed = int(done.Load())
	d.report.Requests += done.Load()
	return err
}
