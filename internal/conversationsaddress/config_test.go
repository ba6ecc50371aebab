package conversationsaddress_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

const (
	typeName = "twilio_conversations_address_configuration"
	address  = typeName + ".test"
	path     = "/v1/Configuration/Addresses"
	one      = path + "/*"
)

// SIDs that an address configuration refers to.
var (
	serviceSID      = "IS" + strings.Repeat("1", 32)
	studioFlowSID   = "FW" + strings.Repeat("2", 32)
	otherServiceSID = "IS" + strings.Repeat("3", 32)
	otherFlowSID    = "FW" + strings.Repeat("4", 32)
)

type args = acctest.Args

type configuration = acctest.Configuration

// What the tests start from: an address without auto-creation, and one of each type with nothing optional set.
var (
	bare = configuration{Type: typeName, BlockName: "auto_creation", Args: args{"type": `"sms"`, "address": `"+15005550006"`}}

	webhook = bare.WithBlock(args{"type": `"webhook"`, "webhook_url": `"https://example.com/hook"`})
	studio  = bare.WithBlock(args{"type": `"studio"`, "studio_flow_sid": `"` + studioFlowSID + `"`})
	neither = bare.WithBlock(args{"type": `"default"`})

	byType = map[string]configuration{"none": bare, "webhook": webhook, "studio": studio, "default": neither}
)

// steps runs an address configuration through steps, without Terraform.
func steps(t *testing.T, emulator *acctest.Emulator, all ...acctest.Step) {
	t.Helper()
	acctest.Steps(t, emulator, typeName, "auto_creation", all...)
}

// subject is what the tests of every resource type take.
var subject = acctest.Subject{
	Type: typeName, Block: "auto_creation", List: path, Bases: byType, Changed: changedByType, Behaviors: behaviors, Renamed: renamed,
	Numbered: func(i int) configuration { return studio.With(args{"address": fmt.Sprintf(`"+1500555%04d"`, i)}) },
	Keeps: map[string][]string{
		"webhook": {"Twilio keeps auto_creation.webhook_filters"}, "default": {"Twilio keeps auto_creation.conversation_service_sid"},
	},
	Silent: func(b flexemulator.Behavior) bool { return b.AutoCreation == flexemulator.AutoCreationNull },
	Remove: func(emulator *acctest.Emulator, sid string) { emulator.RemoveAddress(sid) },
	OnByDefault: func(b flexemulator.Behavior) bool {
		return b.AutoCreate && b.AutoCreation != flexemulator.AutoCreationNull
	},
}

func newCore(p *acctest.Protocol) *acctest.Core {
	return acctest.NewCore(p, typeName, "auto_creation")
}
