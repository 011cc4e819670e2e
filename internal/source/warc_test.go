package source

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"warraq/internal/diag"
)

func record(kind, contentType, body string) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", kind, contentType, len(body), body)
}

// What arrived of a page is read, and that the rest did not is said.
func TestCutPageIsReadAndReported(t *testing.T) {
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	fmt.Fprint(z, "<html><head><title>عودة الصيادين</title></head><body><article>")
	for i := range 400 {
		fmt.Fprintf(z, "<p>عاد القارب رقم %d إلى المرفأ مساء أمس بعد رحلة طويلة في عرض البحر.</p>\n", i)
	}
	z.Close()
	cut := zipped.String()[:zipped.Len()*3/4]
	page := fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%s", len(cut), cut)
	fsys := fstest.MapFS{"clippings/c.warc": {Data: []byte(record("response", "application/http", page))}}
	docs, problems := Read(fsys, File{Path: "clippings/c.warc", Kind: WARC}, Options{})
	if len(docs) != 1 || !strings.Contains(docs[0].Text, "عاد القارب رقم 7 ") {
		t.Errorf("documents %d", len(docs))
	}
	if len(problems) != 1 || problems[0].Code != diag.SourceRecord || !strings.Contains(problems[0].Message, "cut short") {
		t.Errorf("problems %v", problems)
	}
}

func TestRecordTooLongToHoldIsReported(t *testing.T) {
	long := record("conversion", "text/plain", strings.Repeat("x", maxRecord+1)) + record("conversion", "text/plain", "خبر قصير")
	fsys := fstest.MapFS{"clippings/c.warc": {Data: []byte(long)}}
	docs, problems := Read(fsys, File{Path: "clippings/c.warc", Kind: WARC}, Options{})
	if len(docs) != 1 || docs[0].Text != "خبر قصير" || len(problems) != 1 || !strings.Contains(problems[0].Message, "more than 32 MB") {
		t.Errorf("documents %d, problems %v", len(docs), problems)
	}
}
