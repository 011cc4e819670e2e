package source

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"warraq/internal/diag"
)

// Encoding names the character set a text was read from.
type Encoding string

// The encodings.
const (
	UTF8        Encoding = "UTF-8"
	UTF16LE     Encoding = "UTF-16LE"
	UTF16BE     Encoding = "UTF-16BE"
	Windows1256 Encoding = "Windows-1256"
	ISO8859_6   Encoding = "ISO-8859-6"
	NotText     Encoding = "" // no text at all
)

// Decode turns a file's bytes into text: valid UTF-8, newlines "\n", without a
// byte order mark. The order of trials is byte order mark, valid UTF-8, mostly
// valid UTF-8 (kept, with a warning that names the first offset), UTF-16
// without a mark, the two eight-bit Arabic sets. Bytes that are none of these
// give NotText and no text. Positions in the problems lack their Path.
func Decode(raw []byte) (string, Encoding, []diag.Problem) {
	switch {
	case bytes.HasPrefix(raw, []byte("\xEF\xBB\xBF")):
		raw = raw[3:]
	case bytes.HasPrefix(raw, []byte("\xFF\xFE")):
		return decodeUTF16(raw[2:], UTF16LE)
	case bytes.HasPrefix(raw, []byte("\xFE\xFF")):
		return decodeUTF16(raw[2:], UTF16BE)
	}
	if utf8.Valid(raw) {
		if !lettersEnough(raw) {
			if e := guessUTF16(raw); e != NotText {
				return decodeUTF16(raw, e)
			}
			return "", NotText, nil
		}
		if text, twice := undoTwice(raw); twice {
			return newlines(text), UTF8, []diag.Problem{encodedTwice()}
		}
		return newlines(string(raw)), UTF8, nil
	}
	if e := guessUTF16(raw); e != NotText {
		return decodeUTF16(raw, e)
	}
	if invalid := invalidBytes(raw); invalid*20 <= multibyte(raw) && lettersEnough(raw) {
		text, problem := repairUTF8(raw)
		return newlines(text), UTF8, []diag.Problem{problem}
	}
	return decodeEightBit(raw)
}

// hashOf is the content hash of a source: 128 bits of SHA-256.
func hashOf(raw []byte) [16]byte {
	sum := sha256.Sum256(raw)
	return [16]byte(sum[:16])
}

