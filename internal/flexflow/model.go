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

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// attributes are a Flex Flow as the API has it.
type attributes struct {
	ID              types.String `tfsdk:"id"`
	SID             types.String `tfsdk:"sid"`
	AccountSID      types.String `tfsdk:"account_sid"`
	URL             types.String `tfsdk:"url"`
	DateCreated     types.String `tfsdk:"date_created"`
	DateUpdated     types.String `tfsdk:"date_updated"`
	FriendlyName    types.String `tfsdk:"friendly_name"`
	ChatServiceSID  types.String `tfsdk:"chat_service_sid"`
	ChannelType     types.String `tfsdk:"channel_type"`
	ContactIdentity types.String `tfsdk:"contact_identity"`
	Enabled         types.Bool   `tfsdk:"enabled"`
	IntegrationType types.String `tfsdk:"integration_type"`
	JanitorEnabled  types.Bool   `tfsdk:"janitor_enabled"`
	LongLived       types.Bool   `tfsdk:"long_lived"`
	Integration     types.Object `tfsdk:"integration"`
}

// model is a Flex Flow as Terraform holds it.
type model struct {
	attributes
	Timeouts timeouts.Value `tfsdk:"timeouts"`
}

// noTimeouts is the timeouts block that is not there.
func noTimeouts() timeouts.Value {
	return timeouts.Value{Object: types.ObjectNull(map[string]attr.Type{
		"create": types.StringType, "read": types.StringType, "update": types.StringType, "delete": types.StringType,
	})}
}

// An argument is an attribute outside the integration block that Twilio may answer otherwise than Terraform holds it.
type argument struct {
	// name is the attribute's, and its key in an answer.
	name string
	get  func(*model) attr.Value
	keep func(to, from *model)
	// send puts a known value into a request; nil for what Twilio alone sets.
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
	{
		name: "account_sid",
		get:  func(m *model) attr.Value { return m.AccountSID },
		keep: func(to, from *model) { to.AccountSID = from.AccountSID },
	},
	{
		name: "url",
		get:  func(m *model) attr.Value { return m.URL },
		keep: func(to, from *model) { to.URL = from.URL },
	},
	{
		name: "date_created",
		get:  func(m *model) attr.Value { return m.DateCreated },
		keep: func(to, from *model) { to.DateCreated = from.DateCreated },
	},
	{
		name: "date_updated",
		get:  func(m *model) attr.Value { return m.DateUpdated },
		keep: func(to, from *model) { to.DateUpdated = from.DateUpdated },
	},
}

// blank is what a flow is before it exists, so that a create sends what differs from nothing at all.
var blank = model{attributes: attributes{ContactIdentity: types.StringValue(""), Integration: types.ObjectNull(integrationAttributeTypes())}}

