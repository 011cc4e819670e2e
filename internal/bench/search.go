package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"warraq/internal/search"
)

// searchQueries measures what queries cost on a built site: bytes and requests
// of the Go half on any site, and with -browser what headless Chromium asks for
// over a local server, with the time until results stand.
//
//	go run ./internal/bench search -site DIR
//	go run ./internal/bench search -site DIR -browser
//	go run ./internal/bench search -site DIR -browser -pagefind DIR/pagefind
//	go run ./internal/bench search -site DIR -listing FILE   # build anew between two runs
func searchQueries(args []string) error {
	flags := flag.NewFlagSet("search", flag.ContinueOnError)
	site := flags.String("site", "public", "the built site")
	file := flags.String("queries", "", "queries of your own, one «kind | query» a line (default: of the vocabulary of our corpora)")
	browser := flags.Bool("browser", false, "ask in headless Chromium too (needs `make tools`)")
	chromium := flags.String("chromium", "/usr/bin/chromium", "the browser")
	deadline := flags.Duration("deadline", 30*time.Second, "how long the browser may take for one query")
	pagefind := flags.String("pagefind", "", "a bundle of Pagefind about the same pages, to be asked the same")
	listing := flags.String("listing", "", "write the files of the index to this file; if it is there, tell first what share of the index has changed since")
	if err := flags.Parse(args); err != nil {
		return err
	}
	asked := corpusQueries
	if *file != "" {
		raw, err := os.ReadFile(*file)
		if err != nil {
			return err
		}
		if asked, err = readQueries(string(raw)); err != nil {
			return fmt.Errorf("%s: %w", *file, err)
		}
	}
	if err := indexSize(*site, *listing); err != nil {
		return err
	}
	if err := askGo(*site, asked); err != nil {
		return err
	}
	if !*browser && *pagefind == "" {
		return nil
	}
	err := askBrowser(*site, "", *chromium, *deadline, asked)
	if *pagefind != "" {
		err = errors.Join(err, askBrowser(*site, *pagefind, *chromium, *deadline, asked))
	}
	return err
}

// query is one query of a kind, over whose queries figures are taken together.
type query struct {
	Kind, Text string
}

// corpusQueries fit the corpora of this program: their commonest words are in
// most articles.
var corpusQueries = must(readQueries(`
common word | روسيا
common word | دمشق
common word | الحكومة
common word | الخارجية
common word | القواعد
common word | المحادثات
common word | السورية
common word | الأمريكي
common word | وزير
common word | مجلس
common word | الوفد
common word | اتفاق
middling word | تدمر
middling word | الفوسفات
middling word | الدبلوماسيين
middling word | بيسكوف
middling word | البرلمانية
middling word | الزيتون
rare word | 1987
rare word | 3177
rare word | ضابط منشق 5
rare word | 4501
three common words | وزير الخارجية الروسي
three common words | دمشق موسكو محادثات
three common words | القواعد الروسية سوريا
three common words | مجلس الأمن العقوبات
three common words | الحكومة اتفاق اللاذقية
three common words | الوفد السوري الرياض
phrase | «مجلس الأمن»
phrase | «القواعد الروسية في حميميم»
another spelling | سيرجي لافروف
another spelling | جورباتشوف
beginning | ويتك
mistyped | الكرملن
nowhere | ضصثقفغ
`))

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func readQueries(text string) ([]query, error) {
	var out []query
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		kind, text, ok := strings.Cut(line, " | ")
		if !ok {
			return nil, fmt.Errorf("%q is not «kind | query»", line)
		}
		out = append(out, query{kind, text})
	}
	return out, nil
}

