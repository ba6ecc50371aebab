package flexflow_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
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

// subject is what the tests of every resource type take.
var subject = acctest.Subject{
	Type: typeName, Block: "integration", List: "/v1/FlexFlows", Bases: flowsByType, Changed: changedByType, Behaviors: behaviors, Renamed: renamed,
	Numbered:    func(i int) flow { return studioFlow.With(args{"contact_identity": fmt.Sprintf(`"+1500555%04d"`, i)}) },
	Silent:      func(b flexemulator.Behavior) bool { return b.Integration == flexemulator.IntegrationNull },
	OnByDefault: func(flexemulator.Behavior) bool { return false },
	Remove:      func(emulator *acctest.Emulator, sid string) { emulator.Remove(sid) },
}

// changedByType has optional attributes of each type set.
var (
	renamed       = args{"friendly_name": `"Renamed"`}
	changedByType = map[string]flow{
		"none": changed(bareFlow), "studio": changed(studioFlow).WithInBlock(onMessage), "external": changed(externalFlow).WithInBlock(onMessage),
		"task": changed(taskFlow).WithInBlock(onMessage),
	}
	onMessage = args{"creation_on_message": "true"}
)

func changed(f flow) flow { return f.With(renamed).With(args{"long_lived": "true"}) }

const (
	creates = plancheck.ResourceActionCreate
	updates = plancheck.ResourceActionUpdate
	nothing = plancheck.ResourceActionNoop
)

// steps runs a flow through steps, without Terraform or a network.
func steps(t *testing.T, behavior flexemulator.Behavior, all func(*acctest.Emulator) []acctest.Step) {
	t.Helper()
	acctest.InVirtualTime(t, func(t *testing.T) {
		emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{Behavior: behavior})
		subject.Steps(t, emulator, all(emulator)...)
	})
}

func newCore(p *acctest.Protocol) *acctest.Core {
	return acctest.NewCore(p, typeName, "integration")
}

// with returns a copy of a map with one more value.
func with(m map[string]any, key string, value any) map[string]any {
	all := maps.Clone(m)
	all[key] = value
	return all
}
