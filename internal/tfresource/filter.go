package tfresource

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
	"github.com/flex-iac/terraform-provider-twilio/internal/compare"
)

// A filter narrows lists of resources: values of attributes, of which null ones match everything.
type filter map[string]attr.Value

func (f filter) isSet(name string) bool { return f[name] != nil && !f[name].IsNull() }

// letsThrough reports whether a filter lets a resource through: each value is the same as the resource's, in any form.
func (d *Definition) letsThrough(f filter, v values) bool {
	for name := range f {
		if f.isSet(name) && !d.isSame(f, v, name) {
			return false
		}
	}
	return true
}

func (d *Definition) isSame(f filter, v values, name string) bool {
	of := d.attribute(name).Type
	if text, ok := of.(attribute.String); !ok || !text.IsAddress() {
		return of.Compare(f[name], v[name]) == compare.Same
	}
	// An address may have its type in front: whatsapp:+15005550006 is not the SMS number, and is meant by +15005550006 only where the filter
	// has the type as well.
	wantedType, wanted := d.splitAddress(f[name])
	prefix, got := d.splitAddress(v[name])
	gotType := cmp.Or(attribute.TextOf(v[d.Narrow[0]]), prefix)
	if wantedType != "" && wantedType != gotType || wantedType == "" && prefix != "" && !f.isSet(d.Narrow[0]) {
		return false
	}
	return of.Compare(types.StringValue(wanted), types.StringValue(got)) == compare.Same
}

// splitAddress returns the type in front of an address, such as chat in chat:website, and the rest. The type is one of the first attribute
// of Narrow, and empty for none.
func (d *Definition) splitAddress(value attr.Value) (typeName, rest string) {
	whole := attribute.TextOf(value)
	types, _ := d.attribute(d.Narrow[0]).Type.(attribute.String)
	prefix, rest, _ := strings.Cut(whole, ":")
	if typeName, listed := types.Listed(prefix); listed && rest != "" {
		return typeName, rest
	}
	return "", whole
}

// describeFilter says what a filter lets through, for the documentation.
func (d *Definition) describeFilter(name string) string {
	a := d.attribute(name)
	values, _ := a.Type.Documentation()
	none := ""
	if absent := a.absent(); !absent.IsNull() && absent.Equal(types.StringValue("")) {
		none = "`\"\"` finds those that have none."
	}
	return sentences("Only "+d.noun()+"s with this `"+name+"`.", values, d.describeForm(name), none)
}

// describeForm says in which forms the value that a resource is looked up by may be, for the documentation.
func (d *Definition) describeForm(name string) string {
	if !d.isAddress(name) {
		return ""
	}
	return "An address is found in any form: `+1 (500) 555-0006` is `+15005550006`. It may have its type in front, as in `chat:website`."
}

// filterOf returns the named attributes of a configuration, as far as its schema has them. Without a client to read with, it is an error.
func (c *withClient) filterOf(ctx context.Context, config tfsdk.Config, names ...string) (filter, diag.Diagnostics) {
	value, err := config.Schema.Type().ValueFromTerraform(ctx, config.Raw)
	object, ok := value.(types.Object)
	if err != nil || !ok {
		return nil, errorf("Unable to read the configuration", "The configuration does not match the schema: %v.", err)
	}
	f, attributes := filter{}, object.Attributes()
	for _, name := range names {
		if value, ok := attributes[name]; ok {
			f[name] = value
		}
	}
	return f, c.checkClient()
}

// A found is a resource that a filter lets through, with warnings about what can't be read of it. It has no values where there are only
// warnings.
type found struct {
	values
	warnings diag.Diagnostics
}

// find returns the resources that the filter lets through, a page at a time. What can't be read of a resource is null. One where that
// leaves open whether the filter lets it through is left out. An error is the last element.
func (c *withClient) find(ctx context.Context, f filter) iter.Seq2[found, error] {
	return func(yield func(found, error) bool) {
		for object, err := range c.client.All(ctx, attribute.TextOf(f[c.FilterKey()])) {
			if err != nil {
				yield(found{}, err)
				return
			}
			var next found
			v, unreadable := c.fromAPI(object)
			switch {
			case object.SID == "":
				next.warnings = c.warnNoSID()
			case c.letsThrough(f, v):
				next = found{v, c.warnUnreadable(object.SID, unreadable, leavesNull)}
			case slices.ContainsFunc(unreadable, f.isSet):
				next.warnings = c.warnUnreadable(object.SID, unreadable, "Terraform leaves it out, because a filter asks for what can't be read")
			default:
				continue
			}
			if !yield(next, nil) {
				return
			}
		}
	}
}

// search finds the resources that the filter lets through. others differ from it only in what tells several apart.
func (c *withClient) search(ctx context.Context, f filter) (matches, others []values, diags diag.Diagnostics) {
	if one := c.fetchByAlias(ctx, f); one != nil {
		return []values{one}, nil, nil
	}
	broad := filter{c.LookUp: f[c.LookUp]}
	if f.isSet(c.FilterKey()) {
		broad[c.FilterKey()] = f[c.FilterKey()]
	}
	for one, err := range c.find(ctx, broad) {
		if err != nil {
			return nil, nil, append(diags, c.failure(opList, "", err)...)
		}
		switch {
		case one.values == nil:
			diags.Append(one.warnings...)
		case c.letsThrough(f, one.values):
			diags.Append(one.warnings...)
			matches = append(matches, one.values)
		default:
			others = append(others, one.values)
		}
	}
	return matches, others, diags
}

// fetchByAlias returns the resource that the value to look it up by names in the path of a request, nil where only a list can tell.
func (c *withClient) fetchByAlias(ctx context.Context, f filter) values {
	if c.LookUp != c.AliasKey() {
		return nil
	}
	object := c.client.FetchByAlias(ctx, attribute.TextOf(f[c.LookUp]))
	if object == nil {
		return nil
	}
	v, unreadable := c.fromAPI(object)
	if len(unreadable) > 0 || !c.letsThrough(f, v) {
		return nil
	}
	return v
}

// isAddress reports whether an attribute is what the resource is looked up by, and holds addresses of contacts.
func (d *Definition) isAddress(name string) bool {
	text, ok := d.attribute(name).Type.(attribute.String)
	return ok && name == d.LookUp && text.IsAddress()
}

// details are the attributes that tell resources apart for people.
func (d *Definition) details() []string { return append(slices.Clone(d.Narrow), d.LookUp) }

// candidates lists resources for an error, a line each.
func (d *Definition) candidates(all []values) string {
	var s strings.Builder
	for _, v := range all {
		fmt.Fprintf(&s, "\n  %s   ", v.sid())
		for _, name := range d.details() {
			fmt.Fprintf(&s, "%s %s, ", name, v[name])
		}
		s.WriteString("created " + v.text("date_created").ValueString())
	}
	return s.String()
}