// params are the parameters that turn prior into m: those that differ. The type and all of the integration go together, since
// an update may replace what it does not send. What is null or unknown is not sent.
func (m *model) params(prior *model) twilio.Params {
	var p twilio.Params
	integrationChanges := !m.Integration.IsNull() &&
		(!m.Integration.Equal(prior.Integration) || !m.IntegrationType.Equal(prior.IntegrationType))
	for _, a := range arguments {
		value := a.get(m)
		together := integrationChanges && a.name == "integration_type"
		if a.send != nil && isKnown(value) && (together || !value.Equal(a.get(prior))) {
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
// nil for an import or a data source: the API does not know whether the configuration has an integration block. Nor does it know
// the timeouts, which the caller sets. What can't be read of the answer is as in prior, and null without one.
func newModel(flow *twilio.FlexFlow, prior *model) model {
	m := model{attributes: attributes{
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
		IntegrationType: textOrNull(flow.IntegrationType),
		JanitorEnabled:  types.BoolValue(orZero(flow.JanitorEnabled)),
		LongLived:       types.BoolValue(orZero(flow.LongLived)),
	}}
	for _, a := range arguments {
		switch {
		case !slices.Contains(flow.Unreadable, a.name):
		case prior == nil || a.get(prior).IsUnknown():
			a.keep(&m, &model{}) // null
		default:
			a.keep(&m, prior)
		}
	}
	m.Integration = newIntegration(flow, m.IntegrationType, prior)
	return m
}

// newIntegration is the integration of an answer: what the type does not have is left out, what is absent or null is the
// documented default.
func newIntegration(flow *twilio.FlexFlow, integrationType types.String, prior *model) types.Object {
	none, answered := types.ObjectNull(integrationAttributeTypes()), flow.Integration
	// An API that is silent says nothing against what is known.
	silent := answered == nil && prior != nil && (prior.IntegrationType.IsUnknown() || prior.IntegrationType.Equal(integrationType) ||
		slices.Contains(flow.Unreadable, integrationKey))
	switch {
	case prior != nil && prior.Integration.IsNull():
		return none // not managed
	case answered == nil && !silent:
		return none
	case silent:
		answered = &twilio.Integration{}
	}
	handled := false // by something: a flow, a webhook, a Workflow
	object := integrationObject(func(r rule) attr.Value {
		value := r.get(answered)
		unread := slices.Contains(flow.Unreadable, integrationKey+"."+r.name)
		if prior != nil && (silent || unread) {
			value = knownChild(prior.Integration, r)
		}
		switch {
		case isTyped(integrationType) && !r.applies(integrationType.ValueString()):
			return r.null()
		case unread:
		case isTyped(integrationType) && value.IsNull():
			value = r.standard
		}
		handled = handled || len(r.requiredFor) > 0 && (unread || !value.IsNull())
		return value
	})
	if prior == nil && !handled {
		return none // an import of a flow without integration, which may show defaults all the same
	}
	return object
}

// isTyped tells whether a type is one of those that the rules are about.
func isTyped(integrationType types.String) bool {
	return slices.Contains(integrationTypes, integrationType.ValueString())
}

// knownChild is an attribute of the block, null where it is unknown or there is no block.
func knownChild(block types.Object, r rule) attr.Value {
	if value, ok := block.Attributes()[r.name]; ok && isKnown(value) {
		return value
	}
	return r.null()
}

// settle gives the state after a write that turned prior into plan: what was known in the plan stays, so that an apply can't end
// in an inconsistent result, and the answer gives the rest. Where the answer to what changed says otherwise, a warning names the
// attribute.
func settle(plan, prior, answered model) (model, diag.Diagnostics) {
	var diags diag.Diagnostics
	for _, d := range differences(plan, answered) {
		if d.planned.Equal(d.value(&prior)) {
			continue // not asked for now; the next plan sees it, if it matters
		}
		// The name is in the summary because Terraform shows only one of several warnings with the same one.
		planned, isText := d.planned.(types.String)
		got, _ := d.value(&answered).(types.String)
		if isText && strings.EqualFold(strings.TrimSpace(planned.ValueString()), strings.TrimSpace(got.ValueString())) {
			diags.AddAttributeWarning(d.path, "Twilio writes "+d.path.String()+" in another way",
				fmt.Sprintf("Twilio changed the value of %s in letter case or white space alone. So that plans show no difference, set it to %s.",
					d.path, attribute.WithoutURLSecrets(got)))
			continue
		}
		diags.AddAttributeWarning(d.path, "Twilio answered another "+d.path.String(),
			fmt.Sprintf("%s was set to %s, and Twilio accepted the call, but answered %s. Terraform keeps the configured value; the next "+
				"plan shows the difference if it is there to stay.", d.path, attribute.WithoutURLSecrets(d.planned), attribute.WithoutURLSecrets(d.value(&answered))))
	}
	state := answered
	state.Timeouts = plan.Timeouts
	for _, a := range arguments {
		if !a.get(&plan).IsUnknown() {
			a.keep(&state, &plan)
		}
	}
	if isKnown(plan.Integration) {
		state.Integration = integrationObject(func(r rule) attr.Value {
			if planned := plan.Integration.Attributes()[r.name]; !planned.IsUnknown() {
				return planned
			}
			return knownChild(answered.Integration, r)
		})
	}
	return state, diags
}

// A difference is an attribute that was planned to be one thing and answered as another.
type difference struct {
	path    path.Path
	value   func(*model) attr.Value
	planned attr.Value
}

// differences lists what an answer has otherwise than planned. What is not known in the plan, or null in the answer, does not
// differ.
func differences(plan, answered model) []difference {
	var all []difference
	compare := func(p path.Path, value func(*model) attr.Value) {
		if planned, got := value(&plan), value(&answered); isKnown(planned) && isKnown(got) && !planned.Equal(got) {
			all = append(all, difference{p, value, planned})
		}
	}
	for _, a := range arguments {
		compare(path.Root(a.name), a.get)
	}
	for _, r := range rules {
		compare(integrationPath.AtName(r.name), func(m *model) attr.Value { return knownChild(m.Integration, r) })
	}
	return all
}

// matches tells whether a flow is what a plan asks for, in every value that the plan knows and the API tells.
func (m model) matches(flow *twilio.FlexFlow) bool {
	return len(differences(m, newModel(flow, &m))) == 0
}

// equal tells whether two models hold the same, apart from the timeouts.
func (m model) equal(other model) bool {
	for _, a := range arguments {
		if !a.get(&m).Equal(a.get(&other)) {
			return false
		}
	}
	return m.Integration.Equal(other.Integration) && m.ID.Equal(other.ID) && m.SID.Equal(other.SID)
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
