package source

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/gohugoio/hugo/parser/metadecoders"
	"github.com/gohugoio/hugo/parser/pageparser"
	"github.com/pelletier/go-toml/v2"

	"warraq/internal/diag"
	"warraq/internal/syntax"
)

// Front matter is found by our own scan, because Hugo's lexer reads the whole
// page for shortcodes too, which costs more than everything else done to a
// Markdown file. What the scan finds goes through Hugo's ParseBytes and
// decoders, so that both programs read the same values; only front matter of
// the plainest form takes a short way (plainYAML), and a test holds the two
// against each other.

// matterBlock is where front matter stands in a text.
type matterBlock struct {
	format      metadecoders.Format
	start, end  int // of the block with its delimiters
	inner       int // of its content
	innerEnd    int
	after       int // where the body begins
	unclosed    bool
	closingMark string
}

// findMatter finds front matter as Hugo does: after blanks only, opened by ---,
// +++ or {. The second result is false where there is none.
func findMatter(text string) (matterBlock, bool) {
	start := len(text) - len(strings.TrimLeft(text, " \t\n\f\v"))
	rest := text[start:]
	m := matterBlock{start: start}
	switch {
	case strings.HasPrefix(rest, "---"):
		m.format, m.closingMark = metadecoders.YAML, "---"
	case strings.HasPrefix(rest, "+++"):
		m.format, m.closingMark = metadecoders.TOML, "+++"
	case strings.HasPrefix(rest, "{") && !strings.HasPrefix(rest, "{{"):
		return jsonMatter(text, start), true
	default:
		return m, false
	}
	firstLine, _, _ := strings.Cut(rest, "\n")
	if strings.TrimRight(firstLine, " \t") != m.closingMark {
		return m, false // a rule, a table, a sentence that begins with dashes
	}
	m.inner = start + len(firstLine) + 1
	for at := m.inner; at < len(text); {
		line := text[at:]
		if i := strings.IndexByte(line, '\n'); i >= 0 {
			line = line[:i]
		}
		if strings.TrimRight(line, " \t") == m.closingMark {
			m.innerEnd, m.end = at, at+len(line)
			m.after = min(m.end+1, len(text))
			return m, true
		}
		at += len(line) + 1
	}
	m.unclosed = true
	return m, true
}

func jsonMatter(text string, start int) matterBlock {
	m := matterBlock{format: metadecoders.JSON, start: start, inner: start, closingMark: "}"}
	level, quoted := 0, false
	for i := start; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{':
			level++
		case c == '}':
			if level--; level == 0 {
				m.innerEnd, m.end, m.after = i+1, i+1, i+1
				if m.after < len(text) && text[m.after] == '\n' {
					m.after++
				}
				return m
			}
		}
	}
	m.unclosed = true
	return m
}

// splitMatter moves front matter from d.Text to d.Matter. When it is broken it
// returns the problem and false.
func splitMatter(d *Document) (diag.Problem, bool) {
	m, present := findMatter(d.Text)
	if !present {
		return diag.Problem{}, true
	}
	firstLine := 1 + strings.Count(d.Text[:m.start], "\n")
	if m.unclosed {
		return diag.Problem{
			Code: diag.FrontMatterUnclosed, Severity: diag.Error,
			Position: diag.Position{Path: d.Path, Line: firstLine, Column: 1},
			Excerpt:  diag.ExcerptOf(d.Text, firstLine),
			Message:  fmt.Sprintf("the front matter opened here is never closed by %s", m.closingMark),
			Remedy:   fmt.Sprintf("put %s on a line of its own after the last field", m.closingMark),
		}, false
	}
	inner := d.Text[m.inner:m.innerEnd]
	innerLine := 1 + strings.Count(d.Text[:m.inner], "\n")
	values, plain := map[string]any(nil), false
	if m.format == metadecoders.YAML {
		values, plain = plainYAML(inner)
	}
	if !plain {
		var err error
		if m.format == metadecoders.YAML {
			err = syntax.CheckNesting([]byte(inner))
		}
		if err == nil {
			values, err = hugoMatter(d.Text[m.start:m.end])
		}
		if err != nil {
			return brokenMatter(d, m, innerLine, err), false
		}
	}
	d.Matter = Matter{Present: true, Values: lowerKeys(values), block: newBlock(d.Text, m)}
	d.FirstLine = 1 + strings.Count(d.Text[:m.after], "\n")
	d.Text = d.Text[m.after:]
	return diag.Problem{}, true
}

