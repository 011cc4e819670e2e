// Package intake is the only writer into content/: New makes an article, a
// clipping or a theme ready to write, Import turns clippings into Markdown.
//
// It never overwrites a file: what is there stays, and the message says so.
package intake
