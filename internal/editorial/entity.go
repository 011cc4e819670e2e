package editorial

import (
	"fmt"
	"slices"
	"strings"

	"warraq/internal/arabic"
	"warraq/internal/archive"
	"warraq/internal/diag"
)

var entityKinds = []archive.TagKind{archive.Person, archive.Place, archive.Organisation}

// claim is a name of an entity and where it stands.
type claim struct {
	entity string
	at     value
}

// readEntities reads entities.yaml and checks that ids and names are claimed once.
func readEntities(r *reader, raw []byte) []Entity {
	items, ok := r.list(raw, entitiesFile, "entities")
	if !ok {
		return nil
	}

	var entities []Entity
	ids := map[string]value{}
	claims := map[string]claim{} // by folded name
	var needs []value
	for _, item := range items {
		e := Entity{Line: item.line, Path: r.path}
		var names []value
		id := item
		add := func(into *[]string) func(field) {
			return func(f field) {
				*into = r.texts(f.value)
				if f.value.kind == scalar {
					names = append(names, f.value)
				}
				names = append(names, f.value.items...)
			}
		}
		if !r.table(item, "an entity", keys{
			"id":       func(f field) { e.ID, id = r.id(f.value), f.value },
			"name":     func(f field) { e.Name = r.text(f.value); names = append(names, f.value) },
			"kind":     func(f field) { e.Kind = r.entityKind(f.value) },
			"wikidata": func(f field) { e.Wikidata = r.wikidata(f.value) },
			"aliases":  add(&e.Aliases),
			"weak":     add(&e.Weak),
			"unless":   func(f field) { e.Unless = r.texts(f.value) },
			"needs": func(f field) {
				e.Needs = r.texts(f.value)
				needs = append(needs, r.items(f.value)...)
			},
		}) {
			continue
		}
		if e.ID == "" || e.Name == "" || e.Kind == archive.Keyword {
			r.fail(diag.EditorialMissing, item, "an entity needs id, name and kind", "add the key that is missing")
			continue
		}
		if first, twice := ids[e.ID]; twice {
			r.fail(diag.EditorialDuplicate, id, fmt.Sprintf("entity id %q is defined twice, first on line %d", e.ID, first.line), "join the two entries or give one another id")
			continue
		}
		ids[e.ID] = id
		for _, name := range names {
			r.claimName(claims, e.ID, name)
		}
		entities = append(entities, e)
	}
	known := make([]string, 0, len(ids))
	for id := range ids {
		known = append(known, id)
	}
	slices.Sort(known)
	for _, n := range needs {
		id, reference := strings.CutPrefix(n.text, "@")
		if _, ok := ids[id]; reference && !ok {
			r.fail(diag.EditorialUnknownEntity, n, fmt.Sprintf("no entity has the id %q", id), suggest(id, known))
		}
	}
	return entities
}

// claimName records that an entity goes by a name. The same name twice in one
// entity is harmless: spellings that fold to one are written for people.
func (r *reader) claimName(claims map[string]claim, id string, name value) {
	folded := strings.TrimSpace(arabic.Fold(name.text))
	if folded == "" {
		if strings.TrimSpace(name.text) != "" {
			r.report(diag.EditorialEmptyTerm, diag.Warning, name.line, name.col, fmt.Sprintf("the name %q has no letters", name.text), "remove it")
		}
		return
	}
	if first, ok := claims[folded]; ok && first.entity != id {
		r.fail(diag.EditorialAliasClaimed, name,
			fmt.Sprintf("the name %q of %q belongs to %q already, on line %d", name.text, id, first.entity, first.at.line),
			fmt.Sprintf("remove it on line %d or on line %d, or write longer names that tell the two apart", name.line, first.at.line))
		return
	}
	claims[folded] = claim{id, name}
}

func (r *reader) entityKind(v value) archive.TagKind {
	s := r.text(v)
	names := make([]string, len(entityKinds))
	for i, k := range entityKinds {
		if names[i] = k.String(); names[i] == s {
			return k
		}
	}
	r.fail(diag.EditorialBadValue, v, fmt.Sprintf("%q is not a kind of entity", s), suggest(s, names))
	return entityKinds[0]
}

func (r *reader) wikidata(v value) string {
	s := r.text(v)
	digits, ok := strings.CutPrefix(s, "Q")
	if !ok || digits == "" || strings.Trim(digits, "0123456789") != "" {
		r.fail(diag.EditorialBadValue, v, fmt.Sprintf("%q is not a Wikidata item", s), "write its number as Q7747, or remove the key")
		return ""
	}
	return s
}
