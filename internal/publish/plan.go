package publish

import (
	"bytes"
	"context"
	"crypto/md5"
	"errors"
	"io"
	"path"
	"slices"
	"sort"
	"strings"

	"gocloud.dev/blob"
	"gocloud.dev/gcerrors"
)

// Phase of an upload, in the order in which they run.
type Phase int

// The phases. New files come first: nothing that is published links to them yet.
const (
	NewAssets Phase = iota
	NewPages
	Changed // assets and articles
	Lists   // hubs, indexes, feeds
	Entries // home, search entry, sitemaps, error page
	phases
)

// String names a phase for people.
func (p Phase) String() string {
	return [...]string{"new assets", "new pages", "changed pages", "lists", "home and sitemaps"}[p]
}

// Plan is what a deployment would do.
type Plan struct {
	Upload    [phases][]string // names, sorted, by phase
	Remove    []string
	Unchanged int
	Foreign   []string // in the bucket, not ours: left alone
	files     map[string]*file
}

// Uploads counts the files to upload.
func (p Plan) Uploads() int {
	n := 0
	for _, list := range p.Upload {
		n += len(list)
	}
	return n
}

// Empty reports that nothing has to be done.
func (p Plan) Empty() bool { return p.Uploads() == 0 && len(p.Remove) == 0 }

// remote is an object of the bucket.
type remote struct {
	size int64
	md5  []byte
}

func list(ctx context.Context, bucket *blob.Bucket) (map[string]remote, error) {
	out := map[string]remote{}
	it := bucket.List(nil)
	for {
		obj, err := it.Next(ctx)
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		if !obj.IsDir {
			out[obj.Key] = remote{obj.Size, obj.MD5}
		}
	}
}

func readManifest(ctx context.Context, bucket *blob.Bucket, there map[string]remote) (map[string]bool, error) {
	owned := map[string]bool{}
	if _, ok := there[manifestName]; !ok {
		return owned, nil
	}
	raw, err := bucket.ReadAll(ctx, manifestName)
	if err != nil {
		return nil, err
	}
	for _, name := range strings.Split(string(raw), "\n") {
		if name != "" {
			owned[name] = true
		}
	}
	return owned, nil
}

// compare decides, file by file, what travels.
func compare(ctx context.Context, bucket *blob.Bucket, opts Options, local map[string]*file, there map[string]remote, owned map[string]bool) (Plan, error) {
	plan := Plan{files: local}
	changed := map[string]bool{}
	names := make([]string, 0, len(local))
	for name := range local {
		names = append(names, name)
	}
	// A variant's name is its file's with an ending, so it sorts after it.
	sort.Strings(names)
	for _, name := range names {
		f := local[name]
		obj, exists := there[name]
		same := exists && !opts.Force && !f.force
		switch {
		case !same:
		case f.variant != "":
			same = !changed[strings.TrimSuffix(name, "."+f.variant)]
		default:
			var err error
			if same, err = equal(ctx, bucket, f, obj); err != nil {
				return Plan{}, err
			}
		}
		if same {
			plan.Unchanged++
			continue
		}
		changed[name] = true
		phase := phaseOf(strings.TrimSuffix(name, "."+f.variant), exists)
		plan.Upload[phase] = append(plan.Upload[phase], name)
	}
	for name := range there {
		switch {
		case local[name] != nil || name == manifestName:
		case owned[name]:
			plan.Remove = append(plan.Remove, name)
		default:
			plan.Foreign = append(plan.Foreign, name)
		}
	}
	slices.Sort(plan.Remove)
	slices.Sort(plan.Foreign)
	return plan, nil
}

// equal compares by the hash that the host keeps. Some keep none: folders, and
// large objects uploaded in parts. These are read.
func equal(ctx context.Context, bucket *blob.Bucket, f *file, obj remote) (bool, error) {
	if obj.size != f.size {
		return false, nil
	}
	if len(obj.md5) > 0 {
		return bytes.Equal(obj.md5, f.md5), nil
	}
	r, err := bucket.NewReader(ctx, f.name, nil)
	if gcerrors.Code(err) == gcerrors.NotFound {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer r.Close()
	h := md5.New()
	if _, err := io.Copy(h, r); err != nil {
		return false, err
	}
	return bytes.Equal(h.Sum(nil), f.md5), nil
}

// phaseOf places a file. The rules speak of the paths of design §4.4.
func phaseOf(name string, exists bool) Phase {
	page := path.Ext(name) == ".html" || strings.HasSuffix(name, "/")
	entry := !strings.Contains(name, "/") || name == "search/index.html" || name == "search/" || name == "search/index.bin" || name == "search/search.js"
	switch {
	case entry:
		return Entries
	case !exists && !page:
		return NewAssets
	case !exists:
		return NewPages
	case strings.HasPrefix(name, "themes/"), strings.HasPrefix(name, "tags/"), strings.HasPrefix(name, "sources/"),
		strings.HasPrefix(name, "timeline/"), strings.HasPrefix(name, "data/"), name == "articles/index.html", name == "articles/":
		return Lists
	}
	return Changed
}
