package tfresource

import (
	"net/url"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
)

// params are the parameters that turn prior into plan: those that differ. A block goes as a whole, and with its type, since an update may
// replace what it does not send. What is null or unknown is not sent. A nil prior is a create.
func (d *Definition) params(plan, prior values) url.Values {
	params, isUpdate := url.Values{}, prior != nil
	if !isUpdate {
		prior = d.beforeCreate()
	}
	differs := func(f field) bool { return !plan[f.name].Equal(prior[f.name]) }
	changed, changedTypes := map[*Block]bool{}, map[string]bool{}
	for _, b := range d.Blocks {
		changed[b] = plan.has(b) && (!prior.has(b) || !b.typeOf(plan).Equal(b.typeOf(prior)) || slices.ContainsFunc(b.fields(), differs))
		changedTypes[b.typeName()] = changed[b]
	}
	for _, f := range d.fields() {
		isSent := changed[f.block]
		if f.block == nil {
			isSettable := !f.isComputed() && (!isUpdate || !f.Immutable)
			isSent = isSettable && (differs(f) || changedTypes[f.name])
		}
		if value := plan[f.name]; isSent && attribute.IsKnown(value) {
			params[f.parameter()] = f.Type.Encode(value)
		}
	}
	return params
}

// beforeCreate is what a resource is before it exists, so that a create sends what differs from nothing at all: a documented default of
// "" is what Twilio makes of a parameter that is not sent.
func (d *Definition) beforeCreate() values {
	v := values{}
	for _, f := range d.fields() {
		v[f.name] = f.Type.Null()
		if empty := types.StringValue(""); f.block == nil && empty.Equal(f.Default) {
			v[f.name] = empty
		}
	}
	return v
}
