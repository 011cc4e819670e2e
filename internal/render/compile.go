package render

import (
	"fmt"
	"html/template"
	"io"
	"reflect"
	"text/template/parse"
)

// Compiled templates. A page type's view is a struct known when the templates
// are loaded, so that what text/template does by reflection on every page
// (finding fields by name, calling functions) can be done once: a template's
// tree, after html/template has escaped it, becomes closures over field numbers.
// An article page then takes a quarter of the time.
//
// html/template remains the judge of what must be escaped where. Its escapers
// are recognised by name and written out in escape.go; a test holds every page
// against html/template, a fuzz test the escapers. A template that uses
// anything else than what is known here runs as html/template would run it.

// program is a compiled template.
type program func(s *state)

// state is one execution.
type state struct {
	out  *buffer
	dot  reflect.Value
	vars []reflect.Value // by slot; 0 is $
}

// unsupported is what a template holds that is not compiled.
type unsupported struct{ what string }

func (u unsupported) Error() string { return u.what + " is not compiled" }

// compiler compiles the templates of one page type.
type compiler struct {
	set  *template.Template
	done map[progKey]*program // called templates, by name and type of the dot
}

type progKey struct {
	name string
	dot  reflect.Type
}

// scope is what is known where a node stands.
type scope struct {
	dot   reflect.Type
	root  reflect.Type
	names []string // of the variables, by slot
	types []reflect.Type
	slots *int // of the whole template
}

// compile compiles an escaped template for a view. The error says what the
// template uses that is not known here.
func compile(t *template.Template, view any) (p *compiled, err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case unsupported:
			p, err = nil, r
		default:
			panic(r)
		}
	}()
	c := &compiler{set: t, done: map[progKey]*program{}}
	return &compiled{c.template(t.Name(), reflect.TypeOf(view))}, nil
}

// compiled is a template ready to run.
type compiled struct{ main *program }

// execute runs the template on a view of the type it was compiled for.
func (p *compiled) execute(w io.Writer, view any) (err error) {
	b := buffers.Get().(*buffer)
	defer buffers.Put(b)
	b.bytes, b.vars = b.bytes[:0], b.vars[:0]
	v := reflect.ValueOf(view)
	(*p.main)(&state{out: b, dot: v})
	_, err = w.Write(b.bytes)
	return err
}

func (c *compiler) template(name string, dot reflect.Type) *program {
	key := progKey{name, dot}
	if p, ok := c.done[key]; ok {
		return p
	}
	p := new(program)
	c.done[key] = p // before its body: templates may call themselves
	t := c.set.Lookup(name)
	if t == nil || t.Tree == nil {
		panic(unsupported{"template " + name})
	}
	slots := 1
	sc := scope{dot: dot, root: dot, names: []string{"$"}, types: []reflect.Type{dot}, slots: &slots}
	body := c.list(t.Tree.Root, sc)
	*p = func(s *state) {
		// Variables of a call lie above its caller's, which stay where they are
		// when the room for them grows.
		outer, base := s.vars, len(s.out.vars)
		for range slots {
			s.out.vars = append(s.out.vars, reflect.Value{})
		}
		s.vars = s.out.vars[base:]
		s.vars[0] = s.dot
		body(s)
		s.vars = outer
		clear(s.out.vars[base:])
		s.out.vars = s.out.vars[:base]
	}
	return p
}

func (c *compiler) list(n *parse.ListNode, sc scope) program {
	if n == nil {
		return func(*state) {}
	}
	var parts []program
	for _, node := range n.Nodes {
		if p := c.node(node, &sc); p != nil {
			parts = append(parts, p)
		}
	}
	switch len(parts) {
	case 0:
		return func(*state) {}
	case 1:
		return parts[0]
	}
	return func(s *state) {
		for _, p := range parts {
			p(s)
		}
	}
}

