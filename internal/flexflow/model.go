package flexflow

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// model is a Flex Flow as Terraform holds it.
type model struct {
	ID              types.String   `tfsdk:"id"`
	SID             types.String   `tfsdk:"sid"`
	AccountSID      types.String   `tfsdk:"account_sid"`
	URL             types.String   `tfsdk:"url"`
	DateCreated     types.String   `tfsdk:"date_created"`
	DateUpdated     types.String   `tfsdk:"date_updated"`
	FriendlyName    types.String   `tfsdk:"friendly_name"`
	ChatServiceSID  types.String   `tfsdk:"chat_service_sid"`
	ChannelType     types.String   `tfsdk:"channel_type"`
	ContactIdentity types.String   `tfsdk:"contact_identity"`
	Enabled         types.Bool     `tfsdk:"enabled"`
	IntegrationType types.String   `tfsdk:"integration_type"`
	JanitorEnabled  types.Bool     `tfsdk:"janitor_enabled"`
	LongLived       types.Bool     `tfsdk:"long_lived"`
	Integration     types.Object   `tfsdk:"integration"`
	Timeouts        timeouts.Value `tfsdk:"timeouts"`
}

// An argument is an attribute outside the integration block that a configuration sets and a request sends.
type argument struct {
	name string
	get  func(*model) attr.Value
	keep func(to, from *model)
	send func(*twilio.Params, attr.Value)
}

var arguments = []argument{
	{
		name: "friendly_name",
		get:  func(m *model) attr.Value { return m.FriendlyName },
		keep: func(to, from *model) { to.FriendlyName = from.FriendlyName },
		send: func(p *twilio.Params, v attr.Value) { p.FriendlyName = stringPointer(v) },
	},
	{
		name: "chat_service_sid",
		get:  func(m *model) attr.Value { return m.ChatServiceSID },
		keep: func(to, from *model) { to.ChatServiceSID = from.ChatServiceSID },
		send: func(p *twilio.Params, v attr.Value) { p.ChatServiceSid = stringPointer(v) },
	},
	{
		name: "channel_type",
		get:  func(m *model) attr.Value { return m.ChannelType },
		keep: func(to, from *model) { to.ChannelType = from.ChannelType },
		send: func(p *twilio.Params, v attr.Value) { p.ChannelType = stringPointer(v) },
	},
	{
		name: "contact_identity",
		get:  func(m *model) attr.Value { return m.ContactIdentity },
		keep: func(to, from *model) { to.ContactIdentity = from.ContactIdentity },
		send: func(p *twilio.Params, v attr.Value) { p.ContactIdentity = stringPointer(v) },
	},
	{
		name: "enabled",
		get:  func(m *model) attr.Value { return m.Enabled },
		keep: func(to, from *model) { to.Enabled = from.Enabled },
		send: func(p *twilio.Params, v attr.Value) { p.Enabled = boolPointer(v) },
	},
	{
		name: "janitor_enabled",
		get:  func(m *model) attr.Value { return m.JanitorEnabled },
		keep: func(to, from *model) { to.JanitorEnabled = from.JanitorEnabled },
		send: func(p *twilio.Params, v attr.Value) { p.JanitorEnabled = boolPointer(v) },
	},
	{
		name: "long_lived",
		get:  func(m *model) attr.Value { return m.LongLived },
		keep: func(to, from *model) { to.LongLived = from.LongLived },
		send: func(p *twilio.Params, v attr.Value) { p.LongLived = boolPointer(v) },
	},
	{
		name: "integration_type",
		get:  func(m *model) attr.Value { return m.IntegrationType },
		keep: func(to, from *model) { to.IntegrationType = from.IntegrationType },
		send: func(p *twilio.Params, v attr.Value) { p.IntegrationType = stringPointer(v) },
	},
}

// blank is what a flow is before it exists, so that a create sends what differs from nothing at all.
var blank = model{ContactIdentity: types.StringValue(""), Integration: types.ObjectNull(integrationAttributeTypes())}

// params are the parameters that turn prior into m: those that differ. The type and all of the integration go together, since
// an update may replace what it does not send. What is null or unknown is not sent.
func (m *model) params(prior *model) twilio.Params {
	var p twilio.Params
	integrationChanges := !m.Integration.IsNull() &&
		(!m.Integration.Equal(prior.Integration) || !m.IntegrationType.Equal(prior.IntegrationType))
	for _, a := range arguments {
		value := a.get(m)
		together := integrationChanges && a.name == "integration_type"
		if isKnown(value) && (together || !value.Equal(a.get(prior))) {
			a.send(&p, value)
		}
	}
	if integrationChanges {
		children := m.Integration.Attributes()
		for _, r := range rules {
			if isKnown(children[r.name]) {
				r.send(&p, children[r.name])
			}
		}
	}
	return p
}

