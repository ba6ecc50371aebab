package acctest_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// What comes before and after the stages of a move: see moving_test.go.

// An address that somebody configured already is refused, and then adopted by an import.
func TestAccGuides_movingAdopted(t *testing.T) {
	t.Parallel()
	acctest.NeedTerraform(t, "1.5.0")
	w := newMove(t)
	w.stage("stopped", stay)
	w.AddAddress(flexemulator.Address{Type: "sms", Address: "+15005550006", AutoCreation: map[string]any{"enabled": true, "type": "default"}})
	w.write("terraform.tfvars", "stage = \"addresses\"\n"+stay)
	if out, err := w.try("apply", "-auto-approve"); err == nil || !strings.Contains(out, "409 Conflict") {
		t.Errorf("%v\n%s", err, out)
	}
	w.ResetRequests()
	w.write("import.tf", `
import {
  to = module.conversations.twilio_conversations_address_configuration.this["sms"]
  id = "+15005550006"
}
`)
	if out := w.stage("addresses", stay); !strings.Contains(out, "1 imported, 0 added, 1 changed, 0 destroyed") {
		t.Error(out)
	}
	w.expectWrites("1 POST " + addressesPath + "/*")
	w.expectAddresses(smsAddress, whatsappAddress)
}

// When the move is over, the addresses get resources of their own, without a write, and what could not move stays.
func TestAccGuides_movingOver(t *testing.T) {
	t.Parallel()
	w := newMove(t)
	w.stage("stopped", stay)
	w.stage("addresses", stay)
	w.ResetRequests()
	for _, file := range []string{"variables.tf", "outputs.tf", "terraform.tfvars"} {
		if err := os.Remove(filepath.Join(w.dir, file)); err != nil {
			t.Fatal(err)
		}
	}
	w.edit("flex_flows.tf", `(?s)    sms = .*(    web = )`, "$1")
	w.edit("main.tf", `(?s)# The address.*?\n}\n`, "")
	w.edit("main.tf", `for_each = {.*`, "for_each = local.flex_flows")
	w.write("addresses.tf", `
resource "twilio_conversations_address_configuration" "sms" {
  type          = "sms"
  address       = "+15005550006"
  friendly_name = "SMS"

  auto_creation {
    enabled            = true
    type               = "studio"
    studio_flow_sid    = "FW22222222222222222222222222222222"
    studio_retry_count = 3
  }
}

resource "twilio_conversations_address_configuration" "whatsapp" {
  type          = "whatsapp"
  address       = "whatsapp:+15005550009"
  friendly_name = "WhatsApp"

  auto_creation {
    enabled         = true
    type            = "webhook"
    webhook_url     = "https://example.com/flex/inbound"
    webhook_method  = "POST"
    webhook_filters = ["onMessageAdded"]
  }
}
`)
	w.write("moved.tf", `
moved {
  from = module.conversations.twilio_conversations_address_configuration.this["sms"]
  to   = twilio_conversations_address_configuration.sms
}

moved {
  from = module.conversations.twilio_conversations_address_configuration.this["whatsapp"]
  to   = twilio_conversations_address_configuration.whatsapp
}
`)
	if out := w.terraform("apply", "-auto-approve"); strings.Count(out, "has moved to") != 2 || !strings.Contains(out, "0 added, 0 changed, 0 destroyed") {
		t.Error(out)
	}
	w.write("moved.tf", "")
	w.terraform("plan", "-detailed-exitcode")
	w.expectWrites()
}

// toFile is what finds the Flex Flows that Terraform does not manage.
const toFile = requiredProviders + `
data "twilio_flex_flows" "all" {}

output "flex_flows" {
  value = { for flow in data.twilio_flex_flows.all.flex_flows : flow.sid => flow }
}
`

// newFile is a workspace in a folder of examples, and flex_flows.json in it, for an account with Flex Flows of all kinds.
func newFile(t *testing.T, behavior flexemulator.Behavior, folder string) *workspace {
	t.Helper()
	acctest.NeedTerraform(t, "1.3.0")
	behavior.RefuseAddressesOfFlows, behavior.RefuseDuplicateAddresses = true, true
	w := newExampleWith(t, behavior, folder)
	for _, f := range migrated {
		f.FriendlyName = "Support"
		if f.ChannelType == "whatsapp" {
			f.ContactIdentity = "whatsapp:+15005550007" // the emulator refuses a number that any channel has
		}
		w.Add(f)
	}
	w.addFlow(func(f *flexemulator.Flow) { f.IntegrationType, f.Integration = nil, nil })
	find := *w
	find.dir = t.TempDir()
	find.write("main.tf", toFile)
	find.applyCleanly()
	command := installation.Command(t.Context(), find.dir, find.environment, "output", "-json", "flex_flows")
	out, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	w.write("flex_flows.json", string(out))
	w.ResetRequests()
	return w
}

// sidOf finds a Flex Flow of newFile by its channel.
func (w *workspace) sidOf(channel string) string {
	w.t.Helper()
	flows := w.Flows()
	i := slices.IndexFunc(flows, func(f flexemulator.Flow) bool { return f.ChannelType == channel && f.SID != exampleSID })
	if i < 0 {
		w.t.Fatalf("no %s in %v", channel, flows)
	}
	return flows[i].SID
}

