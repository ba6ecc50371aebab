package acctest_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
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
	sid := w.Flows()[slices.IndexFunc(w.Flows(), func(f flexemulator.Flow) bool { return f.ChannelType == "sms" })].SID
	w.stage("stopped")
	w.AddAddress(flexemulator.Address{Type: "sms", Address: "+15005550006", AutoCreation: map[string]any{"enabled": true, "type": "default"}})
	w.write("terraform.tfvars", `stage = "addresses"`)
	if out, err := w.try("apply", "-auto-approve"); err == nil || !strings.Contains(out, "409 Conflict") {
		t.Errorf("%v\n%s", err, out)
	}
	w.ResetRequests()
	w.write("import.tf", fmt.Sprintf("import {\n  to = module.conversations.twilio_conversations_address_configuration.this[%q]\n  id = \"+15005550006\"\n}\n", sid))
	if out := w.stage("addresses"); !strings.Contains(out, "1 imported, 0 added, 1 changed, 0 destroyed") {
		t.Error(out)
	}
	w.expectWrites("1 POST " + addressesPath + "/*")
	w.expectAddresses(smsAddress, whatsappAddress)
}

// When the move is over, the addresses get resources of their own, without a write.
func TestAccGuides_movingOver(t *testing.T) {
	t.Parallel()
	w := newMove(t)
	sids := map[string]string{}
	for _, f := range w.Flows() {
		sids[f.ChannelType] = f.SID
	}
	w.stage("stopped")
	w.stage("addresses")
	w.ResetRequests()
	for _, file := range []string{"main.tf", "flex_flows.tf", "variables.tf", "outputs.tf", "terraform.tfvars", "flex_flows.json"} {
		if err := os.Remove(filepath.Join(w.dir, file)); err != nil {
			t.Fatal(err)
		}
	}
	w.write("main.tf", requiredProviders+fmt.Sprintf(`
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

moved {
  from = module.conversations.twilio_conversations_address_configuration.this[%q]
  to   = twilio_conversations_address_configuration.sms
}

moved {
  from = module.conversations.twilio_conversations_address_configuration.this[%q]
  to   = twilio_conversations_address_configuration.whatsapp
}

resource "twilio_flex_flow" "this" {
  for_each = toset(["line", "web"]) # which could not move

  friendly_name    = each.key
  chat_service_sid = "IS11111111111111111111111111111111"
  channel_type     = each.key

  lifecycle {
    ignore_changes = all
  }
}
`, sids["sms"], sids["whatsapp"]))
	w.terraform("init")
	if out := w.terraform("apply", "-auto-approve"); strings.Count(out, "has moved to") != 2 || !strings.Contains(out, "0 added, 0 changed, 0 destroyed") {
		t.Error(out)
	}
	w.expectWrites()
}

// A name that is misspelled stops the plan.
func TestAccGuides_movingMisspelled(t *testing.T) {
	t.Parallel()
	w := newMove(t)
	w.write("terraform.tfvars", "stage = \"flows\"\nstage_of = { smss = \"stopped\" }\n")
	if out, err := w.try("plan"); err == nil || !strings.Contains(out, "A name in stage_of or chat_addresses is not one of local.flex_flows.") {
		t.Errorf("%v\n%s", err, out)
	}
}

// When their configuration is gone, the file has all that the Flex Flows were.
func TestAccGuides_backToFlexFlows(t *testing.T) {
	t.Parallel()
	w := newMove(t)
	before := w.Flows()
	w.terraform("destroy", "-auto-approve")
	w.ResetRequests()
	back := *w
	back.dir = filepath.Join(w.dir, "../back-to-flex-flows")
	content, err := os.ReadFile(filepath.Join(w.dir, "flex_flows.json"))
	if err != nil {
		t.Fatal(err)
	}
	back.write("flex_flows.json", string(content))
	back.applyCleanly()
	back.expectWrites("3 POST " + flowsPath)
	for _, f := range w.Flows() {
		if !slices.ContainsFunc(before, func(b flexemulator.Flow) bool {
			return b.SID != f.SID && b.FriendlyName == f.FriendlyName && b.ContactIdentity == f.ContactIdentity && fmt.Sprint(b.Integration) == fmt.Sprint(f.Integration)
		}) {
			t.Errorf("%+v was none of %+v", f, before)
		}
	}
	back.terraform("destroy", "-auto-approve")
	back.expectNothingLeft()
}

// As the module's README says, for Flex Flows that Terraform does not manage: the data source finds them, and the file outlives them.
func TestAccModules_flexFlowToConversations(t *testing.T) {
	for name, behavior := range migrationBehaviors {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			acctest.NeedTerraform(t, "1.3.0")
			behavior.RefuseAddressesOfFlows, behavior.RefuseDuplicateAddresses = true, true
			w := newExampleWith(t, behavior, "guides")
			for _, f := range migrated {
				w.Add(f)
			}
			w.write("main.tf", requiredProviders+`
data "twilio_flex_flows" "all" {}

output "flex_flows" {
  value = data.twilio_flex_flows.all.flex_flows
}
`)
			w.applyCleanly()
			w.writeFlows()
			for _, f := range w.Flows() {
				w.Remove(f.SID)
			}
			w.write("main.tf", requiredProviders+`
module "conversations" {
  source = "../modules/flex-flow-to-conversations"

  flex_flows = jsondecode(file("flex_flows.json"))
  addresses  = { for flow in jsondecode(file("flex_flows.json")) : flow.sid => "website" if flow.channel_type == "web" }
}

output "not_moved" {
  value = module.conversations.not_moved
}
`)
			w.applyCleanly()
			w.expectWrites("2 POST " + addressesPath)
			w.expectAddresses("chat website studio", "sms +15005550006 webhook")
			if out := w.terraform("output"); !strings.Contains(out, "The integration type task has no counterpart") || !strings.Contains(out, "It is long-lived") {
				t.Error(out)
			}
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

	w.terraform("apply", "-refresh=false", "-auto-approve")
	w.writeFlows()
	if out := w.terraform("apply", "-refresh=false", "-auto-approve"); !strings.Contains(out, "movable") {
		t.Error(out)
	}
	w.terraform("state", "rm", "twilio_flex_flow.this")
	for file, blocks := range map[string]string{"main.tf": `(?s)resource "twilio_flex_flow".*?\n}\n`, "outputs.tf": `(?s)output "flex_flows".*?\n}\n`} {
		content, err := os.ReadFile(filepath.Join(w.dir, file))
		if err != nil {
			t.Fatal(err)
		}
		rest := regexp.MustCompile(blocks).ReplaceAll(content, nil)
		if len(rest) == len(content) {
			t.Fatalf("nothing was taken out of %s", file)
		}
		w.write(file, string(rest))
	}
	w.stage("addresses")
	if calls := w.Calls(); slices.ContainsFunc(calls, func(r flexemulator.Request) bool { return strings.HasPrefix(r.Path, flowsPath) }) {
		t.Errorf("Flex Flows were asked for: %v", calls)
	}
	w.expectWrites("2 POST " + addressesPath)
	w.expectAddresses(smsAddress, whatsappAddress)
}
