package conversationsaddress

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
	"github.com/flex-iac/terraform-provider-twilio/internal/reference"
	"github.com/flex-iac/terraform-provider-twilio/internal/sid"
	"github.com/flex-iac/terraform-provider-twilio/internal/tfresource"
)

// The types of auto-creation: what handles a message that belongs to no conversation yet.
const (
	typeWebhook = "webhook"
	typeStudio  = "studio"
	typeDefault = "default"
)

var (
	autoCreationTypes = []string{typeWebhook, typeStudio, typeDefault}
	events            = attribute.OpenEnum(
		"onMessageAdded", "onMessageUpdated", "onMessageRemoved", "onConversationUpdated", "onConversationStateUpdated", "onConversationRemoved",
		"onParticipantAdded", "onParticipantUpdated", "onParticipantRemoved", "onDeliveryUpdated",
	)
)

var autoCreation = &tfresource.Block{
	Name: "auto_creation", Description: "What happens to a message that belongs to no conversation yet.",
	TypeName: "type", Types: autoCreationTypes, Rules: rules,
	Unmanaged: "The address goes on creating conversations as it does now. To change what it creates, set the block; to stop it, set the " +
		"block as it was, with enabled = false.",
}

// rules say which attributes each type of auto-creation requires and takes.
var rules = []tfresource.Rule{
	{OptionalFor: autoCreationTypes, Idle: types.BoolValue(false), SurvivesTypeChange: true, Attribute: tfresource.Attribute{
		Name: "enabled", Type: attribute.Boolean, Description: "Whether a conversation is created.",
	}},
	{OptionalFor: autoCreationTypes, Idle: types.StringValue(typeDefault), Attribute: tfresource.Attribute{
		Name: "type", Type: attribute.Enum(autoCreationTypes...).Meaning(map[string]string{"external": typeWebhook}),
		Description: "What handles the conversation: a webhook, a Studio flow, or neither.",
	}},
	{OptionalFor: autoCreationTypes, SurvivesTypeChange: true, Attribute: tfresource.Attribute{
		Name: "conversation_service_sid", Type: attribute.SID(sid.ConversationService).OrEmpty(),
		Description: "SID of the Conversation Service in which the conversation is created.", Refers: reference.Service,
		Omitted: "Twilio uses the account's default service where none was ever set.",
	}},
	{RequiredFor: []string{typeStudio}, Attribute: tfresource.Attribute{
		Name: "studio_flow_sid", Type: attribute.SID(sid.StudioFlow), Description: "SID of the Studio flow.",
		Refers: reference.StudioFlow(reference.IncomingConversation),
	}},
	{OptionalFor: []string{typeStudio}, Attribute: tfresource.Attribute{
		Name: "studio_retry_count", Type: attribute.NumberBetween(0, 3), Default: attribute.NumberValue(0),
		Description: "How often the Studio flow is tried again when it fails, 0 to 3.",
	}},
	{RequiredFor: []string{typeWebhook}, Attribute: tfresource.Attribute{
		Name: "webhook_url", Type: attribute.URL, Description: "URL of the webhook.",
	}},
	// The vendor's document has the methods in lower case for requests, and in upper case in its examples of responses.
	{OptionalFor: []string{typeWebhook}, Attribute: tfresource.Attribute{
		Name: "webhook_method", Type: attribute.Enum("GET", "POST").SentLower(), Description: "HTTP method by which the webhook is called.",
	}},
	{OptionalFor: []string{typeWebhook}, Attribute: tfresource.Attribute{
		Name: "webhook_filters", Type: attribute.SetOf(events), Description: "Events for which the webhook is called.",
	}},
}
