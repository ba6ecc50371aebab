package tfresource

import (
	"errors"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
)

// Check returns the mistakes of a definition: names that nothing has, and what is missing. A test runs it for each definition.
func (d *Definition) Check() error {
	var problems []error
	report := func(ok bool, format string, args ...any) {
		if !ok {
			problems = append(problems, fmt.Errorf(format, args...))
		}
	}
	names, parameters := map[string]bool{}, map[string]bool{}
	updated := 0
	for _, a := range d.Attributes {
		report(!names[a.Name], "attribute %s stands twice", a.Name)
		names[a.Name], parameters[a.parameter()] = true, !a.isComputed()
		if a.Role == SetByUpdates {
			updated++
		}
	}
	report(updated == 1, "%d attributes are set by updates, expected one: without it, no update is ever sent", updated)
	for what, name := range map[string]string{"LookUp": d.LookUp, "sid": "sid", "account_sid": "account_sid"} {
		report(names[name], "%s: there is no attribute %q", what, name)
	}
	for what, all := range map[string][]string{"Narrow": d.Narrow, "Filters": d.Filters} {
		for _, name := range all {
			report(names[name], "%s: there is no attribute %q", what, name)
		}
	}
	for _, name := range append([]string{d.Filter}, d.Distinguishing...) {
		report(parameters[name], "there is no parameter %q", name)
	}
	if names[d.LookUp] {
		_, isText := d.attribute(d.LookUp).Type.Null().(types.String)
		report(isText, "LookUp: %s is not a string", d.LookUp)
	}
	for _, f := range d.fields() {
		report(slices.ContainsFunc(d.fields(), func(other field) bool {
			return f.Refers == nil || f.Refers.Parent == "" || other.name == f.sibling(f.Refers.Parent)
		}), "%s: there is no attribute for what it belongs to", f.name)
	}
	report(d.SchemaVersion == 0 || d.Foreign[d.ownType()] != nil, "Foreign does not have %s, whose earlier states are upgraded", d.ownType())
	for _, b := range d.Blocks {
		report(!names[b.Name], "block %s stands twice, or beside an attribute of its name", b.Name)
		names[b.Name] = true
		problems = append(problems, b.check(names)...)
	}
	return errors.Join(problems...)
}

// check returns the mistakes of a block, given the names of the attributes beside it.
func (b *Block) check(names map[string]bool) (problems []error) {
	inner := map[string]bool{}
	for _, r := range b.Rules {
		if inner[r.Name] {
			problems = append(problems, fmt.Errorf("%s.%s stands twice", b.Name, r.Name))
		}
		inner[r.Name] = true
		for _, blockType := range r.types() {
			if !slices.Contains(b.Types, blockType) {
				problems = append(problems, fmt.Errorf("%s.%s: %q is not one of the types %s", b.Name, r.Name, blockType, attribute.Quoted(b.Types)))
			}
		}
		if len(r.types()) == 0 {
			problems = append(problems, fmt.Errorf("%s.%s applies to no type", b.Name, r.Name))
		}
	}
	if !names[b.TypeName] && !inner[b.TypeName] {
		problems = append(problems, fmt.Errorf("the type of %s: there is no attribute %q", b.Name, b.TypeName))
	}
	return problems
}
