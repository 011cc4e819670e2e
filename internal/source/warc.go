package source

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/textproto"
	"strconv"
	"strings"

	"warraq/internal/diag"
)

// maxRecord bounds what one record of a web archive may hold in memory.
const maxRecord = 32 << 20

// eachWARC reads a web archive: HTTP responses with HTML pages, and the
// text/plain conversions of extracted crawls. Other records are passed over.
func eachWARC(fsys fs.FS, name string, yield func(Document) bool) []diag.Problem {
	file, err := fsys.Open(name)
	if err != nil {
		return []diag.Problem{unreadable(name, err)}
	}
	defer file.Close()
	var problems []diag.Problem
	refuse := func(record int32, err error) {
		problems = append(problems, diag.Problem{
			Code: diag.SourceRecord, Severity: diag.Warning, Position: diag.Position{Path: name},
			Message: fmt.Sprintf("record %d is damaged: %v", record, err),
			Remedy:  "crawl the page again, or remove the record",
		})
	}
	record := int32(0)
	err = warcRecords(file, func(_ recordPlace, header textproto.MIMEHeader, body []byte) bool {
		record++
		d, ok, err := warcDocument(name, record, header, body)
		if err != nil {
			refuse(record, err)
		}
		return !ok || yield(d)
	})
	if err != nil {
		refuse(record+1, err)
	} else if record == 0 {
		problems = append(problems, empty(name))
	}
	return problems
}

// recordPlace says where a record begins: in the file, or, when the file is
// compressed, how many records into the gzip member that begins there.
type recordPlace struct {
	offset int64
	skip   int
}

// counted counts what is read through it.
type counted struct {
	r io.Reader
	n int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// warcRecords reads the records from r's position on until visit returns
// false. Crawlers compress each record by itself, so that one can be read
// without those before it; archives compressed as a whole are read too.
func warcRecords(r io.Reader, visit func(recordPlace, textproto.MIMEHeader, []byte) bool) error {
	count := &counted{r: r}
	file := bufio.NewReaderSize(count, 64<<10)
	at := func() int64 { return count.n - int64(file.Buffered()) }
	if magic, _ := file.Peek(2); !bytes.Equal(magic, []byte("\x1f\x8b")) {
		for {
			place := recordPlace{offset: at()}
			header, body, err := warcRecord(file)
			if errors.Is(err, io.EOF) {
				return nil
			}
			if err != nil || !visit(place, header, body) {
				return err
			}
		}
	}
	var unzipped *gzip.Reader
	member := bufio.NewReaderSize(nil, 64<<10)
	for {
		place := recordPlace{offset: at()}
		var err error
		if unzipped == nil {
			unzipped, err = gzip.NewReader(file)
		} else {
			err = unzipped.Reset(file)
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		unzipped.Multistream(false)
		for member.Reset(unzipped); ; place.skip++ {
			header, body, err := warcRecord(member)
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil || !visit(place, header, body) {
				return err
			}
		}
	}
}

// warcRecord reads one record: a version line, headers, a body of the stated
// length; nil for one that is too long to hold.
func warcRecord(r *bufio.Reader) (textproto.MIMEHeader, []byte, error) {
	tp := textproto.NewReader(r)
	version, err := tp.ReadLine()
	for err == nil && strings.TrimSpace(version) == "" {
		version, err = tp.ReadLine()
	}
	if err != nil {
		return nil, nil, err
	}
	if !strings.HasPrefix(version, "WARC/") {
		return nil, nil, errors.New("no WARC version line where a record should begin")
	}
	header, err := tp.ReadMIMEHeader()
	if err != nil {
		return nil, nil, fmt.Errorf("its header is broken (%v)", err)
	}
	length, err := strconv.ParseInt(header.Get("Content-Length"), 10, 64)
	if err != nil || length < 0 {
		return nil, nil, errors.New("it states no length")
	}
	if length > maxRecord {
		_, err = io.CopyN(io.Discard, r, length)
		return header, nil, err
	}
	body := make([]byte, length)
	if _, err := io.ReadFull(r, body); err != nil {
		return nil, nil, errors.New("the file ends inside it")
	}
	return header, body, nil
}

func warcDocument(name string, record int32, header textproto.MIMEHeader, body []byte) (Document, bool, error) {
	d := Document{Path: name, Kind: WARC, Record: record, FirstLine: 1, Hash: hashOf(body),
		URL: strings.Trim(header.Get("WARC-Target-URI"), "<>")}
	contentType := header.Get("Content-Type")
	if kind := header.Get("WARC-Type"); body == nil && (kind == "response" || kind == "conversion" || kind == "resource") {
		return d, false, fmt.Errorf("it holds more than %d MB", maxRecord>>20)
	}
	switch header.Get("WARC-Type") {
	case "conversion", "resource":
		if strings.HasPrefix(contentType, "text/html") {
			return htmlDocument(d, body)
		}
		if !strings.HasPrefix(contentType, "text/plain") {
			return d, false, nil
		}
		text, e, problems := Decode(body)
		rename(problems, name)
		d.Text, d.Problems = text, problems
		return d, e != NotText && !blank(text), nil
	case "response":
	default:
		return d, false, nil
	}
	response, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(body)), nil)
	if err != nil {
		return d, false, fmt.Errorf("its HTTP response cannot be read (%v)", err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK || !strings.Contains(response.Header.Get("Content-Type"), "html") {
		return d, false, nil
	}
	var payload io.Reader = response.Body
	if response.Header.Get("Content-Encoding") == "gzip" {
		if payload, err = gzip.NewReader(payload); err != nil {
			return d, false, err
		}
	}
	page, err := io.ReadAll(io.LimitReader(payload, maxRecord+1))
	if len(page) > maxRecord {
		page, err = page[:maxRecord], fmt.Errorf("it is longer than %d MB", maxRecord>>20)
	}
	if err != nil && len(page) == 0 {
		return d, false, err
	}
	d, ok, failed := htmlDocument(d, page)
	if err != nil { // what arrived is read, and the loss is said
		failed = errors.Join(failed, fmt.Errorf("its page is cut short: %w", err))
	}
	return d, ok, failed
}