// newlines makes "\n" of "\r\n" and of a lone "\r".
func newlines(s string) string {
	if strings.IndexByte(s, '\r') < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		if s[i] != '\r' {
			b.WriteByte(s[i])
			continue
		}
		if i+1 >= len(s) || s[i+1] != '\n' {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// lettersEnough tells text from binary data under a text name: no NUL among
// the first 64 KB, and letters, digits, blanks and punctuation outnumber
// control characters by far. An empty or blank file is text (and reported as
// empty by its reader).
func lettersEnough(raw []byte) bool {
	head := raw[:min(len(raw), 64<<10)]
	if bytes.IndexByte(head, 0) >= 0 {
		return false
	}
	controls := 0
	for _, c := range head {
		if c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\v' {
			controls++
		}
	}
	return controls*50 <= len(head)
}

// multibyte counts the bytes of valid multi-byte sequences.
func multibyte(raw []byte) int {
	n := 0
	for i := 0; i < len(raw); {
		if raw[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(raw[i:])
		if r != utf8.RuneError || size > 1 {
			n += size
		}
		i += size
	}
	return n
}

func invalidBytes(raw []byte) int {
	n := 0
	for i := 0; i < len(raw); {
		if raw[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(raw[i:])
		if r == utf8.RuneError && size == 1 {
			n++
		}
		i += size
	}
	return n
}

// repairUTF8 replaces each run of invalid bytes by one U+FFFD.
func repairUTF8(raw []byte) (string, diag.Problem) {
	first, runs, line, column, at := -1, 0, 1, 1, diag.Position{}
	var b strings.Builder
	b.Grow(len(raw))
	bad := false
	for i := 0; i < len(raw); {
		r, size := utf8.DecodeRune(raw[i:])
		if r == utf8.RuneError && size == 1 {
			if !bad {
				if runs++; first < 0 {
					first, at = i, diag.Position{Line: line, Column: column}
				}
				b.WriteRune(utf8.RuneError)
				column++
			}
			bad = true
			i++
			continue
		}
		bad = false
		b.Write(raw[i : i+size])
		i += size
		column++
		if r == '\n' {
			line, column = line+1, 1
		}
	}
	return b.String(), diag.Problem{
		Code: diag.SourceInvalidBytes, Severity: diag.Warning, Position: at,
		Message: fmt.Sprintf("%d places hold bytes that are not UTF-8, the first at byte offset %d; each became �", runs, first),
		Remedy:  "restore the damaged letters and save the file as UTF-8",
	}
}

// guessUTF16 recognises UTF-16 without a mark: Arabic text has 06 (letters) or
// 00 (blanks, ASCII) in every other byte, and hardly there in the others.
func guessUTF16(raw []byte) Encoding {
	head := raw[:min(len(raw), 8<<10)&^1]
	if len(head) < 8 {
		return NotText
	}
	var even, odd int
	for i := 0; i < len(head); i += 2 {
		if isUTF16High(head[i]) {
			even++
		}
		if isUTF16High(head[i+1]) {
			odd++
		}
	}
	units := len(head) / 2
	switch {
	case odd*10 >= units*9 && even*4 <= units*3:
		return UTF16LE
	case even*10 >= units*9 && odd*4 <= units*3:
		return UTF16BE
	}
	return NotText
}

func isUTF16High(c byte) bool { return c == 0 || c == 6 || c == 0x20 || c == 0xFE || c == 0xFB }

func decodeUTF16(raw []byte, e Encoding) (string, Encoding, []diag.Problem) {
	units := make([]uint16, len(raw)/2)
	for i := range units {
		if e == UTF16LE {
			units[i] = uint16(raw[2*i]) | uint16(raw[2*i+1])<<8
		} else {
			units[i] = uint16(raw[2*i+1]) | uint16(raw[2*i])<<8
		}
	}
	if len(units) > 0 && units[0] == 0xFEFF {
		units = units[1:]
	}
	text := string(utf16.Decode(units))
	if !lettersEnough([]byte(text)) {
		return "", NotText, nil
	}
	problems := []diag.Problem{converted(e)}
	if len(raw)%2 == 1 || strings.ContainsRune(text, utf8.RuneError) {
		problems = append(problems, diag.Problem{
			Code: diag.SourceInvalidBytes, Severity: diag.Warning,
			Message: "the UTF-16 text is cut or holds halves of characters; they became �",
			Remedy:  "save the file as UTF-8 from its source",
		})
	}
	return newlines(text), e, problems
}

func converted(e Encoding) diag.Problem {
	return diag.Problem{
		Code: diag.SourceEncoding, Severity: diag.Info,
		Message: "read as " + string(e),
		Remedy:  "if the text looks wrong, save the file as UTF-8",
	}
}

// decodeEightBit chooses between Windows-1256 and ISO-8859-6 by the letters
// they give. The two agree on ا…ض (C7–D6) and differ after, so common letters
// (ل م ن و ي) decide clearly. General detectors were rejected: they take short
// Arabic text for windows-1252 or Cyrillic.
func decodeEightBit(raw []byte) (string, Encoding, []diag.Problem) {
	if !lettersEnough(raw) {
		return "", NotText, nil
	}
	windows, iso := eightBitScore(raw, charmap.Windows1256), eightBitScore(raw, charmap.ISO8859_6)
	table, e := charmap.Windows1256, Windows1256
	if iso > windows {
		table, e = charmap.ISO8859_6, ISO8859_6
	}
	if max(windows, iso) <= 0 {
		return "", NotText, nil
	}
	var b strings.Builder
	b.Grow(2 * len(raw))
	bad := 0
	for _, c := range raw {
		r := table.DecodeByte(c)
		if r == utf8.RuneError {
			bad++
		}
		b.WriteRune(r)
	}
	problems := []diag.Problem{converted(e)}
	if bad > 0 {
		problems = append(problems, diag.Problem{
			Code: diag.SourceInvalidBytes, Severity: diag.Warning,
			Message: fmt.Sprintf("%d bytes stand for nothing in %s; each became �", bad, e),
			Remedy:  "save the file as UTF-8 from its source",
		})
	}
	return newlines(b.String()), e, problems
}

// eightBitScore weighs the high bytes of raw read by a table: frequent Arabic
// letters count most, rare ones a little, everything else against it.
func eightBitScore(raw []byte, table *charmap.Charmap) int {
	var count [256]int
	for _, c := range raw[:min(len(raw), 64<<10)] {
		count[c]++
	}
	score := 0
	for c := 0x80; c < 256; c++ {
		if count[c] == 0 {
			continue
		}
		weight := 0
		switch r := table.DecodeByte(byte(c)); {
		case r == utf8.RuneError || r >= 0x80 && r < 0xA0:
			weight = -6
		case strings.ContainsRune("اليمونرتبعدسف", r):
			weight = 4
		case r >= 0x621 && r <= 0x64A && r != 0x640:
			weight = 1
		case r == '،' || r == '؟' || r == '؛' || unicode.IsPunct(r) || r >= 0x64B && r <= 0x652:
			weight = 0
		default:
			weight = -2
		}
		score += weight * count[c]
	}
	return score
}
