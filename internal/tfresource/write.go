package tfresource

import (
	"fmt"
	"maps"
	"net/url"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
	"github.com/flex-iac/terraform-provider-twilio/internal/compare"
	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
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

// stateAfterWrite is the state after a write that turned prior (nil for a create) into plan, what of the response is unclear, and warnings.
// What was known in the plan stays, so that an apply can't end in an inconsistent result, and the response gives the rest. Where the
// response has another value for what changed, a warning names the attribute.
func (d *Definition) stateAfterWrite(object *twilio.Object, plan, prior values) (values, unclear, diag.Diagnostics) {
	p, now := d.parse(object), unclear{}
	latest := maps.Clone(p.values)
	for _, b := range d.Blocks {
		if planned := b.typeOf(plan); attribute.IsKnown(planned) {
			latest[b.typeName()] = planned
		}
	}
	diags := d.warnUnreadable(p.sid, d.unreadableThatMatter(p, plan, latest), d.keepsPlanned())
	for _, f := range d.fields() {
		planned := plan[f.name]
		if !attribute.IsKnown(planned) {
			continue
		}
		switch outcome := p.compare(f, planned); {
		case outcome == compare.Unclear && p.canRead(f):
			now[f.name] = p.rawOf(f)
		case outcome == compare.Different && (prior == nil || !planned.Equal(prior[f.name])):
			diags.Append(d.warnDifferent(f, planned, p.values[f.name])...)
		}
	}
	state := d.assemble(p, func(f field) attr.Value {
		if planned := plan[f.name]; !planned.IsUnknown() {
			return planned
		}
		return p.value(f, latest)
	})
	for _, b := range d.Blocks {
		if !plan.has(b) {
			state.remove(b)
		}
	}
	state["timeouts"] = plan["timeouts"]
	return state, now, diags
}

// stateAfterBlindUpdate is the state after an update whose response tells nothing.
func (d *Definition) stateAfterBlindUpdate(plan, prior values) values {
	state := values{}
	for name, planned := range plan {
		if state[name] = planned; planned.IsUnknown() {
			state[name] = prior[name]
		}
	}
	return state
}

// warnDifferent warns of a response that has another value than the one that was sent. The name is in the summary because Terraform shows
// only one of several warnings with the same one.
func (d *Definition) warnDifferent(f field, planned, answered attr.Value) diag.Diagnostics {
	next := "the next plan shows the difference, if it is still there"
	switch {
	case f.DriftIgnored:
		next = "no plan shows the difference"
	case f.Immutable:
		next = fmt.Sprintf("the next plan replaces the %s, if the difference is still there. If both are the same %s, set %[2]s to %s",
			d.noun(), f.name, attribute.WithoutURLSecrets(answered))
	}
	return warningAtf(f.path, "Twilio returned a different value for "+f.name, "%s was set to %s, and Twilio accepted the request but "+
		"returned %s. Terraform keeps the configured value; %s.",
		f.name, attribute.WithoutURLSecrets(planned), attribute.WithoutURLSecrets(answered), next)
}
