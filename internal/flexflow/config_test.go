package flexflow_test

import (
	"strings"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
)

// SIDs of every kind that a Flex Flow's configuration refers to.
var (
	chatServiceSID = "IS" + strings.Repeat("1", 32)
	studioFlowSID  = "FW" + strings.Repeat("2", 32)
	workspaceSID   = "WS" + strings.Repeat("3", 32)
	workflowSID    = "WW" + strings.Repeat("4", 32)
	taskChannelSID = "TC" + strings.Repeat("5", 32)
)

type args = acctest.Args

// A flow is a configuration of twilio_flex_flow.test. A nil integration is no block.
type flow struct {
	args, integration args
	// rest is what else stands in the resource.
	rest string
}

func (f flow) With(changes args) flow {
	f.args = f.args.With(changes)
	return f
}

func (f flow) withIntegration(changes args) flow {
	f.integration = f.integration.With(changes)
	return f
}

func (f flow) String() string {
	return acctest.ResourceHCL(typeName, f.args, "integration", f.integration, f.rest)
}

var quote = acctest.Quote

// What the tests start from: a flow without integration, and one of each type with nothing optional set.
var (
	bareFlow = flow{args: args{
		"friendly_name":    `"Web chat"`,
		"chat_service_sid": quote(chatServiceSID),
		"channel_type":     `"web"`,
	}}
	studioFlow = flow{
		args:        bareFlow.args.With(args{"integration_type": `"studio"`}),
		integration: args{"flow_sid": quote(studioFlowSID)},
	}
	externalFlow = flow{
		args:        bareFlow.args.With(args{"integration_type": `"external"`}),
		integration: args{"url": `"https://example.com/hook"`},
	}
	taskFlow = flow{
		args:        bareFlow.args.With(args{"integration_type": `"task"`}),
		integration: args{"workspace_sid": quote(workspaceSID), "workflow_sid": quote(workflowSID)},
	}
	flowsByType = map[string]flow{"none": bareFlow, "studio": studioFlow, "external": externalFlow, "task": taskFlow}
)

func newCore(p *acctest.Protocol) *acctest.Core {
	return acctest.NewCore(p, typeName, "integration")
}