func (c *compiler) node(n parse.Node, sc *scope) program {
	switch n := n.(type) {
	case *parse.TextNode:
		text := n.Text
		return func(s *state) { s.out.bytes = append(s.out.bytes, text...) }
	case *parse.CommentNode:
		return nil
	case *parse.ActionNode:
		return c.action(n, sc)
	case *parse.IfNode:
		return c.branch(&n.BranchNode, *sc, false)
	case *parse.WithNode:
		return c.branch(&n.BranchNode, *sc, true)
	case *parse.RangeNode:
		return c.rangeOver(n, *sc)
	case *parse.TemplateNode:
		if n.Pipe == nil {
			panic(unsupported{"a template without a value"})
		}
		value, typ := c.pipe(n.Pipe, sc)
		p := c.template(n.Name, typ)
		return func(s *state) {
			outer := s.dot
			s.dot = value(s)
			(*p)(s)
			s.dot = outer
		}
	}
	panic(unsupported{fmt.Sprintf("%T", n)})
}

// branch is {{if}} or {{with}}, which also moves the dot.
func (c *compiler) branch(n *parse.BranchNode, sc scope, with bool) program {
	if len(n.Pipe.Decl) > 0 {
		panic(unsupported{"a declaration"})
	}
	value, typ := c.pipe(n.Pipe, &sc)
	if with && typ.Kind() == reflect.Bool {
		panic(unsupported{"with a truth"}) // «and», «or» know only that
	}
	truth := truthOf(typ)
	inner := sc
	if with {
		inner.dot = typ
	}
	yes, no := c.list(n.List, inner), c.list(n.ElseList, sc)
	return func(s *state) {
		v := value(s)
		if !truth(v) {
			no(s)
			return
		}
		if !with {
			yes(s)
			return
		}
		outer := s.dot
		s.dot = v
		yes(s)
		s.dot = outer
	}
}

func (c *compiler) rangeOver(n *parse.RangeNode, sc scope) program {
	value, typ := c.pipe(n.Pipe, &sc)
	if typ.Kind() != reflect.Slice {
		panic(unsupported{"range over " + typ.String()})
	}
	inner := sc
	inner.dot = typ.Elem()
	index, element := -1, -1
	declare := func(name string, t reflect.Type) int {
		inner.names = append(inner.names[:len(inner.names):len(inner.names)], name)
		inner.types = append(inner.types[:len(inner.types):len(inner.types)], t)
		slot := len(inner.names) - 1
		*sc.slots = max(*sc.slots, slot+1)
		return slot
	}
	switch d := n.Pipe.Decl; len(d) {
	case 1:
		element = declare(d[0].Ident[0], typ.Elem())
	case 2:
		index = declare(d[0].Ident[0], reflect.TypeFor[int]())
		element = declare(d[1].Ident[0], typ.Elem())
	}
	body, empty := c.list(n.List, inner), c.list(n.ElseList, sc)
	return func(s *state) {
		v := value(s)
		count := v.Len()
		if count == 0 {
			empty(s)
			return
		}
		outer := s.dot
		for i := range count {
			s.dot = v.Index(i)
			if index >= 0 {
				s.vars[index] = reflect.ValueOf(i)
			}
			if element >= 0 {
				s.vars[element] = s.dot
			}
			body(s)
		}
		s.dot = outer
	}
}

// truthOf is text/template's truth of a type's values.
func truthOf(t reflect.Type) func(reflect.Value) bool {
	switch t.Kind() {
	case reflect.String, reflect.Slice:
		return func(v reflect.Value) bool { return v.Len() > 0 }
	case reflect.Bool:
		return reflect.Value.Bool
	case reflect.Int:
		return func(v reflect.Value) bool { return v.Int() != 0 }
	case reflect.Pointer:
		return func(v reflect.Value) bool { return !v.IsNil() }
	case reflect.Struct:
		return func(reflect.Value) bool { return true }
	}
	panic(unsupported{"the truth of " + t.String()})
}
