package acctest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Args are arguments of a resource or a block: values in HCL, by name.
type Args map[string]string

// With returns a copy with some arguments changed, or taken out where the value is empty.
func (a Args) With(changes Args) Args {
	all := maps.Clone(a)
	maps.Copy(all, changes)
	maps.DeleteFunc(all, func(_, value string) bool { return value == "" })
	return all
}

// HCL is the arguments as a configuration has them.
func (a Args) HCL() string {
	var s strings.Builder
	for _, name := range slices.Sorted(maps.Keys(a)) {
		fmt.Fprintf(&s, "  %s = %s\n", name, a[name])
	}
	return s.String()
}

// A Configuration is one of the resource test of a type. A nil Block is no block.
type Configuration struct {
	// Type is the resource's, and BlockName the name of its block.
	Type, BlockName string
	Args, Block     Args
	// Timeouts are those of the timeouts block. None is no block.
	Timeouts Args
	// Rest is what else stands in the resource.
	Rest string
}

// With returns a configuration with some arguments changed, or taken out where the value is empty.
func (c Configuration) With(changes Args) Configuration {
	c.Args = c.Args.With(changes)
	return c
}

// WithInBlock is With for the arguments of the block.
func (c Configuration) WithInBlock(changes Args) Configuration {
	c.Block = c.Block.With(changes)
	return c
}

// WithBlock returns a configuration with another block.
func (c Configuration) WithBlock(block Args) Configuration {
	c.Block = block
	return c
}

// String is the configuration in HCL.
func (c Configuration) String() string {
	text := ""
	if c.Block != nil {
		text = c.BlockName + " {\n" + c.Block.HCL() + "}\n"
	}
	if c.Timeouts != nil {
		text += "timeouts {\n" + c.Timeouts.HCL() + "}\n"
	}
	return "resource \"" + c.Type + "\" \"test\" {\n" + c.Args.HCL() + text + c.Rest + "}\n"
}

// Quote is a string in HCL.
func Quote(s string) string { return fmt.Sprintf("%q", s) }

// fieldsOf are the names of a configuration's arguments, those of the block as integration.url.
func fieldsOf(c Configuration) map[string]bool {
	names := map[string]bool{}
	for name := range c.Args {
		names[name] = true
	}
	for name := range c.Block {
		names[c.BlockName+"."+name] = true
	}
	return names
}

// nested is a field as [OddFields] takes it.
func nested(name string, value any) map[string]any {
	if outer, inner, inside := strings.Cut(name, "."); inside {
		return map[string]any{outer: map[string]any{inner: value}}
	}
	return map[string]any{name: value}
}

// Set returns a configuration with another value of one argument, that of a block as integration.url; it is taken out where the value is
// empty.
func (c Configuration) Set(name, value string) Configuration {
	if _, inner, inside := strings.Cut(name, "."); inside {
		return c.WithInBlock(Args{inner: value})
	}
	return c.With(Args{name: value})
}
