package flexflow_test

import (
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

var mistakes = map[string]acctest.Mistake{
	"friendly name empty": {
		Config: bareFlow.With(args{"friendly_name": `""`}), Attribute: "friendly_name", Line: `friendly_name = ""`,
		Says: "The value of friendly_name can't be used: it is empty. Set it to at least one character.",
	},
	"friendly name missing": {
		Config: bareFlow.With(args{"friendly_name": ""}), ByTerraform: true, Line: `resource "twilio_flex_flow" "test" {`,
		Says: `The argument "friendly_name" is required`,
	},
	"chat service SID too short": {
		Config: bareFlow.With(args{"chat_service_sid": `"IS123"`}), Attribute: "chat_service_sid",
		Says: `The value of chat_service_sid can't be used: "IS123" is not a chat service SID: it has 5 characters instead of 34.`,
	},
	"chat service SID of another kind": {
		Config: bareFlow.With(args{"chat_service_sid": quote(studioFlowSID)}), Attribute: "chat_service_sid",
		Says: `"FW" is the prefix of a Studio flow SID`,
	},
	"chat service SID not hexadecimal": {
		Config: bareFlow.With(args{"chat_service_sid": quote(chatServiceSID[:33] + "x")}), Attribute: "chat_service_sid",
		Says: `what follows "IS" is not hexadecimal`,
	},
	"channel type": {
		Config: bareFlow.With(args{"channel_type": `"telegram"`}), Attribute: "channel_type",
		Says: `The value of channel_type can't be used: "telegram" is not one of the accepted values. Set it to "web", "sms", "facebook", "whatsapp", "line" or "custom".`,
	},
	"integration type": {
		Config: studioFlow.With(args{"integration_type": `"flow"`}), Attribute: "integration_type",
		Says: `The value of integration_type can't be used: "flow" is not one of the accepted values. Set it to "studio", "external" or "task".`,
	},
	"integration type of another API": {
		Config: studioFlow.With(args{"integration_type": `"webhook"`}), Attribute: "integration_type",
		Says: `The value of integration_type can't be used: "webhook" is called "external" here. Set it to "studio", "external" or "task".`,
	},
	"channel type of another API": {
		Config: bareFlow.With(args{"channel_type": `"messenger"`}), Attribute: "channel_type", Says: `"messenger" is called "facebook" here.`,
	},
	"studio flow SID malformed": {
		Config: studioFlow.WithInBlock(args{"flow_sid": `"FW1"`}), Attribute: "integration.flow_sid", Line: `flow_sid = "FW1"`,
		Says: `The value of integration.flow_sid can't be used`,
	},
	"workspace SID malformed": {
		Config: taskFlow.WithInBlock(args{"workspace_sid": `"WS1"`}), Attribute: "integration.workspace_sid",
		Says: `The value of integration.workspace_sid can't be used`,
	},
	"workflow SID malformed": {
		Config: taskFlow.WithInBlock(args{"workflow_sid": `"WS1"`}), Attribute: "integration.workflow_sid",
		Says: `The value of integration.workflow_sid can't be used`,
	},
	"task channel SID malformed": {
		Config: taskFlow.WithInBlock(args{"channel": `"TC1"`}), Attribute: "integration.channel",
		Says: `The value of integration.channel can't be used`,
	},
	"task channel empty": {
		Config: taskFlow.WithInBlock(args{"channel": `""`}), Attribute: "integration.channel",
		Says: "an empty value is neither a Task Channel SID nor a unique name",
	},
	"task channel of another kind": {
		Config: taskFlow.WithInBlock(args{"channel": quote(workflowSID)}), Attribute: "integration.channel",
		Says: `"WW" is the prefix of a TaskRouter Workflow SID`,
	},
	"retry count too high": {
		Config: studioFlow.WithInBlock(args{"retry_count": "4"}), Attribute: "integration.retry_count",
		Says: "The value of integration.retry_count can't be used: 4 is out of range. Set it to a number from 0 to 3.",
	},
	"retry count negative": {
		Config: externalFlow.WithInBlock(args{"retry_count": "-1"}), Attribute: "integration.retry_count",
		Says: "The value of integration.retry_count can't be used: -1 is out of range.",
	},
	"retry count not whole": {
		Config: studioFlow.WithInBlock(args{"retry_count": "1.5"}), Attribute: "integration.retry_count",
		Says: "The value of integration.retry_count can't be used: 1.5 is not a whole number. Use a whole number.",
	},
	"timeout not whole": {
		Config: taskFlow.WithInBlock(args{"timeout": "0.5"}), Attribute: "integration.timeout",
		Says: "The value of integration.timeout can't be used: 0.5 is not a whole number.",
	},
	"priority too large to count": {
		Config: taskFlow.WithInBlock(args{"priority": "1e30"}), Attribute: "integration.priority",
		Says: "The value of integration.priority can't be used: 1000000000000000000000000000000 is out of range. Set it to a number from 0 to 2147483647.",
	},
	"priority negative": {
		Config: taskFlow.WithInBlock(args{"priority": "-1"}), Attribute: "integration.priority",
		Says: "-1 is out of range. Set it to a number from 0 to 2147483647.",
	},
	"timeout zero": {
		Config: taskFlow.WithInBlock(args{"timeout": "0"}), Attribute: "integration.timeout",
		Says: "0 is out of range. Set it to a number from 1 to 2147483647.",
	},
	"timeout larger than 32 bits": {
		Config: taskFlow.WithInBlock(args{"timeout": "2147483648"}), Attribute: "integration.timeout",
		Says: "2147483648 is out of range.",
	},
	"URL relative": {
		Config: externalFlow.WithInBlock(args{"url": `"/hook"`}), Attribute: "integration.url",
		Says: `The value of integration.url can't be used: it is not an absolute http or https URL`,
	},
	"URL without host": {
		Config: externalFlow.WithInBlock(args{"url": `"https:///hook"`}), Attribute: "integration.url",
		Says: "it is not an absolute http or https URL with a host",
	},
	"URL of another scheme": {
		Config: externalFlow.WithInBlock(args{"url": `"ftp://example.com"`}), Attribute: "integration.url",
		Says: "is not an absolute http or https URL",
	},
	"URL unreadable": {
		Config: externalFlow.WithInBlock(args{"url": `"https://exa mple.com"`}), Attribute: "integration.url",
		Says: `it has characters that a URL can't have. Write " " as "%20".`,
	},
	"studio without flow": {
		Config: studioFlow.WithInBlock(args{"flow_sid": "", "retry_count": "1"}), Attribute: "integration.flow_sid", Line: "integration {",
		Says: `integration.flow_sid is required when integration_type is "studio", and is not set.`,
	},
	"external without URL": {
		Config: externalFlow.WithInBlock(args{"url": ""}), Attribute: "integration.url",
		Says: `integration.url is required when integration_type is "external"`,
	},
	"task without Workspace": {
		Config: taskFlow.WithInBlock(args{"workspace_sid": ""}), Attribute: "integration.workspace_sid",
		Says: `integration.workspace_sid is required when integration_type is "task"`,
	},
	"task without Workflow": {
		Config: taskFlow.WithInBlock(args{"workflow_sid": ""}), Attribute: "integration.workflow_sid",
		Says: `integration.workflow_sid is required when integration_type is "task"`,
	},
	"task attribute on studio": {
		Config: studioFlow.WithInBlock(args{"priority": "0"}), Attribute: "integration.priority",
		Says: `integration.priority is set to 0, but does not apply when integration_type is "studio". Remove it, or change integration_type: it applies to task.`,
	},
	"retry count on task": {
		Config: taskFlow.WithInBlock(args{"retry_count": "1"}), Attribute: "integration.retry_count",
		Says: `integration.retry_count is set to 1, but does not apply when integration_type is "task". Remove it, or change integration_type: it applies to studio and external.`,
	},
	"URL on studio": {
		Config: studioFlow.WithInBlock(args{"url": `"https://example.com"`}), Attribute: "integration.url",
		Says: `does not apply when integration_type is "studio"`,
	},
	"channel on external": {
		Config: externalFlow.WithInBlock(args{"channel": `"sms"`}), Attribute: "integration.channel",
		Says: `does not apply when integration_type is "external"`,
	},
	"type without block": {
		Config: taskFlow.WithBlock(nil), Attribute: "integration_type", AtPlan: true, Line: `integration_type = "task"`,
		Says: `integration_type is "task", but the integration block is missing. Add the block with workspace_sid and workflow_sid.`,
	},
	"timeout that leaves no time": {
		Config: flow{Type: typeName, Args: bareFlow.Args, Timeouts: args{"read": `"-5s"`}}, Attribute: "timeouts.read",
		Says: `timeouts.read is "-5s", which leaves no time for the operation.`,
	},
	"timeout malformed": {
		Config: flow{Type: typeName, Args: bareFlow.Args, Timeouts: args{"create": `"soon"`}}, Attribute: "timeouts.create", Line: `create = "soon"`,
		Says: `"soon" must be a string containing a sequence of decimal numbers`,
	},
}

func TestValidation_invalid(t *testing.T) { acctest.TestMistakes(t, subject, mistakes) }

// Terraform points at the line, at plan, and no call is made.
func TestAccValidation_invalid(t *testing.T) { acctest.TestMistakeLines(t, mistakes) }

// unsure is a configuration with a value that is not known yet, and what it turns out to be.
func unsure(f flow, name, value string) acctest.Step {
	return acctest.Step{Unsure: f.Set(name, acctest.Unknown).Values(), Config: f.Set(name, value).Values(), Plans: creates}
}

// A value that is not known in the plan passes, and the plan after the apply is empty.
func TestValidation_unknown(t *testing.T) {
	for name, step := range map[string]acctest.Step{
		"integration type": unsure(studioFlow, "integration_type", `"studio"`),
		"integration type with attributes of every type": unsure(studioFlow.WithInBlock(args{"retry_count": "2"}), "integration_type", `"studio"`),
		"flow SID":                              unsure(studioFlow, "integration.flow_sid", quote(studioFlowSID)),
		"URL":                                   unsure(externalFlow, "integration.url", `"https://example.com"`),
		"chat service SID":                      unsure(bareFlow, "chat_service_sid", quote(chatServiceSID)),
		"channel":                               unsure(taskFlow, "integration.channel", `"sms"`),
		"retry count":                           unsure(externalFlow, "integration.retry_count", "2"),
		"foreign attribute that turns out null": unsure(studioFlow, "integration.channel", "null"),
	} {
		t.Run(name, func(t *testing.T) {
			steps(t, flexemulator.Behavior{}, func(*acctest.Emulator) []acctest.Step { return []acctest.Step{step} })
		})
	}
}

// A value that was unknown in the plan is held to the rules when it becomes known, before any call.
func TestValidation_unknownTurnsOutWrong(t *testing.T) {
	for name, c := range map[string]struct {
		step acctest.Step
		says string
	}{
		"chat service SID": {unsure(bareFlow, "chat_service_sid", `"IS1"`), "is not a chat service SID"},
		"integration type": {unsure(studioFlow, "integration_type", `"task"`), `integration.workspace_sid is required when integration_type is "task"`},
		"retry count":      {unsure(studioFlow, "integration.retry_count", "7"), "7 is out of range"},
	} {
		t.Run(name, func(t *testing.T) {
			steps(t, flexemulator.Behavior{}, func(emulator *acctest.Emulator) []acctest.Step {
				t.Cleanup(func() {
					if calls := emulator.CallsTo(http.MethodPost, "/v1/FlexFlows"); len(calls) > 0 {
						t.Errorf("refused before the apply, but %d creates were sent", len(calls))
					}
				})
				c.step.Fails, c.step.Plans, c.step.Says = true, "", []string{c.says}
				return []acctest.Step{c.step}
			})
		})
	}
}

// A dynamic block whose for_each is unknown is not refused.
func TestAccValidation_unknownBlock(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewEmulator(t, flexemulator.Options{})
	expression, resources := acctest.Later(t, `["`+studioFlowSID+`"]`)
	dynamic := `
  dynamic "integration" {
    for_each = ` + expression + `
    content {
      flow_sid = integration.value
    }
  }
`
	acctest.Run(t, emulator, resource.TestStep{
		Config: resources + flow{Type: typeName, Args: studioFlow.Args, Rest: dynamic}.String(), ConfigPlanChecks: acctest.Plans(address, creates),
	})
}