// indexSize prints the size of the index and, with a listing of an earlier
// build, how much of it is new. Files are named by what they hold, so that
// paths and sizes say it; only the entry keeps its name, and counts as new.
func indexSize(site, listing string) error {
	sizes := map[string]int64{}
	root := filepath.Join(site, "search")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".bin" {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		sizes[filepath.ToSlash(rel)] = info.Size()
		return err
	})
	if err != nil {
		return err
	}
	total := int64(0)
	for _, n := range sizes {
		total += n
	}
	fmt.Printf("index: %d files, %.1f MB\n", len(sizes), float64(total)/1e6)
	if listing == "" {
		return nil
	}
	before := map[string]int64{}
	raw, err := os.ReadFile(listing)
	if err == nil {
		if err := json.Unmarshal(raw, &before); err != nil {
			return fmt.Errorf("%s: %w", listing, err)
		}
		fresh, files := int64(0), 0
		for path, n := range sizes {
			if _, ok := before[path]; !ok || path == "index.bin" {
				fresh += n
				files++
			}
		}
		fmt.Printf("new since %s: %d files, %.2f MB, %.2f %% of the index\n", listing, files, float64(fresh)/1e6, 100*float64(fresh)/float64(total))
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if raw, err = json.MarshalIndent(sizes, "", " "); err != nil {
		return err
	}
	return os.WriteFile(listing, raw, 0o644)
}

// figure is what one query cost.
type figure struct {
	Bytes, Records, Passages, Requests int // bytes on the wire, records of results and articles quoted among them
	Ms                                 float64
}

// costs are figures by kind of query and by when it was asked.
type costs struct {
	order []string
	rows  map[string][]figure
}

func (c *costs) add(when, kind string, f figure) {
	if c.rows == nil {
		c.rows = map[string][]figure{}
	}
	name := fmt.Sprintf("%-6s %s", when, kind)
	if c.rows[name] == nil {
		c.order = append(c.order, name)
	}
	c.rows[name] = append(c.rows[name], f)
}

func (c *costs) print(title string) {
	fmt.Printf("\n%-30s %9s %9s %11s %12s %9s %9s\n", title, "KB mean", "KB worst", "records KB", "passages KB", "requests", "ms")
	for _, name := range c.order {
		var sum figure
		worst := 0
		for _, f := range c.rows[name] {
			own := f.Bytes - f.Records - f.Passages
			sum.Bytes += own
			sum.Records += f.Records
			sum.Passages += f.Passages
			sum.Requests += f.Requests
			sum.Ms += f.Ms
			worst = max(worst, own)
		}
		n := float64(len(c.rows[name]))
		kb := func(n float64) float64 { return n / 1000 }
		fmt.Printf("%-30s %9.1f %9.1f %11.1f %12.1f %9.1f %9.1f\n", name, kb(float64(sum.Bytes)/n), kb(float64(worst)), kb(float64(sum.Records)/n), kb(float64(sum.Passages)/n), float64(sum.Requests)/n, sum.Ms/n)
	}
}

// askGo asks the Go half, which reads the files that the browser reads.
func askGo(site string, asked []query) error {
	script, err := scriptBytes(site)
	if err != nil {
		return err
	}
	var c costs
	for i, q := range asked {
		cold, err := search.Open(site)
		if err != nil {
			return err
		}
		f, err := askOnce(cold, search.Reads{}, q.Text)
		if err != nil {
			return err
		}
		f.Bytes += script
		f.Requests += 2
		c.add("first", q.Kind, f)
		warm, err := search.Open(site)
		if err != nil {
			return err
		}
		other := otherKind(asked, i)
		if _, err := warm.Query(other, search.Options{}); err != nil {
			return err
		}
		if f, err = askOnce(warm, warm.Reads(), q.Text); err != nil {
			return err
		}
		c.add("next", q.Kind, f)
	}
	slices.SortStableFunc(c.order, func(a, b string) int { return strings.Compare(a[:6], b[:6]) })
	c.print(fmt.Sprintf("Go half, script %.1f KB gzip", float64(script)/1000))
	return nil
}

// otherKind gives a query to ask before the i-th: of another kind where there is one.
func otherKind(asked []query, i int) string {
	for k := range asked {
		if o := asked[(i+7+k)%len(asked)]; o.Kind != asked[i].Kind {
			return o.Text
		}
	}
	return asked[(i+1)%len(asked)].Text
}

func askOnce(ix *search.Index, before search.Reads, q string) (figure, error) {
	start := time.Now()
	_, err := ix.Query(q, search.Options{})
	took := time.Since(start)
	r := ix.Reads()
	return figure{Bytes: r.Bytes - before.Bytes, Records: r.Records - before.Records, Requests: r.Files - before.Files, Ms: float64(took.Microseconds()) / 1000}, err
}

