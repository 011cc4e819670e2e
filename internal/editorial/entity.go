package editorial

import (
	"fmt"
	"slices"
	"strings"

	"warraq/internal/arabic"
	"warraq/internal/archive"
	"warraq/internal/diag"
	"warraq/internal/syntax"
)

var entityKinds = []archive.TagKind{archive.Person, archive.Place, archive.Organisation}

// claim is a name of an entity and where it stands.
type claim struct {
	entity string
	at     syntax.Value
}

// readEntities reads entities.yaml and checks that ids and names are claimed once.
func readEntities(r *reader, raw []byte) []Entity {
	items, ok := r.list(raw, entitiesFile, "entities")
	if !ok {
		return nil
	}

	var entities []Entity
	ids := map[string]syntax.Value{}
	claims := map[string]claim{} // by folded name
	var needs []syntax.Value
	for _, item := range items {
		e := Entity{At: diag.Position{Path: r.path, Line: item.Line, Column: item.Column}}
		var names []syntax.Value
		id := item
		add := func(into *[]string) func(syntax.Field) {
			return func(f syntax.Field) {
				*into = r.texts(f.Value)
				if f.Value.Kind == syntax.Scalar {
					names = append(names, f.Value)
				}
				names = append(names, f.Value.Items...)
			}
		}
		if !r.table(item, "an entity", keys{
			"id":       func(f syntax.Field) { e.ID, id = r.id(f.Value), f.Value },
			"name":     func(f syntax.Field) { e.Name = r.text(f.Value); names = append(names, f.Value) },
			"kind":     func(f syntax.Field) { e.Kind = r.entityKind(f.Value) },
			"wikidata": func(f syntax.Field) { e.Wikidata = r.wikidata(f.Value) },
			"aliases":  add(&e.Aliases),
			"weak":     add(&e.Weak),
			"unless":   func(f syntax.Field) { e.Unless = r.texts(f.Value) },
			"needs": func(f syntax.Field) {
				e.Needs = r.texts(f.Value)
				needs = append(needs, r.items(f.Value)...)
			},
		}) {
			continue
		}
		if e.ID == "" || e.Name == "" || e.Kind == archive.Keyword {
			r.fail(diag.EditorialMissing, item, "an entity needs id, name and kind", "add the key that is missing")
			continue
		}
		if first, twice := ids[e.ID]; twice {
			r.fail(diag.EditorialDuplicate, id, fmt.Sprintf("entity id %q is defined twice, first on line %d", e.ID, first.Line), "join the two entries or give one another id")
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
		id, reference := strings.CutPrefix(n.Text, "@")
		if _, ok := ids[id]; reference && !ok {
			r.fail(diag.EditorialUnknownEntity, n, fmt.Sprintf("no entity has the id %q", id), suggest(id, known))
		}
	}
	return entities
}

// claimName records that an entity goes by a name. The same name twice in one
// entity is harmless: spellings that fold to one are written for people.
func (r *reader) claimName(claims map[string]claim, id string, name syntax.Value) {
	folded := strings.TrimSpace(arabic.Fold(name.Text))
	if folded == "" {
		if strings.TrimSpace(name.Text) != "" {
			r.report(diag.EditorialEmptyTerm, diag.Warning, name.Line, name.Column, fmt.Sprintf("the name %q has no letters", name.Text), "remove it")
		}
		return
	}
	if first, ok := claims[folded]; ok && first.entity != id {
		r.fail(diag.EditorialAliasClaimed, name,
			fmt.Sprintf("the name %q of %q belongs to %q already, on line %d", name.Text, id, first.entity, first.at.Line),
			fmt.Sprintf("remove it on line %d or on line %d, or write longer names that tell the two apart", name.Line, first.at.Line))
		return
	}
	claims[folded] = claim{id, name}
}

func (r *reader) entityKind(v syntax.Value) archive.TagKind {
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

func (r *reader) wikidata(v syntax.Value) string {
	s := r.text(v)
	digits, ok := strings.CutPrefix(s, "Q")
	if !ok || digits == "" || strings.Trim(digits, "0123456789") != "" {
		r.fail(diag.EditorialBadValue, v, fmt.Sprintf("%q is not a Wikidata item", s), "write its number as Q7747, or remove the key")
		return ""
	}
	return s
}
