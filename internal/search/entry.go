package search

import (
	"encoding/json"
	"strings"
)

// entry is search/index.bin, the one file of the index with a fixed name: JSON,
// compressed. It names everything a query begins with.
type entry struct {
	Version int `json:"version"`
	Docs    int `json:"docs"`
	// Blocks, oldest first: label, base, slots, number of documents, name of
	// the records, binary logarithm of the slots of a pack of records.
	Blocks []entryBlock `json:"blocks"`
	// Keys are the first keys of the shards, joined by spaces; Shards their
	// names, 12 letters each.
	Keys    string        `json:"keys"`
	Shards  string        `json:"shards"`
	Columns []entryColumn `json:"columns"`
	Names   string        `json:"names"`
}

type entryBlock struct {
	Label   string
	Base    uint32
	Span    uint32
	Count   int
	Records string
	Shift   int
}

// MarshalJSON writes a block as an array.
func (b entryBlock) MarshalJSON() ([]byte, error) {
	return json.Marshal([]any{b.Label, b.Base, b.Span, b.Count, b.Records, b.Shift})
}

// UnmarshalJSON reads what MarshalJSON writes.
func (b *entryBlock) UnmarshalJSON(raw []byte) error {
	return json.Unmarshal(raw, &[]any{&b.Label, &b.Base, &b.Span, &b.Count, &b.Records, &b.Shift})
}

// entryColumn is a column file: how many blocks it covers, and its name.
type entryColumn struct {
	Blocks int
	Name   string
}

// MarshalJSON writes a column as an array.
func (c entryColumn) MarshalJSON() ([]byte, error) { return json.Marshal([]any{c.Blocks, c.Name}) }

// UnmarshalJSON reads what MarshalJSON writes.
func (c *entryColumn) UnmarshalJSON(raw []byte) error {
	return json.Unmarshal(raw, &[]any{&c.Blocks, &c.Name})
}

// setShards fills Keys and Shards. Keys hold letters and digits only, never a space.
func (e *entry) setShards(shards []shardRef) {
	keys := make([]string, len(shards))
	var ids strings.Builder
	for i, s := range shards {
		keys[i] = s.first
		ids.WriteString(s.name.String())
	}
	e.Keys, e.Shards = strings.Join(keys, " "), ids.String()
}
