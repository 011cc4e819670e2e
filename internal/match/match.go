// Package match recognises in an article what the editors described: themes,
// entities, dated events, keywords; and measures its text for finding copies.
//
// Compile turns the editors' files into a Matcher, which is immutable and safe
// for any number of goroutines. Findings reads an article once: every word is
// folded, looked up and hashed a single time, and all questions are answered
// from that one pass, because it runs over a million articles.
package match

import (
	"warraq/internal/archive"
	"warraq/internal/diag"
	"warraq/internal/editorial"
)

// Findings is what a Matcher found in one article.
type Findings struct {
	Themes    []archive.ThemeScore  // at or above their thresholds, best first, then by slug
	Mentions  []archive.EntityCount // most mentioned first, then by id
	Events    []archive.DraftEvent  // in text order; Phrase.At is the paragraph (from 1) and the column in it
	Sketch    []uint32              // sorted sample of the body's word 3-shingles, see Containment
	Shingles  int32                 // how many distinct shingles the body has
	ExactHash archive.Hash          // of the body's folded letters and digits: equal for exact copies
	Words     int32                 // of the body
}

// Matcher is the compiled form of the editors' files.
type Matcher struct {
}

// Compile prepares matching. Problems are in the editors' rules: a term without
// letters, an unknown @entity. The Matcher is usable regardless.
func Compile(ed *editorial.Editorial) (*Matcher, []diag.Problem) {
	return &Matcher{}, nil
}

// Findings reads an article: its title and the plain text of its paragraphs.
func (m *Matcher) Findings(title string, paragraphs []string) Findings {
	return Findings{}
}

// Segment parts a line of keywords that lost its separators. What is no
// keyword (function words, lone adjectives, their debris) is left out.
func (m *Matcher) Segment(run string) []string {
	return nil
}

// Tag canonicalises one keyword: slug is the key under which all its spellings
// meet, an entity's id for an entity; display is an entity's name, else the
// keyword without stray marks. ok is false for what is no keyword.
func (m *Matcher) Tag(name string) (slug, display, entityID string, ok bool) {
	return "", "", "", false
}

// Containment estimates which share of the shorter text's shingles the longer
// one has, from two sketches and the numbers of distinct shingles.
func Containment(a []uint32, aShingles int32, b []uint32, bShingles int32) float32 {
	return 0
}
