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
	names, attributes, parameters := map[string]bool{}, map[string]bool{}, map[string]bool{} // the latter two without blocks
	updated := 0
	for _, f := range d.fields() {
		report(!names[f.name], "attribute %s stands twice", f.name)
		names[f.name] = true
		if f.block != nil {
			report(len(f.types()) > 0, "%s applies to no type", f.name)
			for _, blockType := range f.types() {
				report(slices.Contains(f.block.Types, blockType), "%s: %q is not one of the types %s",
					f.name, blockType, attribute.Quoted(f.block.Types))
			}
			continue
		}
		attributes[f.name], parameters[f.parameter()] = true, !f.isComputed()
		_, isText := f.Type.Null().(types.String)
		report(isText || f.name != d.LookUp, "LookUp: %s is not a string", f.name)
		if f.Role == SetByUpdates {
			updated++
		}
	}
	report(updated == 1, "%d attributes are set by updates, expected one: without it, no update is ever sent", updated)
	for what, all := range map[string][]string{
		"LookUp": {d.LookUp}, "Narrow": d.Narrow, "Filters": d.Filters, "sid": {"sid"}, "account_sid": {"account_sid"},
	} {
		for _, name := range all {
			report(attributes[name], "%s: there is no attribute %q", what, name)
		}
	}
	for _, name := range append([]string{d.Filter}, d.Distinguishing...) {
		report(parameters[name], "there is no parameter %q", name)
	}
	for _, f := range d.fields() {
		report(f.Refers == nil || f.Refers.Parent == "" || names[f.sibling(f.Refers.Parent)],
			"%s: there is no attribute for what it belongs to", f.name)
	}
	report(d.SchemaVersion == 0 || d.Foreign[d.ownType()] != nil, "Foreign does not have %s, whose earlier states are upgraded", d.ownType())
	for _, b := range d.Blocks {
		report(names[b.typeName()], "the type of %s: there is no attribute %q", b.Name, b.TypeName)
		report(!names[b.Name], "block %s stands twice, or beside an attribute of its name", b.Name)
		names[b.Name] = true
	}
	return errors.Join(problems...)
}