// hugoMatter decodes a block of front matter as Hugo would.
func hugoMatter(block string) (map[string]any, error) {
	raw := []byte(block)
	items, err := pageparser.ParseBytes(raw, pageparser.Config{})
	if err != nil {
		return nil, err
	}
	for _, item := range items {
		if item.IsError() {
			return nil, item.Err
		}
		if item.IsFrontMatter() {
			return metadecoders.Default.UnmarshalToMap(item.Val(raw), pageparser.FormatFromFrontMatterType(item.Type))
		}
	}
	return nil, errors.New("no front matter found")
}

func lowerKeys(values map[string]any) map[string]any {
	for key, value := range values {
		if lower := strings.ToLower(key); lower != key {
			delete(values, key)
			values[lower] = value
		}
	}
	return values
}

var (
	yamlPlace   = regexp.MustCompile(`\[(\d+):(\d+)\] ?([^\n]*)`)
	innerPlace  = regexp.MustCompile(` at \[\d+:\d+\]`) // lines of the block, not of the file
	hugoWrapper = regexp.MustCompile(`^(?:"?_stream\.\w+:(\d+):(\d+)"?: )?(?:unmarshal failed: )?(?:toml: )?`)
)

func brokenMatter(d *Document, m matterBlock, innerLine int, err error) diag.Problem {
	line, column, message := innerLine, 1, err.Error()
	var tomlError *toml.DecodeError
	var syntaxError *syntax.Error
	if errors.As(err, &syntaxError) {
		line, column, message = innerLine+syntaxError.Line-1, syntaxError.Column, syntaxError.Message
	} else if found := yamlPlace.FindStringSubmatch(message); found != nil {
		if n, _ := strconv.Atoi(found[1]); n > 0 {
			line += n - 1
		}
		column, _ = strconv.Atoi(found[2])
		message = found[3]
	} else if errors.As(err, &tomlError) {
		row, col := tomlError.Position()
		line, column, message = innerLine+row-1, col, tomlError.Error()
	} else if found := hugoWrapper.FindStringSubmatch(message); found != nil && found[1] != "" {
		n, _ := strconv.Atoi(found[1])
		line += max(n, 1) - 1
		column, _ = strconv.Atoi(found[2])
	}
	message = strings.TrimSpace(innerPlace.ReplaceAllString(message, ""))
	message = strings.TrimSpace(hugoWrapper.ReplaceAllString(message, ""))
	excerpt := diag.ExcerptOf(d.Text, line)
	remedy := "correct the line; `warraq explain front-matter-broken` shows the usual slips"
	if key, value, ok := strings.Cut(excerpt, ":"); ok && m.format == metadecoders.YAML &&
		strings.Contains(value, ":") && !strings.ContainsAny(strings.TrimSpace(value)[:1], `"'[{`) {
		remedy = fmt.Sprintf("put the value of %s in quotes: %s: %q", strings.TrimSpace(key), strings.TrimSpace(key), strings.TrimSpace(value))
	}
	return diag.Problem{
		Code: diag.FrontMatterBroken, Severity: diag.Error,
		Position: diag.Position{Path: d.Path, Line: line, Column: max(column, 1)},
		Excerpt:  excerpt,
		Message:  "the front matter cannot be read: " + message,
		Remedy:   remedy,
	}
}
