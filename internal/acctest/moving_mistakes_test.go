package acctest_test

import (
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

// What can go wrong in a move: nothing is created, destroyed or created anew that no stage asks for.

// edit replaces what matches in a file, which it has to.
func (w *workspace) edit(file, pattern, replacement string) {
	w.t.Helper()
	content, err := os.ReadFile(filepath.Join(w.dir, file))
	if err != nil {
		w.t.Fatal(err)
	}
	edited := regexp.MustCompile(pattern).ReplaceAllString(string(content), replacement)
	if edited == string(content) {
		w.t.Fatalf("%s does not match %s", file, pattern)
	}
	w.write(file, edited)
}

// expectRefused checks that a plan with these variables ends in an error with a text.
func (w *workspace) expectRefused(text string, variables ...string) {
	w.t.Helper()
	w.write("terraform.tfvars", strings.Join(variables, "\n"))
	out, err := w.try("plan")
	if err == nil || !strings.Contains(words(out), text) {
		w.t.Errorf("%v, and no %q in\n%s", err, text, out)
	}
	w.expectWrites()
}

// What can't move is refused at another stage than flows, and the error has what to add.
func TestAccGuides_movingRefused(t *testing.T) {
	t.Parallel()
	w := newMove(t)
	for _, stage := range []string{"stopped", "addresses"} {
		w.expectRefused(`still exists, it can stay; add to stage_of: "line" = "flows" "web" = "flows" Don't add one that has moved`, `stage = "`+stage+`"`)
	}
	// Also if the plan is about the Flex Flows alone.
	if out, err := w.try("plan", "-target=twilio_flex_flow.this"); err == nil {
		t.Errorf("not refused:\n%s", out)
	}
	w.expectRefused("web: It has no contact_identity. Set its address in addresses.", `stage = "flows"`, `stage_of = { web = "stopped" }`)
	w.expectRefused("A name in stage_of, addresses or handlers is not one of flex_flows: smss.", `stage = "flows"`, `stage_of = { smss = "stopped" }`)
	w.expectRefused("A name in stage_of, addresses or handlers is not one of flex_flows: webb.", `stage = "flows"`, `addresses = { webb = "website" }`)
	w.expectRefused("A name in stage_of, addresses or handlers is not one of flex_flows: webb.", `stage = "flows"`, `handlers = { webb = { type = "studio" } }`)
	w.expectRefused("The stage is flows, stopped or addresses.", `stage = "stoped"`)
	w.expectRefused("Each stage is flows, stopped or addresses.", `stage = "flows"`, `stage_of = { sms = "stoped" }`)
}

// Once something has moved, what made it movable has to stay.
func TestAccGuides_movingTakenBack(t *testing.T) {
	t.Parallel()
	w := newMove(t)
	w.edit("flex_flows.tf", `(\+15005550006"\n)`, "$1      long_lived       = true\n")
	w.terraform("apply", "-auto-approve")
	variables := []string{`addresses = { web = "website" }`, `drop_long_lived = true`, `stage_of = { line = "flows" }`}
	w.stage("stopped", variables...)
	w.stage("addresses", variables...)
	w.expectAddresses("chat website studio", smsAddress, whatsappAddress)
	w.ResetRequests()
	w.expectRefused("web: It has no contact_identity.", `stage = "addresses"`, variables[1], variables[2])
	w.expectRefused("sms: It is long-lived", `stage = "addresses"`, variables[0], variables[2])
	w.edit("flex_flows.tf", `"studio"`, `"task"`)
	w.expectRefused("sms: The integration type task has no counterpart.", append(variables, `stage = "addresses"`)...)
}

// An entry that is taken out takes with it what it stands for, and nothing else changes.
func TestAccGuides_movingTakenOut(t *testing.T) {
	t.Parallel()
	w := newMove(t)
	w.edit("flex_flows.tf", `(?s)    whatsapp = .*(    web = )`, "$1")
	w.stage("flows")
	w.expectWrites("1 DELETE " + flowsPath)
	w.expectAddresses()
	w.stage("stopped", stay)
	w.stage("addresses", stay)
	w.ResetRequests()
	w.edit("flex_flows.tf", `(?s)    sms = .*(    web = )`, "$1")
	w.stage("flows")
	w.expectWrites("1 DELETE " + addressesPath)
}

// A new name changes nothing, before and after the move.
func TestAccGuides_movingRenamed(t *testing.T) {
	t.Parallel()
	w := newMove(t)
	w.edit("flex_flows.tf", `sms = `, "texts = ")
	w.write("moved.tf", `
moved {
  from = twilio_flex_flow.this["sms"]
  to   = twilio_flex_flow.this["texts"]
}
`)
	w.stage("flows")
	w.expectWrites()
	w.stage("stopped", stay)
	w.stage("addresses", stay)
	w.expectAddresses(smsAddress, whatsappAddress)
	w.ResetRequests()
	w.edit("flex_flows.tf", `texts = `, "sms = ")
	w.write("moved.tf", `
moved {
  from = module.conversations.twilio_conversations_address_configuration.this["texts"]
  to   = module.conversations.twilio_conversations_address_configuration.this["sms"]
}
`)
	w.stage("addresses", stay)
	w.expectWrites()
}

// What moves is what the configuration says at that time: there is no copy that could be out of date.
func TestAccGuides_movingChanged(t *testing.T) {
	t.Parallel()
	w := newMove(t)
	w.edit("flex_flows.tf", `\+15005550006`, "+15005550007")
	w.stage("flows")
	w.expectWrites("1 POST " + flowsPath + "/*")
	w.stage("stopped", stay)
	w.stage("addresses", stay)
	w.expectAddresses("sms +15005550007 studio", whatsappAddress)
}

// Several Flex Flows for one address: all but one go out of the configuration, and that one moves.
func TestAccGuides_movingDuplicates(t *testing.T) {
	t.Parallel()
	w := newMove(t)
	w.edit("flex_flows.tf", `(?s)(    whatsapp = )(.*?\n    }\n)`, "    second = $2$1$2")
	w.edit("flex_flows.tf", `second = (?s)(.*?)whatsapp:`, "second = ${1}WhatsApp:")
	w.stage("flows")
	w.expectWrites("1 POST " + flowsPath)
	w.expectRefused("Several Flex Flows have its type and address: second, whatsapp. Take all but one of them out of flex_flows. Keep one that has moved", `stage = "stopped"`, stay)
	w.edit("flex_flows.tf", `(?s)    second = .*?\n    }\n`, "")
	w.stage("flows")
	w.expectWrites("1 DELETE " + flowsPath)
	w.stage("stopped", stay)
	w.stage("addresses", stay)
	w.expectAddresses(smsAddress, whatsappAddress)
}

// Resources of their own, and one in a module, become those of the guide's configuration.
func TestAccGuides_movingFromOwnResources(t *testing.T) {
	t.Parallel()
	acctest.NeedTerraform(t, "1.3.0")
	w := newExampleWith(t, refusing, "guides/moving-to-flex-conversations")
	names := map[string]string{"main.tf": "", "flex_flows.tf": "", "outputs.tf": ""}
	for name := range names {
		content, err := os.ReadFile(filepath.Join(w.dir, name))
		if err != nil {
			t.Fatal(err)
		}
		names[name] = string(content)
		w.write(name, "")
	}
	w.write("main.tf", requiredProviders+`
resource "twilio_flex_flow" "sms" {
  friendly_name    = "SMS"
  chat_service_sid = "IS11111111111111111111111111111111"
  channel_type     = "sms"
  contact_identity = "+15005550006"
  enabled          = true
  integration_type = "studio"

  integration {
    flow_sid = "FW22222222222222222222222222222222"
  }
}

module "whatsapp" {
  source = "../../modules/flex-channel"

  friendly_name    = "WhatsApp"
  chat_service_sid = "IS11111111111111111111111111111111"
  channel_type     = "whatsapp"
  contact_identity = "whatsapp:+15005550009"
  handler          = { type = "external", url = "https://example.com/flex/inbound" }
}
`)
	w.applyCleanly()
	w.ResetRequests()
	for name, content := range names {
		w.write(name, content)
	}
	w.edit("flex_flows.tf", `(?s)    web = .*`, "  }\n}\n")
	w.write("moved.tf", snippet(t, guidePage, "Flex Flows with resources of their own", 1)+`
moved {
  from = module.whatsapp.twilio_flex_flow.this
  to   = twilio_flex_flow.this["whatsapp"]
}
`)
	w.terraform("init")
	if out := w.terraform("apply", "-auto-approve"); strings.Count(out, "has moved to") != 2 || !strings.Contains(out, "0 added, 0 changed, 0 destroyed") {
		t.Error(out)
	}
	w.expectWrites()
}

// While a deletion is refused, no address configuration is created; without the one that stays, the others are.
func TestAccGuides_movingHalfway(t *testing.T) {
	t.Parallel()
	w := newMove(t)
	flows := w.Flows()
	sms := flows[slices.IndexFunc(flows, func(f flexemulator.Flow) bool { return f.ChannelType == "sms" })]
	w.setFaults(flexemulator.Fault{Method: http.MethodDelete, Path: flowsPath + "/" + sms.SID, Kind: flexemulator.FaultStatus, Status: http.StatusForbidden})
	w.write("terraform.tfvars", "stage = \"addresses\"\n"+stay)
	if out, err := w.try("apply", "-auto-approve"); err == nil || !strings.Contains(out, "403 Forbidden") {
		t.Errorf("%v\n%s", err, out)
	}
	w.expectAddresses()
	w.stageCleanly("addresses", `stage_of = { line = "flows", web = "flows", sms = "flows" }`)
	w.expectAddresses(whatsappAddress)
	w.setFaults()
	w.stageCleanly("addresses", stay)
	w.expectAddresses(smsAddress, whatsappAddress)
}

// A webhook whose URL is secret moves, and so does a Flex Flow whose Studio flow is created in the same apply as the Flex Flow.
func TestAccGuides_movingSensitive(t *testing.T) {
	t.Parallel()
	acctest.NeedTerraform(t, "1.4.0") // the first with terraform_data
	w := newExampleWith(t, refusing, "guides/moving-to-flex-conversations")
	w.write("studio.tf", `
variable "url" {
  sensitive = true
  default   = "https://example.com/hook?key=secret"
}

resource "terraform_data" "studio_flow" {
  input = "FW22222222222222222222222222222222"
}
`)
	w.edit("flex_flows.tf", `"FW2{32}"`, "terraform_data.studio_flow.output")
	w.edit("flex_flows.tf", `({ url = )"https://.*"`, "${1}var.url")
	w.edit("flex_flows.tf", `(whatsapp:\+15005550009"\n)`, "$1      long_lived       = true\n")
	w.applyCleanly()
	if out := w.terraform("output", "not_moved"); !strings.Contains(out, `"whatsapp" = {`) {
		t.Errorf("the reason is not shown:\n%s", out)
	}
	w.expectWrites("4 POST " + flowsPath)
	for _, stage := range []string{"addresses", "flows"} {
		if out := w.stage(stage, stay, "drop_long_lived = true"); strings.Contains(out, "key=secret") {
			t.Errorf("the URL is shown:\n%s", out)
		}
		w.terraform("plan", "-detailed-exitcode")
	}
	w.expectWrites("2 DELETE "+flowsPath, "2 DELETE "+addressesPath, "2 POST "+flowsPath, "2 POST "+addressesPath)
}