// The file brings back those that are listed, with all that they were, though their names are alike; and no other one.
func TestAccGuides_backToFlexFlows(t *testing.T) {
	t.Parallel()
	w := newFile(t, flexemulator.Behavior{}, "guides/back-to-flex-flows")
	w.applyCleanly()
	w.expectWrites()
	before := w.Flows()
	var deleted []string
	for _, f := range before {
		if f.ChannelType != "whatsapp" {
			deleted = append(deleted, fmt.Sprintf("%q", f.SID))
			w.Remove(f.SID)
		}
	}
	w.edit("main.tf", `recreate = \[\]`, "recreate = ["+strings.Join(deleted, ", ")+"]")
	w.applyCleanly()
	w.expectWrites("3 POST " + flowsPath)
	if now := w.Flows(); len(now) != len(before) {
		t.Errorf("%d Flex Flows, and not %d", len(now), len(before))
	}
	for _, f := range w.Flows() {
		// Not the whole integration: what has a default is sent.
		if !slices.ContainsFunc(before, func(b flexemulator.Flow) bool {
			return b.FriendlyName == f.FriendlyName && b.ContactIdentity == f.ContactIdentity && fmt.Sprint(b.Integration["url"], b.Integration["flow_sid"]) == fmt.Sprint(f.Integration["url"], f.Integration["flow_sid"])
		}) {
			t.Errorf("%+v was none of %+v", f, before)
		}
	}
}

// As the module's README says, for Flex Flows that Terraform does not manage: the data source finds them, and the file outlives them.
func TestAccModules_flexFlowToConversations(t *testing.T) {
	for name, behavior := range migrationBehaviors {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newFile(t, behavior, "guides")
			web, sms := w.sidOf("web"), w.sidOf("sms")
			use := requiredProviders + `
module "conversations" {
  source = "../modules/flex-flow-to-conversations"

  flex_flows = jsondecode(file("flex_flows.json"))
  stage      = "flows"
  addresses  = { ` + web + ` = "website" }
}

output "not_moved" {
  value = module.conversations.not_moved
}
`
			w.write("main.tf", use)
			w.applyCleanly()
			w.expectWrites()
			if out := w.terraform("output"); !strings.Contains(out, "The integration type task has no counterpart") || !strings.Contains(out, "It is long-lived") {
				t.Error(out)
			}
			w.Remove(web)
			w.Remove(sms)
			w.write("main.tf", strings.Replace(use, `"flows"`, fmt.Sprintf("%q\n  stage_of = { %s = %q, %s = %q }", "flows", web, "addresses", sms, "addresses"), 1))
			w.applyCleanly()
			w.expectWrites("2 POST " + addressesPath)
			w.expectAddresses("chat website studio", "sms +15005550006 webhook")
		})
	}
}

// With the same file, Flex Flows that Terraform does not manage are imported, and then move as the guide says.
func TestAccGuides_movingImported(t *testing.T) {
	for name, behavior := range migrationBehaviors {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			acctest.NeedTerraform(t, "1.7.0") // the first with for_each in import blocks
			w := newFile(t, behavior, "guides/moving-to-flex-conversations")
			sms := w.sidOf("sms")
			w.write("flex_flows.tf", `
locals {
  flex_flows = jsondecode(file("${path.module}/flex_flows.json"))
}
`)
			w.write("import.tf", `
import {
  for_each = local.flex_flows
  to       = twilio_flex_flow.this[each.key]
  id       = each.key
}
`)
			w.terraform("init")
			w.expectImported("4", "flex_flows.json")
			w.write("import.tf", "")
			w.stage("flows", "stage_of = { "+sms+` = "stopped" }`)
			w.stage("flows", "stage_of = { "+sms+` = "addresses" }`)
			w.expectWrites("1 DELETE "+flowsPath, "1 POST "+addressesPath)
			w.expectAddresses("sms +15005550006 webhook")
		})
	}
}

// When Twilio no longer answers for Flex Flows, the state still has what the file needs.
func TestAccGuides_movingWithoutAPI(t *testing.T) {
	t.Parallel()
	acctest.NeedTerraform(t, "1.3.0")
	w := newExampleWith(t, refusing, "guides/moving-to-flex-conversations")
	w.applyCleanly()
	for _, f := range w.Flows() {
		w.Remove(f.SID)
	}
	gone := flexemulator.Fault{Kind: flexemulator.FaultStatus, Status: http.StatusGone}
	list, one := gone, gone
	list.Path, one.Path = flowsPath, flowsPath+"/*"
	w.setFaults(list, one)

	if out := w.terraform("apply", "-refresh=false", "-auto-approve"); !strings.Contains(out, "0 added, 0 changed, 0 destroyed") {
		t.Error(out)
	}
	w.terraform("state", "rm", "twilio_flex_flow.this")
	w.edit("main.tf", `(?s)# The Flex Flows of.*`, "")
	w.stage("addresses", stay)
	if calls := w.Calls(); slices.ContainsFunc(calls, func(r flexemulator.Request) bool { return strings.HasPrefix(r.Path, flowsPath) }) {
		t.Errorf("Flex Flows were asked for: %v", calls)
	}
	w.expectWrites("2 POST " + addressesPath)
	w.expectAddresses(smsAddress, whatsappAddress)
}
