// Package arabic is what we know of the Arabic language and script: the one
// folding, words and sentences, light stems, slugs, digits and plurals,
// collation, and the runs of other directions inside Arabic text.
//
// It is a leaf: it imports nothing of this module, keeps no state and is safe
// for concurrent use. It runs on every word of every article, so the functions
// take and return offsets or append to the caller's buffer; the ones that
// return strings return a part of their argument wherever they can.
//
// Three forms of a text are used, each with one purpose:
//
//   - Clean gives text for readers: harmful invisibles gone, spelling kept.
//   - Fold gives text for comparing: spelling variants are made equal.
//   - FoldFrozen gives text for article ids and never changes again.
//
// Stems, stop words and skeletons exist a second time in JavaScript for the
// search page. Their rules are therefore few, need no dictionary, and work on
// folded text; a change here must be repeated there.
package arabic
