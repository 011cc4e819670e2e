package markup

import "strings"

// plainParagraphs is the short way of Paragraphs: text that holds no mark of
// Markdown but blank lines and "#" headings, which is what most news articles
// are. It answers false where anything could mean more than it says; a test
// holds it against goldmark.
func plainParagraphs(text string) ([]string, bool) {
	if strings.ContainsAny(text, "*_`[]<>&\\|~\t\r\v\f{\x00") || hasDirectionControls(text) {
		return nil, false
	}
	out := make([]string, 0, 16)
	start, end := -1, 0 // of the paragraph under way
	joined := false
	flush := func() {
		if start >= 0 {
			p := text[start:end]
			if joined {
				p = joinLines(p)
			}
			if p = strings.TrimSpace(p); p != "" {
				out = append(out, p)
			}
		}
		start, joined = -1, false
	}
	for at := 0; at < len(text); {
		lineEnd := strings.IndexByte(text[at:], '\n')
		if lineEnd < 0 {
			lineEnd = len(text)
		} else {
			lineEnd += at
		}
		line := text[at:lineEnd]
		body := strings.TrimLeft(line, " ")
		indent := len(line) - len(body)
		body = strings.TrimRight(body, " ")
		switch {
		case body == "":
			flush()
		case indent > 3:
			return nil, false
		case body[0] == '#':
			level := len(body) - len(strings.TrimLeft(body, "#"))
			if level > 6 || level == len(body) || body[level] != ' ' || strings.HasSuffix(body, "#") {
				return nil, false
			}
			flush()
			if heading := strings.TrimSpace(body[level:]); heading != "" {
				out = append(out, heading)
			}
		case body[0] < 0x80 && strings.IndexByte("-+=:!0123456789", body[0]) >= 0:
			return nil, false
		default:
			if start >= 0 {
				joined = true
			} else {
				start = at + indent
			}
			end = at + indent + len(body)
		}
		at = lineEnd + 1
	}
	flush()
	return out, true
}

// joinLines makes one line of a paragraph written on several.
func joinLines(p string) string {
	lines := strings.Split(p, "\n")
	for i := range lines {
		lines[i] = strings.Trim(lines[i], " ")
	}
	return strings.Join(lines, " ")
}
