package flexflow

import (
	"context"
	"math"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
	"github.com/flex-iac/terraform-provider-twilio/internal/sid"
)

// schemaVersion is 1 because version 0 is what another provider wrote for a resource of the same name.
const schemaVersion = 1

// descriptions are the attributes' meanings, in Markdown, without what the rule table says of them. What only matters to who sets
// an attribute is in remarks.
var descriptions = map[string]string{
	"account_sid":      "SID of the account that owns the Flex Flow.",
	"channel_type":     "Channel whose messages the Flex Flow handles. One of " + quoted(channelTypes) + ".",
	"chat_service_sid": "SID of the chat service that holds the conversations: " + sidFormat(sid.ChatService) + ".",
	"contact_identity": "Address at which contacts reach the channel, for example a phone number; `\"\"` where there is none.",
	"date_created":     "When the Flex Flow was created, in ISO 8601 and UTC.",
	"date_updated":     "When the Flex Flow was last updated, in ISO 8601 and UTC.",
	"enabled":          "Whether the Flex Flow handles messages.",
	"friendly_name":    "Name that describes the Flex Flow to people. It need not be unique.",
	"id":               "Same as `sid`.",
	"integration":      "Settings of what handles inbound messages.",
	"integration_type": "What handles inbound messages: a Studio flow, an external webhook, or a Task in TaskRouter. One of " + quoted(integrationTypes) + ".",
	"janitor_enabled":  "Whether active Proxy sessions end when their Task is deleted outside the Flex UI.",
	"long_lived":       "Whether a contact's chat channel is kept and used again for later conversations.",
	"sid":              "SID of the Flex Flow: " + sidFormat(sid.FlexFlow) + ".",
	"url":              "Address of the Flex Flow in Twilio's API.",

	"integration.channel": "Task Channel of the Tasks that are created: its SID (" + sidFormat(sid.TaskChannel) + ") or its unique name, for example `\"sms\"`.",
	"integration.creation_on_message": "For outbound messages: whether the Task is created only when the contact answers (`true`) " +
		"or at once, which reserves the conversation for the agent (`false`).",
	"integration.flow_sid":      "SID of the Studio flow: " + sidFormat(sid.StudioFlow) + ".",
	"integration.priority":      "Priority of the Tasks that are created, 0 or higher.",
	"integration.retry_count":   "How often the Studio flow or webhook is tried again when it fails, 0 to 3.",
	"integration.timeout":       "For how many seconds a Task that is created may wait, 1 or more.",
	"integration.url":           "Address of the webhook: an absolute `http` or `https` URL.",
	"integration.workflow_sid":  "SID of the TaskRouter Workflow of the Tasks that are created: " + sidFormat(sid.Workflow) + ".",
	"integration.workspace_sid": "SID of the TaskRouter Workspace of the Tasks that are created: " + sidFormat(sid.Workspace) + ".",
}

var remarks = map[string]string{
	"contact_identity": " Leaving it out means the same. Defaults to `\"\"`.",
	"enabled":          " Twilio documents no default: left out, it is what Twilio makes of it.",
	"friendly_name":    " Not empty.",
	"integration":      " Without the block, Terraform leaves the integration in Twilio as it is.",
	"integration_type": " It decides which attributes the `integration` block takes. Left out, Twilio decides.",
	"janitor_enabled":  " Defaults to `false`.",
	"long_lived":       " Defaults to `false`.",
}

// described is the description of an attribute that a configuration sets.
func described(name string) string { return descriptions[name] + remarks[name] }

func sidFormat(k sid.Kind) string { return "`" + k.Prefix + "` followed by 32 hexadecimal digits" }

