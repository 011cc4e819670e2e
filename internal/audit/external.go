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
	cache := readAnswers(o.CacheFile)
	byHost := map[string][]ExternalLink{}
	for _, l := range links {
		host := ""
		if u, err := url.Parse(l.URL); err == nil {
			host = u.Host
		}
		byHost[host] = append(byHost[host], l)
	}
	var (
		mu       sync.Mutex
		problems []diag.Problem
		done     int
	)
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(o.Workers)
	for _, list := range byHost {
		g.Go(func() error {
			asked := false
			for _, l := range list {
				mu.Lock()
				known, ok := cache[l.URL]
				mu.Unlock()
				var status int
				var err error
				if ok && o.Now.Sub(known.At) < o.MaxAge {
					status = known.Status
				} else {
					if asked {
						select {
						case <-ctx.Done():
							return ctx.Err()
						case <-time.After(o.Pause):
						}
					}
					asked = true
					status, err = ask(ctx, o.Client, l.URL)
					if ctx.Err() != nil {
						return ctx.Err()
					}
				}
				mu.Lock()
				switch {
				case err != nil:
					problems = append(problems, dead(l, err.Error()))
				case status >= 400:
					problems = append(problems, dead(l, fmt.Sprintf("it answers %d %s", status, http.StatusText(status))))
				default:
					if !ok || o.Now.Sub(known.At) >= o.MaxAge {
						cache[l.URL] = answer{o.Now, status}
					}
				}
				done++
				if o.Progress != nil {
					o.Progress(done, len(links))
				}
				mu.Unlock()
			}
			return nil
		})
	}
	err := g.Wait()
	err = errors.Join(err, writeAnswers(o.CacheFile, cache))
	slices.SortFunc(problems, diag.Compare)
	return problems, err
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
