package source

import (
	"strings"
)

// plainYAML decodes front matter that is a flat list of string fields and
// string lists, the form nearly every article has, without Hugo's YAML decoder
// (which takes longer than all the rest of reading a file). It answers false
// for anything whose meaning depends on more than the line: then Hugo decodes.
//
//	key: a plain or "quoted" or 'quoted' string
//	key: [one, "two"]
//	key:
//	  - one
//	  - "two"
func plainYAML(inner string) (map[string]any, bool) {
	values := make(map[string]any, 12)
	listKey := ""
	var list []any
	flush := func() {
		if listKey != "" {
			values[listKey] = list
			listKey, list = "", nil
		}
	}
	for len(inner) > 0 {
		line, rest, _ := strings.Cut(inner, "\n")
		inner = rest
		line = strings.TrimRight(line, " ")
		if line == "" {
			continue
		}
		if item, ok := strings.CutPrefix(strings.TrimLeft(line, " "), "- "); ok && listKey != "" {
			value, ok := plainScalar(strings.TrimLeft(item, " "))
			if !ok {
				return nil, false
			}
			list = append(list, value)
			continue
		}
		key, value, ok := strings.Cut(line, ":")
		if !ok || !plainKey(key) || value != "" && value[0] != ' ' {
			return nil, false
		}
		if listKey != "" && len(list) == 0 {
			return nil, false // a key without a value is null, not an empty list
		}
		flush()
		if _, twice := values[key]; twice {
			return nil, false
		}
		value = strings.TrimLeft(value, " ")
		switch {
		case value == "":
			listKey = key
		case value[0] == '[':
			items, ok := plainFlow(value)
			if !ok {
				return nil, false
			}
			values[key] = items
		default:
			scalar, ok := plainScalar(value)
			if !ok {
				return nil, false
			}
			values[key] = scalar
		}
	}
	if listKey != "" && len(list) == 0 {
		return nil, false
	}
	flush()
	return values, len(values) > 0
}

func plainKey(key string) bool {
	if key == "" || key[0] >= '0' && key[0] <= '9' {
		return false
	}
	for i := 0; i < len(key); i++ {
		c := key[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || i > 0 && (c == '-' || c >= '0' && c <= '9')) {
			return false
		}
	}
	switch strings.ToLower(key) {
	case "true", "false", "yes", "no", "on", "off", "null", "y", "n":
		return false
	}
	return true
}

// plainScalar decodes one scalar whose YAML type is certainly a string, or
// true and false in their usual spelling.
func plainScalar(s string) (any, bool) {
	if s == "" {
		return nil, false
	}
	switch c := s[0]; {
	case c == '"' || c == '\'':
		if len(s) < 2 || s[len(s)-1] != c {
			return nil, false
		}
		body := s[1 : len(s)-1]
		if strings.IndexByte(body, c) >= 0 || strings.IndexByte(body, '\\') >= 0 || strings.IndexByte(body, '\t') >= 0 {
			return nil, false
		}
		return body, true
	case c >= 0x80, c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z':
		switch s {
		case "true":
			return true, true
		case "false":
			return false, true
		}
		if strings.Contains(s, ": ") || strings.Contains(s, " #") || strings.HasSuffix(s, ":") || strings.IndexByte(s, '\t') >= 0 || wordLike(s) {
			return nil, false
		}
		return s, true
	case c >= '0' && c <= '9' && isoDay(s):
		return s, true
	}
	return nil, false
}

// wordLike catches the short Latin words that YAML reads as something else.
func wordLike(s string) bool {
	switch strings.ToLower(s) {
	case "true", "false", "yes", "no", "on", "off", "null", "y", "n", "nan", "inf":
		return true
	}
	return strings.HasPrefix(s, "\u0085") || strings.ContainsAny(s, "\u2028\u2029\uFEFF")
}

// isoDay admits 2024-12-09 alone, which Hugo's YAML decoder gives as a string.
func isoDay(s string) bool {
	return len(s) == 10 && s[4] == '-' && s[7] == '-' && strings.Trim(s[:4]+s[5:7]+s[8:], "0123456789") == ""
}

func plainFlow(s string) ([]any, bool) {
	if s[len(s)-1] != ']' {
		return nil, false
	}
	body := s[1 : len(s)-1]
	if strings.ContainsAny(body, "[]{}\t#") {
		return nil, false
	}
	items := []any{}
	for body = strings.TrimLeft(body, " "); body != ""; {
		var item string
		if c := body[0]; c == '"' || c == '\'' {
			end := strings.IndexByte(body[1:], c)
			if end < 0 {
				return nil, false
			}
			item, body = body[:end+2], strings.TrimLeft(body[end+2:], " ")
			if body != "" && body[0] != ',' {
				return nil, false
			}
		} else if i := strings.IndexByte(body, ','); i >= 0 {
			item, body = body[:i], body[i:]
		} else {
			item, body = body, ""
		}
		value, ok := plainScalar(strings.TrimRight(item, " "))
		if !ok || strings.ContainsAny(item, ":") && item[0] != '"' && item[0] != '\'' {
			return nil, false
		}
		items = append(items, value)
		if body != "" {
			if body = strings.TrimLeft(body[1:], " "); body == "" {
				return nil, false
			}
		}
	}
	return items, true
}