func resourceSchema(ctx context.Context) schema.Schema {
	return schema.Schema{
		Version: schemaVersion,
		MarkdownDescription: "Manages a Flex Flow: for one channel of a Twilio Flex contact centre, the chat service it uses and what " +
			"handles its inbound messages.\n\n" +
			"Flex Flows belong to Programmable Chat for Flex, whose end of life Twilio announced for 2026-06-01 in favour of " +
			"Flex Conversations; this resource is for accounts that run Flex Flows.",
		Attributes: map[string]schema.Attribute{
			"id":           kept("id"),
			"sid":          kept("sid"),
			"account_sid":  kept("account_sid"),
			"url":          kept("url"),
			"date_created": kept("date_created"),
			"date_updated": schema.StringAttribute{Computed: true, MarkdownDescription: descriptions["date_updated"]},
			"friendly_name": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: described("friendly_name"),
				Validators:          []validator.String{attribute.NotEmpty()},
			},
			"chat_service_sid": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: described("chat_service_sid"),
				Validators:          []validator.String{sid.ChatService.Validator()},
			},
			"channel_type": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: described("channel_type"),
				Validators:          []validator.String{attribute.OneOf(channelTypes...)},
			},
			"contact_identity": schema.StringAttribute{
				Optional:            true,
				Computed:            true,
				MarkdownDescription: described("contact_identity"),
				Default:             stringdefault.StaticString(""),
			},
			"enabled": schema.BoolAttribute{
				Optional:            true,
				Computed:            true,
				MarkdownDescription: described("enabled"),
				PlanModifiers:       []planmodifier.Bool{boolplanmodifier.UseStateForUnknown()},
			},
			"integration_type": schema.StringAttribute{
				Optional:            true,
				Computed:            true,
				MarkdownDescription: described("integration_type"),
				Validators:          []validator.String{attribute.OneOf(integrationTypes...)},
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
			"janitor_enabled": schema.BoolAttribute{
				Optional:            true,
				Computed:            true,
				MarkdownDescription: described("janitor_enabled"),
				Default:             booldefault.StaticBool(false),
			},
			"long_lived": schema.BoolAttribute{
				Optional:            true,
				Computed:            true,
				MarkdownDescription: described("long_lived"),
				Default:             booldefault.StaticBool(false),
			},
		},
		Blocks: map[string]schema.Block{
			"integration": schema.SingleNestedBlock{
				MarkdownDescription: described("integration"),
				Attributes:          integrationAttributes(),
			},
			"timeouts": timeoutsBlock(ctx),
		},
	}
}

func timeoutsBlock(ctx context.Context) schema.Block {
	block, ok := timeouts.Block(ctx, timeouts.Opts{
		Create: true, CreateDescription: timeoutDescription("creation", defaultWriteTimeout),
		Read: true, ReadDescription: timeoutDescription("a read", defaultReadTimeout),
		Update: true, UpdateDescription: timeoutDescription("an update", defaultWriteTimeout),
		Delete: true, DeleteDescription: timeoutDescription("deletion", defaultWriteTimeout),
	}).(schema.SingleNestedBlock)
	if !ok {
		panic("the timeouts block is not a single one")
	}
	for name, attribute := range block.Attributes {
		text, ok := attribute.(schema.StringAttribute)
		if !ok {
			panic("timeouts." + name + " is not a string")
		}
		text.MarkdownDescription, text.Description = text.Description, ""
		block.Attributes[name] = text
	}
	block.MarkdownDescription = "How long each operation may take. A change of these alone sends nothing to Twilio. Terraform takes `read` and `delete` from the " +
		"state: a change in the configuration has an effect once it was applied, if need be with `terraform apply -refresh=false`."
	return block
}

// kept is an attribute that Twilio sets once.
func kept(name string) schema.StringAttribute {
	return schema.StringAttribute{
		Computed:            true,
		MarkdownDescription: descriptions[name],
		PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
	}
}

// integrationAttributes are optional and computed without plan modifiers: ModifyPlan decides what each one is planned to be.
func integrationAttributes() map[string]schema.Attribute {
	validators := map[string]any{
		"flow_sid":      sid.StudioFlow.Validator(),
		"url":           attribute.URL(),
		"workspace_sid": sid.Workspace.Validator(),
		"workflow_sid":  sid.Workflow.Validator(),
		"channel":       sid.TaskChannel.ValidatorOrUniqueName(),
		"timeout":       attribute.Between(1, math.MaxInt32),
		"priority":      attribute.Between(0, math.MaxInt32),
		"retry_count":   attribute.Between(0, 3),
	}
	attributes := make(map[string]schema.Attribute, len(rules))
	for _, r := range rules {
		description := r.description() + " " + r.sentence()
		switch r.standard.(type) {
		case types.String:
			attributes[r.name] = schema.StringAttribute{
				Optional: true, Computed: true, MarkdownDescription: description,
				Validators: []validator.String{validators[r.name].(validator.String)},
			}
		case attribute.WholeNumber:
			attributes[r.name] = schema.Int64Attribute{
				CustomType: attribute.WholeNumberType{}, Optional: true, Computed: true, MarkdownDescription: description,
				Validators: []validator.Int64{validators[r.name].(validator.Int64)},
			}
		case types.Bool:
			attributes[r.name] = schema.BoolAttribute{Optional: true, Computed: true, MarkdownDescription: description}
		}
	}
	return attributes
}
