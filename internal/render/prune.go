package render

import (
	"html/template"
	"regexp"
	"strings"
	"text/template/parse"
)

// A page carries its style sheet, so what a page type cannot show is a loss on
// every page of it. The sheets of css/ are written by subject, for people;
// pruning takes out the selectors that name a class or id which only the
// templates of other page types write.
//
// It errs on the side of keeping: a name that no template writes stays, because
// code or a reader's browser may (Markdown has elements only), and so does one
// that the page type's templates hold anywhere, in an attribute or not.

// names is a set of classes (".chips") and ids ("#search"), or of bare words.
type names map[string]bool

var (
	writtenNames = regexp.MustCompile(`(class|id)="([^"]*)`)
	nameWord     = regexp.MustCompile(`[A-Za-z][\w-]*`)
)

// madeByCode are the classes of markup that views bring along.
var madeByCode = []string{"nodate", "inferred"}

// written finds the names in the attributes of a template's source.
func (n names) written(source string) {
	for _, m := range writtenNames.FindAllStringSubmatch(source, -1) {
		mark := map[string]string{"class": ".", "id": "#"}[m[1]]
		for _, word := range nameWord.FindAllString(m[2], -1) {
			n[mark+word] = true
		}
	}
}

// words finds every bare word that may be a name in what templates print: the
// template itself and all that it calls.
func (n names) words(root *template.Template, name string, seen map[string]bool) {
	t := root.Lookup(name)
	if t == nil || t.Tree == nil || seen[name] {
		return
	}
	seen[name] = true
	var walk func(node parse.Node)
	list := func(l *parse.ListNode) {
		if l != nil {
			for _, node := range l.Nodes {
				walk(node)
			}
		}
	}
	walk = func(node parse.Node) {
		switch node := node.(type) {
		case *parse.TextNode:
			for _, word := range nameWord.FindAllString(string(node.Text), -1) {
				n[word] = true
			}
		case *parse.ListNode:
			list(node)
		case *parse.IfNode:
			list(node.List)
			list(node.ElseList)
		case *parse.RangeNode:
			list(node.List)
			list(node.ElseList)
		case *parse.WithNode:
			list(node.List)
			list(node.ElseList)
		case *parse.TemplateNode:
			n.words(root, node.Name, seen)
		}
	}
	list(t.Tree.Root)
}

// pruning decides which selectors a page type needs.
type pruning struct {
	kind    kind
	known   names // classes and ids written by any template
	present names // words that may be classes or ids on the page type's pages
}

// absent reports whether a class or id, with its mark, cannot be on the page
// type's pages.
func (p *pruning) absent(name string) bool {
	if of, ok := strings.CutPrefix(name, ".p-"); ok {
		if _, is := pageStyles[kind(of)]; is {
			return kind(of) != p.kind
		}
	}
	return p.known[name] && !p.present[name[1:]]
}

// selectorName finds the classes and ids of a selector. Conditions in brackets
// (:not(…), :is(…), :has(…)) are left out: they may hold without their names.
var (
	selectorConditions = regexp.MustCompile(`\([^()]*(?:\([^()]*\)[^()]*)*\)`)
	selectorName       = regexp.MustCompile(`[.#][A-Za-z][\w-]*`)
)

func (p *pruning) unused(selector string) bool {
	for _, name := range selectorName.FindAllString(selectorConditions.ReplaceAllString(selector, ""), -1) {
		if p.absent(name) {
			return true
		}
	}
	return false
}

// sheet prunes a minified style sheet: rules without selectors go, and groups
// (@media) without rules.
func (p *pruning) sheet(css string) string {
	var out strings.Builder
	for css != "" {
		head := scanStyle(css, '{', ';')
		if head == len(css) || css[head] == ';' { // a statement, or what is no rule: as it is
			end := min(head+1, len(css))
			out.WriteString(css[:end])
			css = css[end:]
			continue
		}
		prelude := css[:head]
		end := blockEnd(css, head)
		body := css[head+1 : end]
		css = css[min(end+1, len(css)):]
		switch {
		case strings.HasPrefix(prelude, "@media") || strings.HasPrefix(prelude, "@supports"):
			if body = p.sheet(body); body == "" {
				continue
			}
		case !strings.HasPrefix(prelude, "@"):
			if prelude = p.selectors(prelude); prelude == "" {
				continue
			}
		}
		out.WriteString(prelude + "{" + body + "}")
	}
	return out.String()
}

// selectors drops those of a list that the page type cannot need.
func (p *pruning) selectors(list string) string {
	var kept []string
	for list != "" {
		end := scanStyle(list, ',')
		if one := list[:end]; !p.unused(one) {
			kept = append(kept, one)
		}
		list = list[min(end+1, len(list)):]
	}
	return strings.Join(kept, ",")
}

// scanStyle gives the first of the stops outside of strings and brackets, or
// the end.
func scanStyle(css string, stops ...byte) int {
	depth := 0
	for i := 0; i < len(css); i++ {
		switch c := css[i]; {
		case c == '\\':
			i++
		case c == '"' || c == '\'':
			for i++; i < len(css) && css[i] != c; i++ {
				if css[i] == '\\' {
					i++
				}
			}
		case c == '(' || c == '[':
			depth++
		case c == ')' || c == ']':
			depth--
		case depth <= 0:
			for _, stop := range stops {
				if c == stop {
					return i
				}
			}
		}
	}
	return len(css)
}

// blockEnd gives the place of the brace that closes the one at open.
func blockEnd(css string, open int) int {
	for at, depth := open+1, 1; ; at++ {
		at += scanStyle(css[min(at, len(css)):], '{', '}')
		if at >= len(css) {
			return len(css)
		}
		if css[at] == '{' {
			depth++
		} else if depth--; depth == 0 {
			return at
		}
	}
}
