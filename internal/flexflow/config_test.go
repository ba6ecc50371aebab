package flexflow_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// SIDs of every kind that a Flex Flow's configuration refers to.
var (
	chatServiceSID = "IS" + strings.Repeat("1", 32)
	studioFlowSID  = "FW" + strings.Repeat("2", 32)
	workspaceSID   = "WS" + strings.Repeat("3", 32)
	workflowSID    = "WW" + strings.Repeat("4", 32)
	taskChannelSID = "TC" + strings.Repeat("5", 32)
)

// args are arguments of a resource or a block: values in HCL, by name.
type args map[string]string

// with returns a copy with some arguments changed, or taken out where the value is empty.
func (a args) with(changes args) args {
	all := maps.Clone(a)
	maps.Copy(all, changes)
	maps.DeleteFunc(all, func(_, value string) bool { return value == "" })
	return all
}

func (a args) hcl() string {
	var s strings.Builder
	for _, name := range slices.Sorted(maps.Keys(a)) {
		fmt.Fprintf(&s, "  %s = %s\n", name, a[name])
	}
	return s.String()
}

// A flow is a configuration of twilio_flex_flow.test. A nil integration is no block.
type flow struct {
	args, integration args
	// rest is what else stands in the resource.
	rest string
}

func (f flow) with(changes args) flow {
	f.args = f.args.with(changes)
	return f
}

func (f flow) withIntegration(changes args) flow {
	f.integration = f.integration.with(changes)
	return f
}

func (f flow) String() string {
	block := ""
	if f.integration != nil {
		block = "integration {\n" + f.integration.hcl() + "}\n"
	}
	return "resource \"twilio_flex_flow\" \"test\" {\n" + f.args.hcl() + block + f.rest + "}\n"
}

func quote(s string) string { return fmt.Sprintf("%q", s) }

// What the tests start from: a flow without integration, and one of each type with nothing optional set.
var (
	bareFlow = flow{args: args{
		"friendly_name":    `"Web chat"`,
		"chat_service_sid": quote(chatServiceSID),
		"channel_type":     `"web"`,
	}}
	studioFlow = flow{
		args:        bareFlow.args.with(args{"integration_type": `"studio"`}),
		integration: args{"flow_sid": quote(studioFlowSID)},
	}
	externalFlow = flow{
		args:        bareFlow.args.with(args{"integration_type": `"external"`}),
		integration: args{"url": `"https://example.com/hook"`},
	}
	taskFlow = flow{
		args:        bareFlow.args.with(args{"integration_type": `"task"`}),
		integration: args{"workspace_sid": quote(workspaceSID), "workflow_sid": quote(workflowSID)},
	}
	flowsByType = map[string]flow{"none": bareFlow, "studio": studioFlow, "external": externalFlow, "task": taskFlow}
)