// scriptBytes gives the size of loader and application, gzip.
func scriptBytes(site string) (int, error) {
	n := 0
	scripts, err := filepath.Glob(filepath.Join(site, "search", "i", "*", "*.js"))
	if err != nil {
		return 0, err
	}
	for _, name := range append(scripts, filepath.Join(site, "search", "search.js")) {
		raw, err := os.ReadFile(name)
		if err != nil {
			return 0, err
		}
		n += len(gzipped(raw))
	}
	return n, nil
}

func gzipped(raw []byte) []byte {
	var buf bytes.Buffer
	z := gzip.NewWriter(&buf)
	z.Write(raw) // into memory: cannot fail
	z.Close()
	return buf.Bytes()
}

// askBrowser asks in headless Chromium: our search page, or Pagefind's script.
// A query that is not answered within the deadline fails, and the others go on.
func askBrowser(site, pagefind, chromium string, deadline time.Duration, asked []query) error {
	server := httptest.NewServer(staticHost(site, pagefind))
	defer server.Close()
	job, err := json.Marshal(map[string]any{"base": server.URL, "chromium": chromium, "pagefind": pagefind != "", "queries": asked, "deadline": deadline.Milliseconds()})
	if err != nil {
		return err
	}
	cmd := exec.Command("node", "ask.mjs")
	cmd.Dir = "internal/browser"
	cmd.Stdin, cmd.Stderr = bytes.NewReader(job), os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	c, failed := readCosts(out)
	if err := cmd.Wait(); err != nil {
		failed = append(failed, fmt.Errorf("node ask.mjs in internal/browser (is `make tools` done?): %w", err))
	}
	title := "Warraq in Chromium, all bytes"
	if pagefind != "" {
		title = "Pagefind in Chromium"
	}
	c.print(title) // what was answered stands, whatever was not
	return errors.Join(failed...)
}

// readCosts reads what ask.mjs prints, until it ends.
func readCosts(out io.Reader) (c costs, failed []error) {
	for dec := json.NewDecoder(out); ; {
		var line struct {
			When, Kind, Error string
			figure
		}
		if err := dec.Decode(&line); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			failed = append(failed, err)
			io.Copy(io.Discard, out) // lets the writer end
			break
		}
		if line.Error != "" {
			failed = append(failed, errors.New(line.Error))
			continue
		}
		c.add(line.When, line.Kind, line.figure)
	}
	slices.SortStableFunc(c.order, func(a, b string) int { return strings.Compare(a[:6], b[:6]) })
	return c, failed
}

// staticHost serves a site as a host does that compresses texts with gzip and
// nothing else, and a bundle of Pagefind under its usual path; it counts what it
// sends.
func staticHost(site, pagefind string) http.Handler {
	types := map[string]string{".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml"}
	var mu sync.Mutex
	var sent figure
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/cost" { // what was sent since it was last asked
			mu.Lock()
			defer mu.Unlock()
			json.NewEncoder(w).Encode(sent)
			sent = figure{}
			return
		}
		path := filepath.Join(site, filepath.FromSlash(r.URL.Path))
		if rest, ok := strings.CutPrefix(r.URL.Path, "/pagefind/"); ok && pagefind != "" {
			path = filepath.Join(pagefind, filepath.FromSlash(rest))
		}
		if strings.HasSuffix(r.URL.Path, "/") {
			path = filepath.Join(path, "index.html")
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Cache-Control", "max-age=600")
		kind, ok := types[filepath.Ext(path)]
		if !ok {
			kind = "application/octet-stream"
		} else {
			w.Header().Set("Content-Encoding", "gzip")
			raw = gzipped(raw)
		}
		mu.Lock()
		sent.Requests++
		sent.Bytes += len(raw)
		if strings.Contains(filepath.Base(path), "-") && filepath.Ext(path) == ".bin" {
			sent.Records += len(raw)
		}
		if strings.HasPrefix(r.URL.Path, "/articles/") {
			sent.Passages += len(raw)
		}
		mu.Unlock()
		w.Header().Set("Content-Type", kind)
		w.Write(raw) // the browser may have gone away
	})
}
