package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/gorilla/websocket"
)

// The limits of a save in the preview, see docs/architecture.md.
const (
	reloadAim  = 100 * time.Millisecond
	reloadMost = 400 * time.Millisecond
)

// serve measures what an editor waits for: from the moment a file is saved to
// the reload message that reaches the browser, and to the page with the new
// text; then to the end of the whole build behind it.
//
//	go run ./internal/bench serve [-articles 10000] [-saves 50] [-program bin/warraq]
func serve(args []string) error {
	flags := flag.NewFlagSet("serve", flag.ContinueOnError)
	articles := flags.Int("articles", 10000, "articles of the corpus")
	saves := flags.Int("saves", 50, "saves to measure")
	program := flags.String("program", "bin/warraq", "the program to measure")
	if err := flags.Parse(args); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "warraq-bench-serve-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := newCorpus(*articles, 1).write(dir, runtime.NumCPU()); err != nil {
		return err
	}
	var files []string
	if err := filepath.WalkDir(filepath.Join(dir, "content", "articles"), func(name string, _ os.DirEntry, err error) error {
		if strings.HasSuffix(name, ".md") {
			files = append(files, name)
		}
		return err
	}); err != nil {
		return err
	}

	p, err := preview(*program, dir)
	if err != nil {
		return err
	}
	defer p.stop()
	var reload, page, whole []time.Duration
	slow := 0
	for i := range *saves {
		name := files[(i*7919+13)%len(files)]
		m, err := p.save(dir, name, fmt.Sprintf("علامة القياس رقم %d.", 1000+i))
		if err != nil {
			return fmt.Errorf("save %d, %s: %w", i, name, err)
		}
		reload, page, whole = append(reload, m.reload), append(page, m.page), append(whole, m.whole)
		if m.page > reloadMost {
			slow++
			fmt.Printf("save %d: file written after %s, reload message after %s, page after %s\n", i, ms(m.write), ms(m.reload), ms(m.page))
		}
	}
	fmt.Printf("%d saves at %d articles\n", *saves, *articles)
	for _, row := range []struct {
		what string
		of   []time.Duration
	}{{"save to reload message", reload}, {"save to page with the new text", page}, {"save to whole site built", whole}} {
		slices.Sort(row.of)
		at := func(share float64) time.Duration { return row.of[min(len(row.of)-1, int(share*float64(len(row.of))))] }
		fmt.Printf("%-32s median %s  90%% %s  most %s\n", row.what, ms(at(0.5)), ms(at(0.9)), ms(at(1)))
		histogram(os.Stdout, row.of)
	}
	if median := page[len(page)/2]; median > reloadAim {
		fmt.Printf("the median of %s misses the aim of %s\n", ms(median), ms(reloadAim))
	}
	if slow > 0 {
		return fmt.Errorf("%d of %d saves took more than %s", slow, *saves, ms(reloadMost))
	}
	return nil
}

func ms(d time.Duration) string { return fmt.Sprintf("%d ms", d.Milliseconds()) }

// histogram prints how many of the sorted times fall into each doubling step.
func histogram(w io.Writer, sorted []time.Duration) {
	for from, to := time.Duration(0), 12500*time.Microsecond; from <= sorted[len(sorted)-1]; from, to = to, to*2 {
		n := 0
		for _, d := range sorted {
			if d >= from && d < to {
				n++
			}
		}
		if n > 0 {
			fmt.Fprintf(w, "  %7.1f to %7.1f ms %4d %s\n", float64(from.Microseconds())/1e3, float64(to.Microseconds())/1e3, n, strings.Repeat("#", n))
		}
	}
}

// live is a preview under measurement.
type live struct {
	url     string
	cmd     *exec.Cmd
	cancel  context.CancelFunc
	conn    *websocket.Conn
	built   chan struct{}
	reloads chan time.Time
}

func preview(program, site string) (*live, error) {
	ctx, cancel := context.WithCancel(context.Background())
	p := &live{cancel: cancel, built: make(chan struct{}, 100), reloads: make(chan time.Time, 100)}
	p.cmd = exec.CommandContext(ctx, program, "serve", "--source", site, "--port", "0")
	p.cmd.Cancel = func() error { return p.cmd.Process.Signal(os.Interrupt) }
	p.cmd.WaitDelay = 20 * time.Second
	p.cmd.Stderr = io.Discard
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		cancel()
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		cancel()
		return nil, err
	}
	address := make(chan string, 1)
	go func() {
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			if url, _, ok := strings.Cut(lines.Text(), " (Ctrl+C"); ok {
				address <- url
			} else if strings.HasPrefix(lines.Text(), "built in") {
				p.built <- struct{}{}
			}
		}
		close(address)
	}()
	var ok bool
	if p.url, ok = <-address; !ok {
		p.stop()
		return nil, errors.New("the preview did not start")
	}
	<-p.built // the first build
	p.conn, _, err = websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(p.url, "http")+"livereload", nil)
	if err != nil {
		p.stop()
		return nil, err
	}
	hello := `{"command":"hello","protocols":["http://livereload.com/protocols/official-7"]}`
	if err := p.conn.WriteMessage(websocket.TextMessage, []byte(hello)); err != nil {
		p.stop()
		return nil, err
	}
	go func() {
		for {
			_, message, err := p.conn.ReadMessage()
			if err != nil {
				return
			}
			if bytes.Contains(message, []byte(`"reload"`)) {
				p.reloads <- time.Now()
			}
		}
	}()
	time.Sleep(200 * time.Millisecond) // the hello is on its way
	return p, nil
}

func (p *live) stop() {
	if p.conn != nil {
		p.conn.Close()
	}
	p.cancel()
	_ = p.cmd.Wait() // it was interrupted
}

// saved says how long after a save began the file was written, the reload
// message came, the page showed the new sentence, the whole site was built.
type saved struct{ write, reload, page, whole time.Duration }

// save adds a sentence to an article.
func (p *live) save(site, name, sentence string) (saved, error) {
	var took saved
	raw, err := os.ReadFile(name)
	if err != nil {
		return took, err
	}
	rel, err := filepath.Rel(filepath.Join(site, "content"), name)
	if err != nil {
		return took, err
	}
	address := p.url + strings.TrimSuffix(filepath.ToSlash(rel), ".md") + "/"
	for len(p.reloads) > 0 {
		<-p.reloads
	}
	begun := time.Now()
	if err := os.WriteFile(name, append(raw, "\n\n"+sentence+"\n"...), 0o644); err != nil {
		return took, err
	}
	took.write = time.Since(begun)
	for shown := false; !shown; {
		select {
		case at := <-p.reloads:
			if took.reload == 0 {
				took.reload = at.Sub(begun)
			}
		case <-time.After(time.Minute):
			return took, errors.New("no reload message came")
		}
		resp, err := http.Get(address)
		if err != nil {
			return took, err
		}
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil {
			return took, err
		}
		shown = bytes.Contains(body, []byte(sentence))
		took.page = time.Since(begun)
	}
	select {
	case <-p.built:
	case <-time.After(5 * time.Minute):
		return took, errors.New("the whole build never came")
	}
	took.whole = time.Since(begun)
	time.Sleep(100 * time.Millisecond) // as long as nobody types
	return took, nil
}
