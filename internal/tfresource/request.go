package tfresource

import (
	"net/url"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
)

// params are the parameters that turn prior into plan: those that differ. The block goes as a whole, and with its type, since an update may
// replace what it does not send. What is null or unknown is not sent. A nil prior is a create.
func (d *Definition) params(plan, prior values) url.Values {
	params, updates := url.Values{}, prior != nil
	if !updates {
		prior = d.beforeCreate()
	}
	block := d.block(plan)
	blockChanges := !block.IsNull() && (!block.Equal(d.block(prior)) || !d.blockType(plan).Equal(d.blockType(prior)))
	for _, a := range d.Attributes {
		value, sendsType := plan[a.Name], blockChanges && a.Name == d.Block.TypeName && !d.typeInside()
		if a.isComputed() || !attribute.IsKnown(value) || updates && a.Immutable {
			continue
		}
		if sendsType || !value.Equal(prior[a.Name]) {
			params[a.parameter()] = a.encode(value)
		}
	}
	if blockChanges {
		children := block.Attributes()
		for _, r := range d.Block.Rules {
			if attribute.IsKnown(children[r.Name]) {
				params[d.parameter(r)] = r.encode(children[r.Name])
			}
		}
	}
	return params
}

// beforeCreate is what a resource is before it exists, so that a create sends what differs from nothing at all: a documented default of
// "" is what Twilio makes of a parameter that is not sent.
func (d *Definition) beforeCreate() values {
	v := values{}
	d.setBlock(v, d.nullBlock())
	for _, a := range d.Attributes {
		v[a.Name] = a.Type.Null()
		if empty := types.StringValue(""); empty.Equal(a.Default) {
			v[a.Name] = empty
		}
	}
	return v
}