// newModel is an answer as Terraform holds it, the one mapping for every path. prior is what Terraform holds already or plans,
// nil for an import or a data source: the API does not know the timeouts, nor whether the configuration has an integration
// block.
func newModel(flow *twilio.FlexFlow, prior *model) model {
	m := model{
		ID:              types.StringValue(flow.SID),
		SID:             types.StringValue(flow.SID),
		AccountSID:      types.StringPointerValue(flow.AccountSID),
		URL:             types.StringPointerValue(flow.URL),
		DateCreated:     types.StringPointerValue(flow.DateCreated),
		DateUpdated:     types.StringPointerValue(flow.DateUpdated),
		FriendlyName:    types.StringPointerValue(flow.FriendlyName),
		ChatServiceSID:  types.StringPointerValue(flow.ChatServiceSID),
		ChannelType:     types.StringPointerValue(flow.ChannelType),
		ContactIdentity: types.StringValue(orZero(flow.ContactIdentity)),
		Enabled:         types.BoolPointerValue(flow.Enabled),
		IntegrationType: types.StringPointerValue(flow.IntegrationType),
		JanitorEnabled:  types.BoolValue(orZero(flow.JanitorEnabled)),
		LongLived:       types.BoolValue(orZero(flow.LongLived)),
	}
	if prior != nil {
		m.Timeouts = prior.Timeouts
	}
	m.Integration = newIntegration(flow.Integration, m.IntegrationType, prior)
	return m
}

// newIntegration is the integration of an answer: what the type does not have is left out, what is absent or null is the
// documented default.
func newIntegration(answered *twilio.Integration, integrationType types.String, prior *model) types.Object {
	none := types.ObjectNull(integrationAttributeTypes())
	switch {
	case prior != nil && prior.Integration.IsNull():
		return none // not managed
	case answered == nil && prior != nil && (prior.IntegrationType.IsUnknown() || prior.IntegrationType.Equal(integrationType)):
		return knownOrNull(prior.Integration) // the API is silent, which says nothing against what is known
	case answered == nil:
		return none
	}
	typed := slices.Contains(integrationTypes, integrationType.ValueString())
	handled := false // by something: a flow, a webhook, a Workflow
	object := integrationObject(func(r rule) attr.Value {
		value := r.get(answered)
		switch {
		case typed && !r.applies(integrationType.ValueString()):
			return r.null()
		case typed && value.IsNull():
			value = r.standard
		}
		handled = handled || (len(r.requiredFor) > 0 && !value.IsNull())
		return value
	})
	if prior == nil && !handled {
		return none // an import of a flow without integration, which may show defaults all the same
	}
	return object
}

// knownOrNull is the block with null for what is still unknown.
func knownOrNull(block types.Object) types.Object {
	children := block.Attributes()
	return integrationObject(func(r rule) attr.Value {
		if value, ok := children[r.name]; ok && isKnown(value) {
			return value
		}
		return r.null()
	})
}

// settle gives the state after a write: what was known in the plan stays, so that an apply can't end in an inconsistent
// result, and the answer gives the rest. Where the answer says otherwise, a warning names the attribute.
func settle(plan, answered model) (model, diag.Diagnostics) {
	var diags diag.Diagnostics
	compare := func(p path.Path, planned, got attr.Value) {
		if got.IsNull() || planned.Equal(got) {
			return
		}
		// The name is in the summary because Terraform shows only one of several warnings with the same one.
		diags.AddAttributeWarning(p, "Twilio answered another "+p.String(),
			fmt.Sprintf("%s was set to %s, and Twilio accepted the call, but answered %s. Terraform keeps the configured value; the next "+
				"plan shows the difference if it is there to stay.", p, planned, got))
	}
	state := answered
	for _, a := range arguments {
		planned, got := a.get(&plan), a.get(&answered)
		if planned.IsUnknown() {
			continue
		}
		a.keep(&state, &plan)
		compare(path.Root(a.name), planned, got)
	}
	if isKnown(plan.Integration) {
		plannedChildren, gotChildren := plan.Integration.Attributes(), answered.Integration.Attributes()
		state.Integration = integrationObject(func(r rule) attr.Value {
			planned, got := plannedChildren[r.name], gotChildren[r.name]
			if got == nil {
				got = r.null()
			}
			if planned.IsUnknown() {
				return got
			}
			compare(integrationPath.AtName(r.name), planned, got)
			return planned
		})
	}
	// Set by Twilio once, and known in every plan but that of a create.
	for _, kept := range []struct{ to, from *types.String }{
		{&state.AccountSID, &plan.AccountSID}, {&state.URL, &plan.URL}, {&state.DateCreated, &plan.DateCreated},
	} {
		if !kept.from.IsUnknown() {
			*kept.to = *kept.from
		}
	}
	return state, diags
}

// parameterName is the name that the API has for an attribute: Integration.FlowSid for integration.flow_sid.
func parameterName(attribute string) string {
	var s strings.Builder
	for _, part := range strings.FieldsFunc(strings.ReplaceAll(attribute, ".", "_._"), func(r rune) bool { return r == '_' }) {
		s.WriteString(strings.ToUpper(part[:1]) + part[1:])
	}
	return s.String()
}

func orZero[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}
