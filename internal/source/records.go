package source

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"net/textproto"

	"warraq/internal/diag"
)

// Records reads single records of a .jsonl or .warc file again, without
// reading those before it: it remembers where each begins. It is safe for
// concurrent use.
type Records struct {
	fsys fs.FS
	name string
	kind Kind
	opts Options
	at   []recordPlace // of record i+1
}

// OpenRecords looks through a crawl file once. The error is a diag.Problem.
func OpenRecords(fsys fs.FS, name string, kind Kind, opts Options) (*Records, error) {
	file, err := fsys.Open(name)
	if err != nil {
		return nil, unreadable(name, err)
	}
	defer file.Close()
	r := &Records{fsys: fsys, name: name, kind: kind, opts: opts}
	if kind == WARC {
		// What is damaged was reported when the file was read first.
		_ = warcRecords(file, func(place recordPlace, _ textproto.MIMEHeader, _ []byte) bool {
			r.at = append(r.at, place)
			return true
		})
		return r, nil
	}
	lines := bufio.NewReaderSize(file, 256<<10)
	offset, start := int64(0), int64(0)
	blankLine := true
	for {
		part, err := lines.ReadSlice('\n')
		offset += int64(len(part))
		blankLine = blankLine && len(bytes.TrimSpace(bytes.TrimPrefix(part, []byte("\xEF\xBB\xBF")))) == 0
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if !blankLine {
			r.at = append(r.at, recordPlace{offset: start})
		}
		start, blankLine = offset, true
		if errors.Is(err, io.EOF) {
			return r, nil
		}
		if err != nil {
			return nil, unreadable(name, err)
		}
	}
}

// Text gives the text of a record as Document.Text has it. The error is a
// diag.Problem.
func (r *Records) Text(record int32) (string, error) {
	missing := diag.Problem{
		Code: diag.SourceRecord, Severity: diag.Error, Position: diag.Position{Path: r.name},
		Message: "a record that was there is gone", Remedy: "build again",
	}
	if record < 1 || int(record) > len(r.at) {
		return "", missing
	}
	file, err := r.fsys.Open(r.name)
	if err != nil {
		return "", unreadable(r.name, err)
	}
	defer file.Close()
	place := r.at[record-1]
	if seeker, ok := file.(io.Seeker); ok {
		_, err = seeker.Seek(place.offset, io.SeekStart)
	} else {
		_, err = io.CopyN(io.Discard, file, place.offset)
	}
	if err != nil {
		return "", unreadable(r.name, err)
	}
	text, found := "", false
	if r.kind == WARC {
		err = warcRecords(file, func(at recordPlace, header textproto.MIMEHeader, body []byte) bool {
			if at.offset == 0 && at.skip < place.skip {
				return true
			}
			d, ok, _ := warcDocument(r.name, record, header, body)
			text, found = d.Text, ok
			return false
		})
	} else {
		var raw []byte
		if raw, err = bufio.NewReaderSize(file, 64<<10).ReadBytes('\n'); err == nil || errors.Is(err, io.EOF) {
			raw, err = bytes.TrimSpace(bytes.TrimPrefix(raw, []byte("\xEF\xBB\xBF"))), nil
			d, problem := jsonDocument(r.name, record, 1, raw, withDefaults(r.opts.JSONL))
			text, found = d.Text, problem == nil
		}
	}
	if err != nil {
		return "", unreadable(r.name, err)
	}
	if !found {
		return "", missing
	}
	return text, nil
}
