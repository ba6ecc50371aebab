package tfresource

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// An answered resource is what a response says, and what of it can't be understood.
type answered struct {
	// top are the attributes at the top level, inner those of the block; inner is nil where the response says nothing of the block. Both
	// have null for what is absent or can't be understood.
	top, inner values
	// unreadable names what can't be understood, such as enabled or integration.priority, or the block as a whole.
	unreadable []string
}

func (a answered) isUnreadable(name string) bool { return slices.Contains(a.unreadable, name) }

// read reads the fields of a response.
func (d *Definition) read(object *twilio.Object) answered {
	got := answered{top: values{}}
	fields := object.Fields()
	decode := func(into values, a Attribute, prefix string, from map[string]json.RawMessage) {
		value, err := a.decode(from[a.Name])
		if err != nil {
			got.unreadable = append(got.unreadable, prefix+a.Name)
		}
		into[a.Name] = value
	}
	for _, a := range d.Attributes {
		decode(got.top, a, "", fields)
	}
	var inner map[string]json.RawMessage
	if raw := fields[d.Block.Name]; len(raw) > 0 && json.Unmarshal(raw, &inner) != nil {
		got.unreadable = append(got.unreadable, d.Block.Name)
	} else if inner != nil {
		got.inner = values{}
		for _, r := range d.Block.Rules {
			decode(got.inner, r.Attribute, d.Block.Name+".", inner)
		}
	}
	slices.Sort(got.unreadable)
	return got
}

// fromAPI is a response as Terraform holds it, the one mapping for every path. prior is what Terraform holds already or plans, nil for
// an import or a data source: the API does not know whether the configuration has the block. Nor does it know the timeouts, which the
// caller sets. What can't be understood is as in prior, and null without one; the names of what of it matters are returned as well.
func (d *Definition) fromAPI(object *twilio.Object, prior values) (values, []string) {
	got := d.read(object)
	v := values{"id": types.StringValue(object.SID)}
	for _, a := range d.Attributes {
		value := got.top[a.Name]
		switch {
		case got.isUnreadable(a.Name):
			if prior != nil && !prior[a.Name].IsUnknown() {
				value = prior[a.Name]
			}
		case value.IsNull():
			value = a.absent()
		}
		v[a.Name] = value
	}
	v["sid"] = v["id"]
	blockType := v.text(d.Block.TypeName)
	if d.typeInside() {
		if blockType = got.inner.text(d.Block.TypeName); blockType.IsNull() && prior != nil {
			blockType = d.blockType(prior) // the API is silent, or can't be understood
		}
	}
	v[d.Block.Name] = d.blockFromAPI(got, blockType, prior)
	return v, d.relevant(got.unreadable, blockType, prior)
}

// refresh is fromAPI for a resource that Terraform holds. What no update can change stays where the API is silent about it or only writes it
// in another form: a plan would replace the resource each time.
func (d *Definition) refresh(object *twilio.Object, prior values) (values, []string) {
	v, unreadable := d.fromAPI(object, prior)
	for _, a := range d.Attributes {
		if prior == nil || !a.Immutable || !attribute.IsKnown(prior[a.Name]) {
			continue
		}
		if a.Fixed || v[a.Name].IsNull() || attribute.SameButForForm(v[a.Name], prior[a.Name]) {
			v[a.Name] = prior[a.Name]
		}
	}
	return v, unreadable
}

// blockFromAPI is the block of a response: what the type does not have is left out, what is absent or null is the documented default.
func (d *Definition) blockFromAPI(got answered, blockType types.String, prior values) types.Object {
	// An API that is silent says nothing against what is known.
	silent := got.inner == nil && prior != nil &&
		(d.blockType(prior).IsUnknown() || d.blockType(prior).Equal(blockType) || got.isUnreadable(d.Block.Name))
	switch {
	case prior != nil && d.block(prior).IsNull():
		return d.noBlock() // not managed
	case got.inner == nil && !silent:
		return d.noBlock()
	}
	inUse := false
	block := d.newBlock(func(r Rule) attr.Value {
		value := r.Type.Null()
		if got.inner != nil {
			value = got.inner[r.Name]
		}
		unread := got.isUnreadable(d.Block.Name + "." + r.Name)
		if prior != nil && (silent || unread) {
			value = d.child(prior, r)
		}
		switch {
		case r.Name == d.Block.TypeName && attribute.IsKnown(blockType):
			value = blockType
		case d.isTyped(blockType) && !r.applies(blockType.ValueString()):
			return r.Type.Null()
		case unread:
		case d.isTyped(blockType) && value.IsNull():
			value = r.absent()
		}
		if empty := r.empty(); empty != nil && value.IsNull() && empty.Equal(d.child(prior, r)) {
			value = empty // cleared
		}
		inUse = inUse || r.Telling && (unread || !value.IsNull())
		return value
	})
	if prior == nil && !inUse {
		return d.noBlock() // an import of a resource without it, which may show defaults all the same
	}
	return block
}

// relevant lists what of a response that can't be understood matters: not what the type does not have, nor a block that Terraform does not
// manage.
func (d *Definition) relevant(unreadable []string, blockType types.String, prior values) []string {
	return slices.DeleteFunc(slices.Clone(unreadable), func(field string) bool {
		name, inside := strings.CutPrefix(field, d.Block.Name+".")
		if inside = inside || field == d.Block.Name; !inside {
			return false
		}
		return prior != nil && d.block(prior).IsNull() || d.isTyped(blockType) && slices.ContainsFunc(d.Block.Rules, func(r Rule) bool {
			return name == r.Name && !r.applies(blockType.ValueString())
		})
	})
}
