package flexflow_test

import (
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

var says, at = acctest.Says, acctest.At

func TestAccValidation_invalid(t *testing.T) {
	cases := map[string]struct {
		config flow
		line   string // where Terraform points
		text   string // what it says
	}{
		"friendly name empty": {
			bareFlow.With(args{"friendly_name": `""`}), `friendly_name = ""`, "The value of friendly_name can't be used: it is empty. Set it to at least one character.",
		},
		"friendly name missing": {
			bareFlow.With(args{"friendly_name": ""}), `resource "twilio_flex_flow" "test" {`, `The argument "friendly_name" is required`,
		},
		"chat service SID too short": {
			bareFlow.With(args{"chat_service_sid": `"IS123"`}), `chat_service_sid = "IS123"`,
			`The value of chat_service_sid can't be used: "IS123" is not a chat service SID: it has 5 characters instead of 34.`,
		},
		"chat service SID of another kind": {
			bareFlow.With(args{"chat_service_sid": quote(studioFlowSID)}), "chat_service_sid = " + quote(studioFlowSID),
			`"FW" is the prefix of a Studio flow SID`,
		},
		"chat service SID not hexadecimal": {
			bareFlow.With(args{"chat_service_sid": quote(chatServiceSID[:33] + "x")}), "chat_service_sid =", `what follows "IS" is not hexadecimal`,
		},
		"channel type": {
			bareFlow.With(args{"channel_type": `"telegram"`}), `channel_type = "telegram"`,
			`The value of channel_type can't be used: "telegram" is not one of the accepted values. Set it to "web", "sms", "facebook", "whatsapp", "line" or "custom".`,
		},
		"integration type": {
			studioFlow.With(args{"integration_type": `"flow"`}), `integration_type = "flow"`,
			`The value of integration_type can't be used: "flow" is not one of the accepted values. Set it to "studio", "external" or "task".`,
		},
		"studio flow SID malformed": {
			studioFlow.WithInBlock(args{"flow_sid": `"FW1"`}), `flow_sid = "FW1"`, `The value of integration.flow_sid can't be used`,
		},
		"workspace SID malformed": {
			taskFlow.WithInBlock(args{"workspace_sid": `"WS1"`}), `workspace_sid = "WS1"`, `The value of integration.workspace_sid can't be used`,
		},
		"workflow SID malformed": {
			taskFlow.WithInBlock(args{"workflow_sid": `"WS1"`}), `workflow_sid = "WS1"`, `The value of integration.workflow_sid can't be used`,
		},
		"task channel SID malformed": {
			taskFlow.WithInBlock(args{"channel": `"TC1"`}), `channel = "TC1"`, `The value of integration.channel can't be used`,
		},
		"task channel empty": {
			taskFlow.WithInBlock(args{"channel": `""`}), `channel = ""`, "an empty value is neither a Task Channel SID nor a unique name",
		},
		"task channel of another kind": {
			taskFlow.WithInBlock(args{"channel": quote(workflowSID)}), `channel = "WW`, `"WW" is the prefix of a TaskRouter Workflow SID`,
		},
		"retry count too high": {
			studioFlow.WithInBlock(args{"retry_count": "4"}), "retry_count = 4", "The value of integration.retry_count can't be used: 4 is out of range. Set it to a number from 0 to 3.",
		},
		"retry count negative": {
			externalFlow.WithInBlock(args{"retry_count": "-1"}), "retry_count = -1", "The value of integration.retry_count can't be used: -1 is out of range.",
		},
		"retry count not whole": {
			studioFlow.WithInBlock(args{"retry_count": "1.5"}), "retry_count = 1.5", "The value of integration.retry_count can't be used: 1.5 is not a whole number. Set it to one.",
		},
		"timeout not whole": {
			taskFlow.WithInBlock(args{"timeout": "0.5"}), "timeout = 0.5", "The value of integration.timeout can't be used: 0.5 is not a whole number.",
		},
		"priority too large to count": {
			taskFlow.WithInBlock(args{"priority": "1e30"}), "priority = 1e30", "The value of integration.priority can't be used: 1e+30 is out of range. Set it to a smaller number.",
		},
		"priority negative": {
			taskFlow.WithInBlock(args{"priority": "-1"}), "priority = -1", "-1 is out of range. Set it to a number from 0 to 2147483647.",
		},
		"timeout zero": {
			taskFlow.WithInBlock(args{"timeout": "0"}), "timeout = 0", "0 is out of range. Set it to a number from 1 to 2147483647.",
		},
		"timeout larger than 32 bits": {
			taskFlow.WithInBlock(args{"timeout": "2147483648"}), "timeout = 2147483648", "2147483648 is out of range.",
		},
		"URL relative": {
			externalFlow.WithInBlock(args{"url": `"/hook"`}), `url = "/hook"`, `The value of integration.url can't be used: it is not an absolute http or https URL`,
		},
		"URL without host": {
			externalFlow.WithInBlock(args{"url": `"https:///hook"`}), `url = "https:///hook"`, "it is not an absolute http or https URL with a host",
		},
		"URL of another scheme": {
			externalFlow.WithInBlock(args{"url": `"ftp://example.com"`}), `url = "ftp://example.com"`, "is not an absolute http or https URL",
		},
		"URL unreadable": {
			externalFlow.WithInBlock(args{"url": `"https://exa mple.com"`}), `url = "https://exa mple.com"`, `it has characters that a URL can't have. Write " " as "%20".`,
		},
		"studio without flow": {
			studioFlow.WithInBlock(args{"flow_sid": "", "retry_count": "1"}), "integration {",
			`integration.flow_sid is required when integration_type is "studio", and is not set.`,
		},
		"external without URL": {
			externalFlow.WithInBlock(args{"url": ""}), "integration {", `integration.url is required when integration_type is "external"`,
		},
		"task without Workspace": {
			taskFlow.WithInBlock(args{"workspace_sid": ""}), "integration {", `integration.workspace_sid is required when integration_type is "task"`,
		},
		"task without Workflow": {
			taskFlow.WithInBlock(args{"workflow_sid": ""}), "integration {", `integration.workflow_sid is required when integration_type is "task"`,
		},
		"task attribute on studio": {
			studioFlow.WithInBlock(args{"priority": "0"}), "priority = 0",
			`integration.priority is set to 0, but does not apply when integration_type is "studio". Remove it, or change integration_type: it applies to task.`,
		},
		"retry count on task": {
			taskFlow.WithInBlock(args{"retry_count": "1"}), "retry_count = 1",
			`integration.retry_count is set to 1, but does not apply when integration_type is "task". Remove it, or change integration_type: it applies to studio and external.`,
		},
		"URL on studio": {
			studioFlow.WithInBlock(args{"url": `"https://example.com"`}), `url = "https://example.com"`, `does not apply when integration_type is "studio"`,
		},
		"channel on external": {
			externalFlow.WithInBlock(args{"channel": `"sms"`}), `channel = "sms"`, `does not apply when integration_type is "external"`,
		},
		"type without block": {
			taskFlow.WithBlock(nil), `integration_type = "task"`,
			`integration_type is "task", but the integration block is missing. Add the block with workspace_sid and workflow_sid. Or remove integration_type: Terraform leaves the integration in Twilio as it is.`,
		},
		"timeout that leaves no time": {
			flow{Type: typeName, Args: bareFlow.Args, Rest: "timeouts {\n read = \"-5s\"\n}\n"}, `read = "-5s"`, `timeouts.read is "-5s", which leaves no time for the operation.`,
		},
		"timeout malformed": {
			flow{Type: typeName, Args: bareFlow.Args, Rest: "timeouts {\n create = \"soon\"\n}\n"}, `create = "soon"`, `"soon" must be a string containing a sequence of decimal numbers`,
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emulator := acctest.NewEmulator(t, flexemulator.Options{})
			acctest.Run(t, emulator, resource.TestStep{
				Config:      c.config.String(),
				PlanOnly:    true,
				ExpectError: regexp.MustCompile(`(?s)` + at(c.line) + `.*` + says(c.text)),
			})
			if calls := emulator.Calls(); len(calls) > 0 {
				t.Errorf("refused at plan, but %d calls were made", len(calls))
			}
		})
	}
}

