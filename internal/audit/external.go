package audit

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"warraq/internal/diag"
)

// ExternalOptions of checking links to other sites.
type ExternalOptions struct {
	Client    *http.Client  // nil for one with a timeout of 20 seconds
	Workers   int           // hosts asked at once, default 8
	Pause     time.Duration // between two requests to one host, default a second
	CacheFile string        // answers of earlier checks; "" for none
	MaxAge    time.Duration // how long a good answer is believed, default a week
	Now       time.Time     // for the age of cached answers
	Progress  func(done, of int)
}

// answer is what a site said, as the cache keeps it. Only good answers are
// kept: a failure is asked again every time.
type answer struct {
	At     time.Time `json:"at"`
	Status int       `json:"status"`
}

// External asks for every link once: one request at a time to a host, several
// hosts at once, HEAD first and GET where a host refuses HEAD.
func External(ctx context.Context, links []ExternalLink, o ExternalOptions) ([]diag.Problem, error) {
	if o.Client == nil {
		o.Client = &http.Client{Timeout: 20 * time.Second}
	}
	if o.Workers <= 0 {
		o.Workers = 8
	}
	if o.Pause == 0 {
		o.Pause = time.Second
	}
	if o.MaxAge == 0 {
		o.MaxAge = 7 * 24 * time.Hour
	}
	q := &inquiry{ExternalOptions: o, of: len(links), answers: readAnswers(o.CacheFile)}
	byHost := map[string][]ExternalLink{}
	for _, l := range links {
		host := ""
		if u, err := url.Parse(l.URL); err == nil {
			host = u.Host
		}
		byHost[host] = append(byHost[host], l)
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(o.Workers)
	for _, list := range byHost {
		g.Go(func() error { return q.host(ctx, list) })
	}
	err := g.Wait()
	err = errors.Join(err, writeAnswers(o.CacheFile, q.answers))
	slices.SortFunc(q.problems, diag.Compare)
	return q.problems, err
}

// inquiry is a check of links under way.
type inquiry struct {
	ExternalOptions
	of int

	mu       sync.Mutex
	answers  map[string]answer
	problems []diag.Problem
	done     int
}

// host asks one host for its links, one after the other.
func (q *inquiry) host(ctx context.Context, links []ExternalLink) error {
	asked := false
	for _, l := range links {
		if status, fresh := q.known(l.URL); fresh {
			q.record(l, status, nil, fresh)
			continue
		}
		if asked {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(q.Pause):
			}
		}
		asked = true
		status, err := ask(ctx, q.Client, l.URL)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		q.record(l, status, err, false)
	}
	return nil
}

// known gives an answer of an earlier check that is still believed.
func (q *inquiry) known(address string) (status int, fresh bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	a, ok := q.answers[address]
	return a.Status, ok && q.Now.Sub(a.At) < q.MaxAge
}

func (q *inquiry) record(l ExternalLink, status int, err error, known bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	switch {
	case err != nil:
		q.problems = append(q.problems, dead(l, err.Error()))
	case status >= 400:
		q.problems = append(q.problems, dead(l, fmt.Sprintf("it answers %d %s", status, http.StatusText(status))))
	case !known:
		q.answers[l.URL] = answer{q.Now, status}
	}
	q.done++
	if q.Progress != nil {
		q.Progress(q.done, q.of)
	}
}

func dead(l ExternalLink, why string) diag.Problem {
	return diag.Problem{
		Code: diag.ExternalDead, Severity: diag.Warning, Position: l.From,
		Message: l.URL + ": " + why, Remedy: "look at it, then mend or remove the link in the content",
	}
}

func ask(ctx context.Context, client *http.Client, address string) (int, error) {
	for _, method := range []string{http.MethodHead, http.MethodGet} {
		req, err := http.NewRequestWithContext(ctx, method, address, nil)
		if err != nil {
			return 0, err
		}
		req.Header.Set("User-Agent", "Mozilla/5.0 (compatible; Warraq link check)")
		resp, err := client.Do(req)
		if err != nil {
			return 0, err
		}
		// Drained, so that the connection serves the host's next link.
		_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 64<<10))
		resp.Body.Close()
		if resp.StatusCode < 400 || method == http.MethodGet || resp.StatusCode == http.StatusNotFound || resp.StatusCode == http.StatusGone {
			return resp.StatusCode, nil
		}
	}
	return 0, errors.New("unreachable")
}

// readAnswers reads the cache; a damaged one is as good as none.
func readAnswers(name string) map[string]answer {
	cache := map[string]answer{}
	if raw, err := os.ReadFile(name); err == nil && json.Unmarshal(raw, &cache) != nil {
		cache = map[string]answer{}
	}
	return cache
}

func writeAnswers(name string, cache map[string]answer) error {
	if name == "" {
		return nil
	}
	raw, err := json.Marshal(cache)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, raw, 0o644)
}
