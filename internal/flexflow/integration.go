package flexflow

import (
	"math"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
	"github.com/flex-iac/terraform-provider-twilio/internal/reference"
	"github.com/flex-iac/terraform-provider-twilio/internal/sid"
	"github.com/flex-iac/terraform-provider-twilio/internal/tfresource"
)

// The integration types: what handles a Flex Flow's inbound messages.
const (
	typeStudio   = "studio"
	typeExternal = "external"
	typeTask     = "task"
)

var integrationTypes = []string{typeStudio, typeExternal, typeTask}

var integration = &tfresource.Block{
	Name: "integration", Description: "Settings of what handles inbound messages.",
	TypeName: "integration_type", Types: integrationTypes, Rules: rules,
	Unmanaged: "The Flex Flow goes on handling messages as it does now. To change what handles them, set the block; to stop handling " +
		"them, set enabled to false.",
}

// rules say which attributes each integration type requires and takes.
var rules = []tfresource.Rule{
	{RequiredFor: []string{typeStudio}, Attribute: tfresource.Attribute{
		Name: "flow_sid", Type: attribute.SID(sid.StudioFlow),
		Description: "SID of the Studio flow.", Refers: reference.StudioFlow(reference.IncomingMessage),
	}},
	{RequiredFor: []string{typeExternal}, Attribute: tfresource.Attribute{
		Name: "url", Type: attribute.URL, Description: "URL of the webhook.",
	}},
	{RequiredFor: []string{typeTask}, Attribute: tfresource.Attribute{
		Name: "workspace_sid", Type: attribute.SID(sid.Workspace),
		Description: "SID of the TaskRouter Workspace of the Tasks that are created.", Refers: reference.Workspace,
	}},
	{RequiredFor: []string{typeTask}, Attribute: tfresource.Attribute{
		Name: "workflow_sid", Type: attribute.SID(sid.Workflow),
		Description: "SID of the TaskRouter Workflow of the Tasks that are created.", Refers: reference.Workflow,
	}},
	// The API requires it, and documents a default: it is always sent, and may be left out of the configuration.
	{OptionalFor: []string{typeTask}, Attribute: tfresource.Attribute{
		Name: "channel", Type: attribute.SIDOrName(sid.TaskChannel), Default: types.StringValue("default"),
		Description: "Task Channel of the Tasks that are created, for example `\"sms\"`.", Refers: reference.TaskChannel,
	}},
	{OptionalFor: []string{typeTask}, Attribute: tfresource.Attribute{
		Name: "timeout", Type: attribute.NumberBetween(1, math.MaxInt32), Default: attribute.NumberValue(86400),
		Description: "For how many seconds a Task that is created may wait, 1 or more.",
	}},
	{OptionalFor: []string{typeTask}, Attribute: tfresource.Attribute{
		Name: "priority", Type: attribute.NumberBetween(0, math.MaxInt32), Default: attribute.NumberValue(0),
		Description: "Priority of the Tasks that are created, 0 or higher.",
	}},
	{OptionalFor: []string{typeStudio, typeExternal}, Attribute: tfresource.Attribute{
		Name: "retry_count", Type: attribute.NumberBetween(0, 3), Default: attribute.NumberValue(3),
		Description: "How often the Studio flow or webhook is tried again when it fails, 0 to 3.",
	}},
	{OptionalFor: integrationTypes, Attribute: tfresource.Attribute{
		Name: "creation_on_message", Type: attribute.Boolean,
		Description: "For outbound messages: whether the Task is created only when the contact answers (`true`) or at once, which reserves " +
			"the conversation for the agent (`false`).",
	}},
}