func TestAccValidation_unknown(t *testing.T) {
	cases := map[string]struct {
		value  string
		config func(expression string) flow
	}{
		"integration type": {`"studio"`, func(e string) flow { return studioFlow.With(args{"integration_type": e}) }},
		"integration type with attributes of every type": {`"studio"`, func(e string) flow {
			return studioFlow.With(args{"integration_type": e}).WithInBlock(args{"retry_count": "2"})
		}},
		"flow SID":                              {quote(studioFlowSID), func(e string) flow { return studioFlow.WithInBlock(args{"flow_sid": e}) }},
		"URL":                                   {`"https://example.com"`, func(e string) flow { return externalFlow.WithInBlock(args{"url": e}) }},
		"chat service SID":                      {quote(chatServiceSID), func(e string) flow { return bareFlow.With(args{"chat_service_sid": e}) }},
		"channel":                               {`"sms"`, func(e string) flow { return taskFlow.WithInBlock(args{"channel": e}) }},
		"retry count":                           {"2", func(e string) flow { return externalFlow.WithInBlock(args{"retry_count": e}) }},
		"foreign attribute that turns out null": {"null", func(e string) flow { return studioFlow.WithInBlock(args{"channel": e}) }},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emulator := acctest.NewEmulator(t, flexemulator.Options{})
			expression, resources := acctest.Later(t, c.value)
			acctest.Run(t, emulator, resource.TestStep{Config: resources + c.config(expression).String(), ConfigPlanChecks: plansCreate})
		})
	}
}

// A value that was unknown in the plan is held to the rules when it becomes known, before any call.
func TestAccValidation_unknownTurnsOutWrong(t *testing.T) {
	cases := map[string]struct {
		value  string
		config func(expression string) flow
		text   string
	}{
		"chat service SID": {`"IS1"`, func(e string) flow { return bareFlow.With(args{"chat_service_sid": e}) }, "is not a chat service SID"},
		"integration type": {
			`"task"`, func(e string) flow { return studioFlow.With(args{"integration_type": e}) },
			`integration.workspace_sid is required when integration_type is "task"`,
		},
		"retry count": {"7", func(e string) flow { return studioFlow.WithInBlock(args{"retry_count": e}) }, "7 is out of range"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emulator := acctest.NewEmulator(t, flexemulator.Options{})
			expression, resources := acctest.Later(t, c.value)
			acctest.Run(t, emulator, resource.TestStep{
				Config:      resources + c.config(expression).String(),
				ExpectError: regexp.MustCompile(`(?s)` + says(c.text)),
			})
			if calls := emulator.Calls(); len(calls) > 0 {
				t.Errorf("refused before the apply, but %d calls were made", len(calls))
			}
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
		Config: resources + flow{Type: typeName, Args: studioFlow.Args, Rest: dynamic}.String(),
		ConfigPlanChecks: resource.ConfigPlanChecks{
			PreApply:             []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, plancheck.ResourceActionCreate)},
			PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
		},
	})
}
