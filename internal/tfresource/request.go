package tfresource

import (
	"net/url"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
)

// params are the parameters that turn prior into plan: those that differ. A block goes as a whole, and with its type, since an update may
// replace what it does not send. What is null or unknown is not sent. A nil prior is a create.
func (d *Definition) params(plan, prior values) url.Values {
	params, updates := url.Values{}, prior != nil
	if !updates {
		prior = d.beforeCreate()
	}
	changed, types := map[*Block]bool{}, map[string]bool{}
	for _, b := range d.Blocks {
		block := b.of(plan)
		changed[b] = !block.IsNull() && (!block.Equal(b.of(prior)) || !b.typeOf(plan).Equal(b.typeOf(prior)))
		types[b.typeName()] = changed[b]
	}
	for _, f := range d.fields() {
		value := d.get(plan, f)
		if f.isComputed() && f.block == nil || !attribute.IsKnown(value) || updates && f.Immutable {
			continue
		}
		if f.block == nil && (types[f.name] || !value.Equal(prior[f.Name])) {
			params[f.parameter()] = f.encode(value)
		}
		if changed[f.block] {
			params[f.block.parameter(*f.rule)] = f.encode(value)
		}
	}
	return params
}

// beforeCreate is what a resource is before it exists, so that a create sends what differs from nothing at all: a documented default of
// "" is what Twilio makes of a parameter that is not sent.
func (d *Definition) beforeCreate() values {
	v := values{}
	for _, b := range d.Blocks {
		v[b.Name] = b.null()
	}
	for _, a := range d.Attributes {
		v[a.Name] = a.Type.Null()
		if empty := types.StringValue(""); empty.Equal(a.Default) {
			v[a.Name] = empty
		}
	}
	return v
}
