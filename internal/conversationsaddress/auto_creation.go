package conversationsaddress

import (
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
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
	methods           = []string{"GET", "POST"}
	events            = []string{
		"onMessageAdded", "onMessageUpdated", "onMessageRemoved", "onConversationUpdated", "onConversationStateUpdated", "onConversationRemoved",
		"onParticipantAdded", "onParticipantUpdated", "onParticipantRemoved", "onDeliveryUpdated",
	}
)

var autoCreation = tfresource.Block{
	Name: "auto_creation", Description: "What happens to a message that belongs to no conversation yet.",
	Remark:   " Without the block, Terraform leaves the auto-creation in Twilio as it is.",
	TypeName: "type", Types: autoCreationTypes, Rules: rules,
	Texts: tfresource.BlockTexts{
		Title: "Auto-creation", Nothing: "Null where nothing is set.",
		Removed: "goes on creating conversations as it does now. To change what it creates, set the block; to stop it, set the block as it was, with enabled = false.",
	},
}

// rules are the one place where it stands what each attribute is to the types of auto-creation.
var rules = []tfresource.Rule{
	{OptionalFor: autoCreationTypes, ProvesBlock: true, Idle: types.BoolValue(false), Lasting: true, Attribute: tfresource.Attribute{
		Name: "enabled", Type: attribute.Boolean, Description: "Whether a conversation is created.",
		Remark: " If omitted, Twilio chooses the value; no default is documented.",
	}},
	{OptionalFor: autoCreationTypes, ProvesBlock: true, Idle: types.StringValue(typeDefault), Attribute: tfresource.Attribute{
		Name: "type", Type: attribute.Text, Values: autoCreationTypes, Validators: []validator.Describer{attribute.OneOf(autoCreationTypes...)},
		Description: "What handles the conversation: a webhook, a Studio flow, or neither. One of " + attribute.Quoted(autoCreationTypes) + ".",
		Remark:      " It decides which attributes the block takes. If omitted, Twilio decides.",
	}},
	{OptionalFor: autoCreationTypes, Lasting: true, Attribute: tfresource.Attribute{
		Name: "conversation_service_sid", Type: attribute.Text, Validators: []validator.Describer{sid.ConversationService.Validator()},
		Description: "SID of the Conversation Service in which the conversation is created: " + sid.ConversationService.Markdown() + ".",
		Remark:      " Twilio uses the account's default service where none was ever set. If removed, it stays as it is in Twilio.",
	}},
	{RequiredFor: []string{typeStudio}, ProvesBlock: true, Attribute: tfresource.Attribute{
		Name: "studio_flow_sid", Type: attribute.Text, Validators: []validator.Describer{sid.StudioFlow.Validator()},
		Description: "SID of the Studio flow: " + sid.StudioFlow.Markdown() + ".",
	}},
	{OptionalFor: []string{typeStudio}, Attribute: tfresource.Attribute{
		Name: "studio_retry_count", Type: attribute.Number, Default: attribute.NewWholeNumber(0), Validators: []validator.Describer{attribute.Between(0, 3)},
		Description: "How often the Studio flow is tried again when it fails, 0 to 3.",
	}},
	{RequiredFor: []string{typeWebhook}, ProvesBlock: true, Attribute: tfresource.Attribute{
		Name: "webhook_url", Type: attribute.Text, Validators: []validator.Describer{attribute.URL()},
		Description: "Address of the webhook: an absolute `http` or `https` URL.",
	}},
	// The vendor's document has the methods in lower case for requests, and in upper case in its examples of responses.
	{OptionalFor: []string{typeWebhook}, Attribute: tfresource.Attribute{
		Name: "webhook_method", Type: attribute.Text, Values: methods, LowerCase: true, Validators: []validator.Describer{attribute.OneOf(methods...)},
		Description: "HTTP method by which the webhook is called. One of " + attribute.Quoted(methods) + ".",
		Remark:      " If omitted, Twilio chooses the value; no default is documented.",
	}},
	{OptionalFor: []string{typeWebhook}, Attribute: tfresource.Attribute{
		Name: "webhook_filters", Type: attribute.TextSet, Validators: []validator.Describer{attribute.SomeOf(events...)},
		Description: "Events for which the webhook is called. Each is " + attribute.Quoted(events) + ".",
		Remark:      " If set, it has at least one element. If omitted, Twilio chooses the value; no default is documented.",
	}},
}
