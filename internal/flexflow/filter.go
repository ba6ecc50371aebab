package flexflow

import (
	"context"
	"iter"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// A filter narrows lists of Flex Flows. Null attributes match everything.
type filter struct {
	FriendlyName    types.String `tfsdk:"friendly_name"`
	ChannelType     types.String `tfsdk:"channel_type"`
	IntegrationType types.String `tfsdk:"integration_type"`
	Enabled         types.Bool   `tfsdk:"enabled"`
	ContactIdentity types.String `tfsdk:"contact_identity"`
}

// filterDescriptions are the meanings of a filter's attributes, in Markdown; all but enabled are strings.
var filterDescriptions = map[string]string{
	"friendly_name":    "Only Flex Flows with exactly this name.",
	"channel_type":     "Only Flex Flows of this channel. One of " + quoted(channelTypes) + ".",
	"integration_type": "Only Flex Flows of this integration type. One of " + quoted(integrationTypes) + ".",
	"enabled":          "Only Flex Flows that handle messages (`true`), or only those that do not (`false`).",
	"contact_identity": "Only Flex Flows of this address; `\"\"` for those that have none.",
}

// filterValidators are the validators of a filter's strings.
func filterValidators(name string) []validator.String {
	switch name {
	case "friendly_name":
		return []validator.String{attribute.NotEmpty()}
	case "channel_type":
		return []validator.String{attribute.OneOf(channelTypes...)}
	case "integration_type":
		return []validator.String{attribute.OneOf(integrationTypes...)}
	}
	return nil
}

// values are a filter's, by attribute.
func (f filter) values() map[string]attr.Value {
	return map[string]attr.Value{
		"friendly_name": f.FriendlyName, "channel_type": f.ChannelType, "integration_type": f.IntegrationType, "enabled": f.Enabled,
		"contact_identity": f.ContactIdentity,
	}
}

func (f filter) matches(flow attributes) bool {
	values := filter{flow.FriendlyName, flow.ChannelType, flow.IntegrationType, flow.Enabled, flow.ContactIdentity}.values()
	for name, wanted := range f.values() {
		if !wanted.IsNull() && !wanted.Equal(values[name]) {
			return false
		}
	}
	return true
}

// asksFor tells whether the filter narrows by one of the attributes.
func (f filter) asksFor(names []string) bool {
	values := f.values()
	return slices.ContainsFunc(names, func(name string) bool { return values[name] != nil && !values[name].IsNull() })
}

// A found is a flow that a filter lets through, and what of it can't be read. It has no attributes where only that is to be said.
type found struct {
	*attributes
	warnings diag.Diagnostics
}

// find goes through the flows that the filter lets through, a page at a time. The API itself knows the name alone. What can't be read
// of a flow is null, and one where that leaves open whether the filter lets it through is left out. An error is the last that comes.
func (f filter) find(ctx context.Context, client *twilio.Client) iter.Seq2[found, error] {
	return func(yield func(found, error) bool) {
		for flow, err := range client.FlexFlows(ctx, f.FriendlyName.ValueString()) {
			if err != nil {
				yield(found{}, err)
				return
			}
			if flow.SID == "" {
				if !yield(found{warnings: warnNoSID()}, nil) {
					return
				}
				continue
			}
			m := newModel(flow, nil)
			fields := unreadable(flow, nil, m.IntegrationType)
			next := found{&m.attributes, warnUnreadable(flow, fields, leavesNull)}
			if !f.matches(m.attributes) {
				if !f.asksFor(fields) {
					continue
				}
				next = found{nil, warnUnreadable(flow, fields, "Terraform leaves it out, because a filter asks for what can't be read")}
			}
			if !yield(next, nil) {
				return
			}
		}
	}
}

// warnNoSID is the warning about an entry of a list that can't be told apart from others.
func warnNoSID() diag.Diagnostics {
	return diag.Diagnostics{diag.NewWarningDiagnostic("Unable to read a Flex Flow of the list",
		"Twilio's list holds an entry without a well-formed Flex Flow SID. Terraform leaves it out. Check the account's Flex Flows with Twilio's "+
			"API, and please report this to the provider's developers.")}
}
