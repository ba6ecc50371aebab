// Package flexflow has the definition of a Flex Flow: its API, its attributes, the rules for its integration block, and the upgrade of
// states that older providers wrote.
package flexflow

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
	"github.com/flex-iac/terraform-provider-twilio/internal/reference"
	"github.com/flex-iac/terraform-provider-twilio/internal/sid"
	"github.com/flex-iac/terraform-provider-twilio/internal/tfresource"
	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// Kind is a Flex Flow in Twilio's API.
var Kind = twilio.Kind{
	SID: sid.FlexFlow, Host: "flex-api", Path: "/v1/FlexFlows", ListKey: "flex_flows", PageSize: 1000,
	Filter:         "FriendlyName",
	Distinguishing: []string{"FriendlyName", "ChatServiceSid", "ChannelType", "ContactIdentity"},
}

// Definition is a Flex Flow in Terraform.
var Definition = &tfresource.Definition{
	Kind: Kind, TypeName: "flex_flow",
	SchemaVersion: 1, // version 0 is what another provider wrote for a resource of the same name
	Description: "Manages a Flex Flow: for one channel of a Twilio Flex contact centre, the chat service it uses and what " +
		"handles its inbound messages.\n\nFlex Flows belong to Programmable Chat for Flex, which reached its end of life on " +
		"2026-06-01. Flex Conversations replaces it. This resource is for accounts that still run Flex Flows.",
	Attributes: append(tfresource.Common(sid.FlexFlow), attributes...), Blocks: []*tfresource.Block{integration}, Foreign: foreign,
	LookUp: "friendly_name", Narrow: []string{"channel_type", "contact_identity"},
	Filters:  []string{"friendly_name", "channel_type", "integration_type", "enabled", "contact_identity"},
	Conflict: "Another Flex Flow may already use this channel_type and contact_identity. Import that one, or change this one.",
	Unavailable: "Flex Flows came to the end of their life on 2026-06-01, and Twilio may no longer serve them; or the account may not have " +
		"Flex. twilio_conversations_address_configuration takes their place: see the guide Moving from Flex Flows to Flex Conversations. To " +
		"take a Flex Flow out of the state without a request, use a removed block with destroy = false.",
}

// attributes are those of a Flex Flow alone, outside its integration block.
var attributes = []tfresource.Attribute{
	{
		Name: "friendly_name", Type: attribute.NonEmptyText, Role: tfresource.Required,
		Description: "Name that describes the Flex Flow to people. It need not be unique.",
	},
	{
		Name: "chat_service_sid", Type: attribute.SID(sid.ChatService), Role: tfresource.Required,
		Description: "SID of the chat service that holds the conversations.", Refers: reference.Service,
	},
	{
		Name: "channel_type", Role: tfresource.Required,
		Type: attribute.Enum("web", "sms", "facebook", "whatsapp", "line", "custom").
			Meaning(map[string]string{"messenger": "facebook", "chat": "web"}),
		Description: "Channel whose messages the Flex Flow handles.",
	},
	{
		Name: "contact_identity", Type: attribute.Address, Role: tfresource.Optional, Default: types.StringValue(""),
		Description: "Address at which contacts reach the channel, for example a phone number; `\"\"` for none.",
	},
	{
		Name: "enabled", Type: attribute.Boolean, Role: tfresource.Optional, Description: "Whether the Flex Flow handles messages.",
	},
	{
		Name: "integration_type", Role: tfresource.Optional,
		Type:        attribute.Enum(integrationTypes...).Meaning(map[string]string{"webhook": typeExternal}),
		Description: "What handles inbound messages: a Studio flow, an external webhook, or a Task in TaskRouter.",
	},
	{
		Name: "janitor_enabled", Type: attribute.Boolean, Role: tfresource.Optional, Default: types.BoolValue(false),
		Description: "Whether active Proxy sessions end when their Task is deleted outside the Flex UI.",
	},
	{
		Name: "long_lived", Type: attribute.Boolean, Role: tfresource.Optional, Default: types.BoolValue(false),
		Description: "Whether a contact's chat channel is kept and used again for later conversations.",
	},
}
