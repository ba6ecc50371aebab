package flexflow_test

import (
	"maps"
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

type flow = acctest.Configuration

var quote = acctest.Quote

// What the tests start from: a flow without integration, and one of each type with nothing optional set.
var (
	bareFlow = flow{Type: typeName, BlockName: "integration", Args: args{
		"friendly_name":    `"Web chat"`,
		"chat_service_sid": quote(chatServiceSID),
		"channel_type":     `"web"`,
	}}
	studioFlow   = bareFlow.With(args{"integration_type": `"studio"`}).WithBlock(args{"flow_sid": quote(studioFlowSID)})
	externalFlow = bareFlow.With(args{"integration_type": `"external"`}).WithBlock(args{"url": `"https://example.com/hook"`})
	taskFlow     = bareFlow.With(args{"integration_type": `"task"`}).WithBlock(args{"workspace_sid": quote(workspaceSID), "workflow_sid": quote(workflowSID)})
	flowsByType  = map[string]flow{"none": bareFlow, "studio": studioFlow, "external": externalFlow, "task": taskFlow}
)

func newCore(p *acctest.Protocol) *acctest.Core {
	return acctest.NewCore(p, typeName, "integration")
}

// with returns a copy of a map with one more value.
func with(m map[string]any, key string, value any) map[string]any {
	all := maps.Clone(m)
	all[key] = value
	return all
}
