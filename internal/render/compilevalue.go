package render

import (
	"html/template"
	"reflect"
	"strconv"
	"strings"
	"text/template/parse"
)

// getter evaluates an expression.
type getter func(s *state) reflect.Value

// action prints the value of a pipeline through its escapers.
func (c *compiler) action(n *parse.ActionNode, sc *scope) program {
	if len(n.Pipe.Decl) > 0 {
		panic(unsupported{"a declaration"})
	}
	commands := n.Pipe.Cmds
	var escapers []string
	for len(commands) > 1 {
		last := commands[len(commands)-1]
		id, ok := last.Args[0].(*parse.IdentifierNode)
		if !ok || len(last.Args) > 1 || !strings.HasPrefix(id.Ident, "_html_template_") {
			break
		}
		escapers = append([]string{id.Ident}, escapers...)
		commands = commands[:len(commands)-1]
	}
	if len(commands) != 1 || len(escapers) == 0 {
		panic(unsupported{n.String()})
	}
	value, typ := c.command(commands[0], sc)
	write, ok := escaperOf(typ, strings.Join(escapers, " "))
	if !ok {
		panic(unsupported{n.String()})
	}
	return func(s *state) { s.out.bytes = write(s.out.bytes, value(s)) }
}

// pipe evaluates a pipeline of one command.
func (c *compiler) pipe(n *parse.PipeNode, sc *scope) (getter, reflect.Type) {
	if len(n.Cmds) != 1 {
		panic(unsupported{n.String()})
	}
	return c.command(n.Cmds[0], sc)
}

func (c *compiler) command(n *parse.CommandNode, sc *scope) (getter, reflect.Type) {
	if id, ok := n.Args[0].(*parse.IdentifierNode); ok {
		return c.call(id.Ident, n.Args[1:], sc)
	}
	if len(n.Args) > 1 {
		panic(unsupported{n.String()})
	}
	return c.operand(n.Args[0], sc)
}

func (c *compiler) operand(n parse.Node, sc *scope) (getter, reflect.Type) {
	switch n := n.(type) {
	case *parse.DotNode:
		return func(s *state) reflect.Value { return s.dot }, sc.dot
	case *parse.FieldNode:
		return fields(func(s *state) reflect.Value { return s.dot }, sc.dot, n.Ident)
	case *parse.VariableNode:
		for slot := len(sc.names) - 1; slot >= 0; slot-- {
			if sc.names[slot] == n.Ident[0] {
				return fields(func(s *state) reflect.Value { return s.vars[slot] }, sc.types[slot], n.Ident[1:])
			}
		}
	case *parse.PipeNode:
		return c.pipe(n, sc)
	case *parse.StringNode:
		return constant0(n.Text)
	case *parse.NumberNode:
		if n.IsInt {
			return constant0(int(n.Int64))
		}
	}
	panic(unsupported{n.String()})
}

func constant0(value any) (getter, reflect.Type) {
	v := reflect.ValueOf(value)
	return func(*state) reflect.Value { return v }, v.Type()
}

// fields follows a chain of field names, through pointers.
func fields(from getter, typ reflect.Type, names []string) (getter, reflect.Type) {
	for _, name := range names {
		pointer := typ.Kind() == reflect.Pointer
		if pointer {
			typ = typ.Elem()
		}
		if typ.Kind() != reflect.Struct {
			panic(unsupported{"field " + name + " of " + typ.String()})
		}
		f, ok := typ.FieldByName(name)
		if !ok || !f.IsExported() {
			panic(unsupported{"field " + name + " of " + typ.String()})
		}
		outer := from
		index := f.Index
		switch {
		case len(index) == 1 && pointer:
			from = func(s *state) reflect.Value { return outer(s).Elem().Field(index[0]) }
		case len(index) == 1:
			from = func(s *state) reflect.Value { return outer(s).Field(index[0]) }
		case pointer:
			from = func(s *state) reflect.Value { return outer(s).Elem().FieldByIndex(index) }
		default:
			from = func(s *state) reflect.Value { return outer(s).FieldByIndex(index) }
		}
		typ = f.Type
	}
	return from, typ
}

// call knows the few functions that conditions need.
func (c *compiler) call(name string, args []parse.Node, sc *scope) (getter, reflect.Type) {
	values := make([]getter, len(args))
	types := make([]reflect.Type, len(args))
	for i, a := range args {
		values[i], types[i] = c.operand(a, sc)
	}
	boolean := reflect.TypeFor[bool]()
	answer := func(f func(s *state) bool) (getter, reflect.Type) {
		return func(s *state) reflect.Value { return reflect.ValueOf(f(s)) }, boolean
	}
	switch {
	case (name == "eq" || name == "ne") && len(args) == 2 && types[0].Kind() == types[1].Kind():
		want := name == "eq"
		switch types[0].Kind() {
		case reflect.String:
			return answer(func(s *state) bool { return (values[0](s).String() == values[1](s).String()) == want })
		case reflect.Int:
			return answer(func(s *state) bool { return (values[0](s).Int() == values[1](s).Int()) == want })
		}
	case (name == "and" || name == "or") && len(args) > 0:
		// Only the truth is known: the value of «or» may be of either type.
		truths := make([]func(reflect.Value) bool, len(args))
		for i, t := range types {
			truths[i] = truthOf(t)
		}
		stop := name == "or"
		return answer(func(s *state) bool {
			for i, v := range values {
				if truths[i](v(s)) == stop {
					return stop
				}
			}
			return !stop
		})
	case name == "not" && len(args) == 1:
		truth := truthOf(types[0])
		return answer(func(s *state) bool { return !truth(values[0](s)) })
	}
	panic(unsupported{"function " + name})
}

// writer appends an escaped value.
type writer func(dst []byte, v reflect.Value) []byte

var (
	typeHTML = reflect.TypeFor[template.HTML]()
	typeText = reflect.TypeFor[string]()
)

// escaperOf gives what a chain of html/template's escapers does to a type.
func escaperOf(typ reflect.Type, chain string) (writer, bool) {
	if typ.Kind() == reflect.Int {
		switch chain {
		case "_html_template_htmlescaper", "_html_template_attrescaper", "_html_template_rcdataescaper":
			return func(dst []byte, v reflect.Value) []byte { return strconv.AppendInt(dst, v.Int(), 10) }, true
		}
		return nil, false
	}
	switch {
	case typ == typeHTML && chain == "_html_template_htmlescaper":
		return func(dst []byte, v reflect.Value) []byte { return append(dst, v.String()...) }, true
	case typ != typeText:
		return nil, false
	}
	switch chain {
	case "_html_template_htmlescaper", "_html_template_attrescaper", "_html_template_rcdataescaper":
		return func(dst []byte, v reflect.Value) []byte { return appendHTML(dst, v.String()) }, true
	case "_html_template_urlnormalizer _html_template_attrescaper":
		return func(dst []byte, v reflect.Value) []byte { return appendURL(dst, v.String()) }, true
	case "_html_template_urlfilter _html_template_attrescaper": // the address in <meta http-equiv=refresh>
		return func(dst []byte, v reflect.Value) []byte { return appendHTML(dst, filterURL(v.String())) }, true
	case "_html_template_urlfilter _html_template_urlnormalizer _html_template_attrescaper":
		return func(dst []byte, v reflect.Value) []byte { return appendURL(dst, filterURL(v.String())) }, true
	}
	return nil, false
}
