package source

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"warraq/internal/diag"
)

// Some archives hold UTF-8 that was taken for an eight-bit set and encoded once
// more: «الم» became «Ø§Ù„Ù…» or «ط§ظ„ظ…». Every Arabic letter then begins with
// one of two signs, which no text has so many of.

// undoTwice gives the text that was encoded twice, and false for any other.
func undoTwice(raw []byte) (string, bool) {
	head := raw[:min(len(raw), 2<<10)]
	signs := bytes.Count(head, []byte("Ø")) + bytes.Count(head, []byte("Ù"))
	table := charmap.Windows1252
	if marks := bytes.Count(head, []byte("ط")) + bytes.Count(head, []byte("ظ")); marks > signs {
		signs, table = marks, charmap.Windows1256
	}
	if signs < 8 || signs*8 < len(head) { // four bytes a letter, one sign each; blanks between
		return "", false
	}
	out := make([]byte, 0, len(raw)/2)
	for _, r := range string(raw) {
		b, ok := table.EncodeRune(r)
		switch {
		case ok:
			out = append(out, b)
		case r >= 0x80 && r < 0xA0: // bytes that the set leaves undefined
			out = append(out, byte(r))
		default:
			return "", false
		}
	}
	if !utf8.Valid(out) || strings.Count(string(out), "ا") < signs/40 {
		return "", false
	}
	return string(out), true
}

func encodedTwice() diag.Problem {
	return diag.Problem{
		Code: diag.SourceEncoding, Severity: diag.Info,
		Message: "read as UTF-8 that was encoded twice",
		Remedy:  "save the file as UTF-8 as it now reads",
	}
}
