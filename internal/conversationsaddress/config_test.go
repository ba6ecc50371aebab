package conversationsaddress_test

import (
	"strings"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
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

// A configuration is one of twilio_conversations_address_configuration.test. A nil autoCreation is no block.
type configuration struct {
	args, autoCreation args
	// rest is what else stands in the resource.
	rest string
}

func (c configuration) with(changes args) configuration {
	c.args = c.args.With(changes)
	return c
}

func (c configuration) withAutoCreation(changes args) configuration {
	c.autoCreation = c.autoCreation.With(changes)
	return c
}

func (c configuration) String() string {
	return acctest.ResourceHCL(typeName, c.args, "auto_creation", c.autoCreation, c.rest)
}

// What the tests start from: an address without auto-creation, and one of each type with nothing optional set.
var (
	bare = configuration{args: args{"type": `"sms"`, "address": `"+15005550006"`}}

	webhook = configuration{args: bare.args, autoCreation: args{"type": `"webhook"`, "webhook_url": `"https://example.com/hook"`}}
	studio  = configuration{args: bare.args, autoCreation: args{"type": `"studio"`, "studio_flow_sid": `"` + studioFlowSID + `"`}}
	neither = configuration{args: bare.args, autoCreation: args{"type": `"default"`}}

	byType = map[string]configuration{"none": bare, "webhook": webhook, "studio": studio, "default": neither}
)

// values is the configuration for the protocol.
func (c configuration) values() map[string]any {
	return acctest.ResourceValues(c.args, "auto_creation", c.autoCreation)
}

// steps runs an address configuration through steps, without Terraform.
func steps(t *testing.T, emulator *acctest.Emulator, all ...acctest.Step) {
	t.Helper()
	acctest.Steps(t, emulator, typeName, "auto_creation", all...)
}

func newCore(p *acctest.Protocol) *acctest.Core {
	return acctest.NewCore(p, typeName, "auto_creation")
}
