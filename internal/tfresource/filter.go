package tfresource

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
)

// A filter narrows lists of resources: values of attributes, of which null ones match everything.
type filter map[string]attr.Value

func (f filter) isSet(name string) bool { return f[name] != nil && !f[name].IsNull() }

func (f filter) matches(v values) bool {
	for name, wanted := range f {
		if !wanted.IsNull() && !wanted.Equal(v[name]) {
			return false
		}
	}
	return true
}

// describeFilter says what a filter lets through, for the documentation.
func (d *Definition) describeFilter(name string) string {
	values, _ := d.attribute(name).Type.Documentation()
	return sentences(d.Texts.Filters[name], values)
}

// filterOf takes the filters of a configuration, which is an object of the type.
func (d *Definition) filterOf(ctx context.Context, raw tftypes.Value, schemaType attr.Type) (filter, diag.Diagnostics) {
	value, err := schemaType.ValueFromTerraform(ctx, raw)
	object, ok := value.(types.Object)
	if err != nil || !ok {
		return nil, diag.Diagnostics{diag.NewErrorDiagnostic("Unable to understand the configuration", fmt.Sprintf("Terraform sent what does not fit the schema: %v.", err))}
	}
	f, attributes := filter{}, object.Attributes()
	for _, name := range d.Filters {
		if value, ok := attributes[name]; ok {
			f[name] = value
		}
	}
	return f, nil
}

// A found is a resource that a filter lets through, and what of it can't be read. It has no values where only that is to be said.
type found struct {
	values
	warnings diag.Diagnostics
}

// find goes through the resources that the filter lets through, a page at a time. The API itself knows one filter alone. What can't be read
// of a resource is null, and one where that leaves open whether the filter lets it through is left out. An error is the last that comes.
func (c *configured) find(ctx context.Context, f filter) iter.Seq2[found, error] {
	return func(yield func(found, error) bool) {
		known := ""
		if f.isSet(c.FilterKey) {
			known = attribute.TextOf(f[c.FilterKey])
		}
		for object, err := range c.client.All(ctx, known) {
			if err != nil {
				yield(found{}, err)
				return
			}
			if object.SID == "" {
				if !yield(found{warnings: c.warnNoSID()}, nil) {
					return
				}
				continue
			}
			v, unreadable := c.fromAPI(object)
			next := found{v, c.warnUnreadable(object.SID, unreadable, leavesNull)}
			if !f.matches(v) {
				if !slices.ContainsFunc(unreadable, f.isSet) {
					continue
				}
				next = found{nil, c.warnUnreadable(object.SID, unreadable, "Terraform leaves it out, because a filter asks for what can't be read")}
			}
			if !yield(next, nil) {
				return
			}
		}
	}
}

// search finds the resources that the filter lets through. others are those that differ only in what tells several apart.
func (c *configured) search(ctx context.Context, f filter) (matches, others []values, diags diag.Diagnostics) {
	broad := filter{c.LookUp: f[c.LookUp]}
	if f.isSet(c.FilterKey) {
		broad[c.FilterKey] = f[c.FilterKey]
	}
	for one, err := range c.find(ctx, broad) {
		if err != nil {
			diags.Append(c.failure(opList, "", err))
			return nil, nil, diags
		}
		switch {
		case one.values == nil:
			diags.Append(one.warnings...)
		case f.matches(one.values):
			diags.Append(one.warnings...)
			matches = append(matches, one.values)
		default:
			others = append(others, one.values)
		}
	}
	return matches, others, diags
}

// candidates lists resources for an error, a line each.
func (d *Definition) candidates(all []values) string {
	var s strings.Builder
	for _, v := range all {
		fmt.Fprintf(&s, "\n  %s   ", v.sid())
		for _, name := range d.Details {
			fmt.Fprintf(&s, "%s %s, ", name, v[name])
		}
		s.WriteString("created " + v.text("date_created").ValueString())
	}
	return s.String()
}
