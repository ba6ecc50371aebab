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

// ResourceHCL is a configuration of the resource test of a type. Nil arguments of the block are no block; rest is what else stands in the
// resource.
func ResourceHCL(typeName string, arguments Args, blockName string, block Args, rest string) string {
	text := ""
	if block != nil {
		text = blockName + " {\n" + block.HCL() + "}\n"
	}
	return "resource \"" + typeName + "\" \"test\" {\n" + arguments.HCL() + text + rest + "}\n"
}

// Quote is a string in HCL.
func Quote(s string) string { return fmt.Sprintf("%q", s) }
