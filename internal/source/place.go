package source

import (
	"strconv"
	"strings"

	"github.com/gohugoio/hugo/parser/metadecoders"

	"warraq/internal/diag"
	"warraq/internal/syntax"
)

// block is the text of front matter, kept to tell where its values stand.
type block struct {
	text   string // without the delimiters
	format metadecoders.Format
	line   int            // of the file, where text begins
	indent int            // characters before text on that line
	lines  map[string]int // of text, of each top-level key
	tree   *syntax.Value  // read when a place inside a value is asked for
}

// maxTree bounds the blocks that are read a second time for places inside them.
const maxTree = 1 << 20

func newBlock(text string, m matterBlock) block {
	b := block{text: text[m.inner:m.innerEnd], format: m.format, line: 1 + strings.Count(text[:m.inner], "\n"),
		indent: diag.ColumnOf(text, m.inner) - 1}
	b.lines = keyLines(b.text, b.format)
	return b
}

// Place tells where a value of front matter stands, as line and column of the
// file, and gives that line. The path names a key and leads into its value:
// "date", "tags[1]", "facts[0].date". Where the path leads to nothing, the
// place is that of the part it leads to; without front matter it is 1:1.
func (m *Matter) Place(path string) (line, column int, excerpt string) {
	if !m.Present {
		return 1, 1, ""
	}
	line, column = m.block.place(path)
	excerpt = diag.ExcerptOf(m.block.text, line)
	if line == 1 {
		column += m.block.indent
		excerpt = strings.Repeat(" ", m.block.indent) + excerpt
	}
	return m.block.line + line - 1, column, excerpt
}

func (b *block) place(path string) (line, column int) {
	key := path
	line, top := b.lines[key]
	if !top {
		key = path[:strings.IndexAny(path+".", ".[")]
		line = b.lines[key]
	}
	if line == 0 && b.format != metadecoders.JSON {
		return 1, 1
	}
	if key == path && b.format != metadecoders.JSON {
		return line, b.valueColumn(line)
	}
	if at, ok := b.inside(path, key); ok {
		return at.Line, at.Column
	}
	return max(line, 1), 1
}

// valueColumn is where the value begins on its key's line; the key's column
// when the value stands on the lines below.
func (b *block) valueColumn(line int) int {
	text := b.text
	for ; line > 1; line-- {
		_, text, _ = strings.Cut(text, "\n")
	}
	text, _, _ = strings.Cut(text, "\n")
	mark := strings.IndexByte(text, ':')
	if b.format == metadecoders.TOML {
		mark = strings.IndexByte(text, '=')
	}
	rest := strings.TrimLeft(text[mark+1:], " \t")
	if rest == "" || mark < 0 {
		return 1
	}
	return diag.ColumnOf(text, len(text)-len(rest))
}

// inside follows a path into the values.
func (b *block) inside(path, key string) (syntax.Value, bool) {
	if b.tree == nil {
		b.tree = &syntax.Value{}
		if len(b.text) <= maxTree {
			parse := syntax.ParseYAML
			if b.format == metadecoders.TOML {
				parse = syntax.ParseTOML
			}
			if tree, err := parse([]byte(b.text)); err == nil {
				b.tree = &tree
			}
		}
	}
	at, ok := fieldOf(b.tree, key)
	if !ok {
		return syntax.Value{}, false
	}
	for _, step := range strings.FieldsFunc(path[len(key):], func(r rune) bool { return strings.ContainsRune(".[]", r) }) {
		next, ok := fieldOf(at, step)
		if i, err := strconv.Atoi(step); err == nil && i >= 0 && i < len(at.Items) {
			next, ok = &at.Items[i], true
		}
		if !ok {
			break
		}
		at = next
	}
	return *at, true
}

func fieldOf(v *syntax.Value, key string) (*syntax.Value, bool) {
	for i := range v.Fields {
		if strings.EqualFold(v.Fields[i].Key, key) {
			return &v.Fields[i].Value, true
		}
	}
	return nil, false
}

// keyLines finds the line of each top-level key, looking at line beginnings
// only: every article is asked for the place of its date and title.
func keyLines(inner string, format metadecoders.Format) map[string]int {
	lines, line := make(map[string]int, 8), 1
	mark := byte(':')
	if format == metadecoders.TOML {
		mark = '='
	}
	for len(inner) > 0 {
		text, rest, _ := strings.Cut(inner, "\n")
		if key := keyOf(text, mark, format); key != "" {
			if _, seen := lines[key]; !seen {
				lines[key] = line
			}
		}
		inner, line = rest, line+1
	}
	return lines
}

func keyOf(line string, mark byte, format metadecoders.Format) string {
	if format == metadecoders.JSON {
		line = strings.TrimLeft(line, " \t{,")
	} else if line == "" || line[0] == ' ' || line[0] == '\t' || line[0] == '#' || line[0] == '-' {
		return ""
	}
	if format == metadecoders.TOML && line[0] == '[' {
		return strings.ToLower(strings.Trim(line, "[] \t"))
	}
	i := strings.IndexByte(line, mark)
	if i <= 0 {
		return ""
	}
	return strings.ToLower(strings.Trim(strings.TrimSpace(line[:i]), `"'`))
}
