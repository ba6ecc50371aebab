package flexflow

import (
	"context"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

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
		return []validator.String{stringvalidator.LengthAtLeast(1)}
	case "channel_type":
		return []validator.String{stringvalidator.OneOf(channelTypes...)}
	case "integration_type":
		return []validator.String{stringvalidator.OneOf(integrationTypes...)}
	}
	return nil
}

func (f filter) matches(flow attributes) bool {
	return (f.FriendlyName.IsNull() || f.FriendlyName.Equal(flow.FriendlyName)) &&
		(f.ChannelType.IsNull() || f.ChannelType.Equal(flow.ChannelType)) &&
		(f.IntegrationType.IsNull() || f.IntegrationType.Equal(flow.IntegrationType)) &&
		(f.Enabled.IsNull() || f.Enabled.Equal(flow.Enabled)) &&
		(f.ContactIdentity.IsNull() || f.ContactIdentity.Equal(flow.ContactIdentity))
}

// find goes through the flows that the filter lets through, a page at a time. The API itself knows the name alone. An error is the
// last that comes.
func (f filter) find(ctx context.Context, client *twilio.Client) iter.Seq2[attributes, error] {
	return func(yield func(attributes, error) bool) {
		for flow, err := range client.FlexFlows(ctx, f.FriendlyName.ValueString()) {
			if err != nil {
				yield(attributes{}, err)
				return
			}
			if found := newModel(flow, nil).attributes; f.matches(found) && !yield(found, nil) {
				return
			}
		}
	}
}
