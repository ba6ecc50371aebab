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

// An address that somebody configured already is named before anything is deleted, and adopted by the plan that moves its Flex Flow.
func TestAccGuides_movingAdopted(t *testing.T) {
	t.Parallel()
	acctest.NeedTerraform(t, "1.5.0")
	w := newMove(t)
	there := w.AddAddress(flexemulator.Address{Type: "sms", Address: "+15005550006", AutoCreation: map[string]any{"enabled": true, "type": "default"}})
	if out := w.stage("flows"); !strings.Contains(words(out), `configured = { "sms" = [ "`+there.SID+`", ] }`) {
		t.Error(out)
	}
	w.ResetRequests()
	w.write("import.tf", snippet(t, guidePage, "If an address is configured already", 1))
	if out := w.stage("addresses", stay); !strings.Contains(out, "1 imported, 1 added, 1 changed, 2 destroyed") || !strings.Contains(out, "configured = {}") {
		t.Error(out)
	}
	w.expectWrites("2 DELETE "+flowsPath, "1 POST "+addressesPath, "1 POST "+addressesPath+"/*")
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
	w.edit("main.tf", `(?s)# What exists.*?# The Flex Flows`, "# The Flex Flows")
	w.edit("main.tf", `for_each = {.*`, "for_each = local.flex_flows")
	addresses, moved := "", ""
	for _, name := range []string{"sms", "whatsapp"} {
		named := strings.NewReplacer(`["sms"]`, fmt.Sprintf("[%q]", name), "configuration.sms", "configuration."+name)
		block := w.shell(named.Replace(snippet(t, guidePage, "When the move is over", 1)))
		block = regexp.MustCompile(`(?m)^    (account_sid|date_created|date_updated|id|sid|url) .*\n`).ReplaceAllString(block, "")
		block = regexp.MustCompile(`(?m)^# .*\n`).ReplaceAllString(block, "")
		addresses += strings.Replace(block, `"this"`, fmt.Sprintf("%q", name), 1)
		moved += named.Replace(snippet(t, guidePage, "When the move is over", 2))
	}
	w.write("addresses.tf", addresses)
	w.write("moved.tf", moved)
	if out := w.terraform("apply", "-auto-approve"); strings.Count(out, "has moved to") != 2 || !strings.Contains(out, "0 added, 0 changed, 0 destroyed") {
		t.Error(out)
	}
	w.write("moved.tf", "")
	w.terraform("plan", "-detailed-exitcode")
	w.expectWrites()
}

// unmanaged and unmanagedAlone are the headings of the guide and of the module's README about Flex Flows that Terraform does not manage.
const (
	unmanaged      = "Flex Flows that Terraform does not manage"
	unmanagedAlone = "For Flex Flows that Terraform does not manage"
)

// newFile is a workspace in a folder of examples, and flex_flows.json in it as a page says, for an account with Flex Flows of all kinds.
func newFile(t *testing.T, behavior flexemulator.Behavior, folder, page, heading string) *workspace {
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
	find.write("main.tf", snippet(t, page, heading, 1))
	find.shell(snippet(t, page, heading, 2))
	content, err := os.ReadFile(filepath.Join(find.dir, "flex_flows.json"))
	if err != nil {
		t.Fatal(err)
	}
	w.write("flex_flows.json", string(content))
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
	w := newFile(t, flexemulator.Behavior{}, "guides/back-to-flex-flows", readmePage, unmanagedAlone)
	w.applyCleanly()
	w.expectWrites()
	before := w.Flows()
	var deleted []string
	for _, f := range before {
		if f.ChannelType != "sms" {
			deleted = append(deleted, fmt.Sprintf("%q", f.SID))
			w.Remove(f.SID)
		}
	}
	w.edit("main.tf", `recreate = \[\]`, "recreate = ["+strings.Join(deleted, ", ")+"]")
	w.applyCleanly()
	w.expectWrites("3 POST " + flowsPath)
	handler := func(f flexemulator.Flow) string {
		return fmt.Sprint(f.Integration["url"], f.Integration["flow_sid"], f.Integration["workflow_sid"], f.Integration["priority"])
	}
	if now := w.Flows(); len(now) != len(before) {
		t.Errorf("%d Flex Flows, and not %d", len(now), len(before))
	}
	for _, f := range w.Flows() {
		// Not the whole integration: what has a default is sent.
		if !slices.ContainsFunc(before, func(b flexemulator.Flow) bool {
			return b.FriendlyName == f.FriendlyName && b.ContactIdentity == f.ContactIdentity && handler(b) == handler(f)
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
			w := newFile(t, behavior, "modules", readmePage, unmanagedAlone)
			web, sms := w.sidOf("web"), w.sidOf("sms")
			use := strings.Replace(snippet(t, readmePage, unmanagedAlone, 3), "{}\n}\n\noutput", "{}\n  addresses  = { "+web+" = \"website\" }\n}\n\noutput", 1)
			w.write("main.tf", use)
			out := w.shell(snippet(t, readmePage, unmanagedAlone, 4))
			w.expectWrites()
			if !strings.Contains(out, "The integration type task has no counterpart") || !strings.Contains(out, "It is long-lived") {
				t.Error(out)
			}
			for _, sid := range []string{web, sms} {
				command := strings.Replace(snippet(t, readmePage, unmanagedAlone, 5), exampleSID, sid, 1)
				w.deleteByHand(command)
			}
			w.expectWrites("2 DELETE " + flowsPath)
			stage := strings.TrimSpace(snippet(t, readmePage, unmanagedAlone, 6))
			stage = strings.Replace(stage, exampleSID, web, 1) + "\n"
			stage = strings.Replace(stage, "}", ", "+sms+" = \"addresses\" }", 1)
			w.write("main.tf", strings.Replace(use, "stage_of   = {}\n", stage, 1))
			w.applyCleanly()
			w.expectWrites("2 POST " + addressesPath)
			w.expectAddresses("chat website studio", "sms +15005550006 webhook")
		})
	}
}

// deleteByHand runs a command of curl that is meant for Twilio.
func (w *workspace) deleteByHand(command string) {
	w.t.Helper()
	needShell(w.t, "curl")
	if out, err := w.tryShell(strings.Replace(command, "https://flex-api.twilio.com", w.URL, 1)); err != nil {
		w.t.Fatalf("%v\n%s", err, out)
	}
}

// With the same file, Flex Flows that Terraform does not manage are imported, and then move as the guide says.
func TestAccGuides_movingImported(t *testing.T) {
	for name, behavior := range migrationBehaviors {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			acctest.NeedTerraform(t, "1.7.0") // the first with for_each in import blocks
			w := newFile(t, behavior, "guides/moving-to-flex-conversations", guidePage, unmanaged)
			sms := w.sidOf("sms")
			locals, imports, _ := strings.Cut(snippet(t, guidePage, unmanaged, 3), "\nimport {")
			w.write("flex_flows.tf", locals)
			w.write("import.tf", "import {"+imports)
			w.terraform("init")
			w.expectImported("4", "flex_flows.json")
			w.write("import.tf", "")
			w.stage("flows", "stage_of = { "+sms+` = "addresses" }`)
			w.expectWrites("1 DELETE "+flowsPath, "1 POST "+addressesPath)
			w.expectAddresses("sms +15005550006 webhook")
		})
	}
}

// When Twilio no longer answers for Flex Flows, whichever way it says so, Terraform forgets them, and the configuration has what the address
// configurations need.
func TestAccGuides_movingWithoutAPI(t *testing.T) {
	for _, status := range []int{http.StatusGone, http.StatusForbidden, http.StatusNotFound} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			acctest.NeedTerraform(t, "1.7.0") // the first with removed blocks
			w := newMove(t)
			for _, f := range w.Flows() {
				w.Remove(f.SID)
			}
			gone := flexemulator.Fault{Kind: flexemulator.FaultStatus, Status: status}
			list, one := gone, gone
			list.Path, one.Path = flowsPath, flowsPath+"/*"
			w.setFaults(list, one)
			if out, err := w.try("plan"); err == nil && !strings.Contains(out, "4 to add") {
				t.Errorf("%v\n%s", err, out)
			}
			w.ResetRequests()

			w.edit("main.tf", `(?s)# The Flex Flows of.*`, "")
			w.edit("main.tf", `  depends_on .*\n`, "")
			w.write("removed.tf", snippet(t, guidePage, "If Twilio no longer answers for Flex Flows", 1))
			w.write("terraform.tfvars", snippet(t, guidePage, "If Twilio no longer answers for Flex Flows", 2))
			if out := w.terraform("apply", "-auto-approve"); !strings.Contains(out, "2 added, 0 changed, 0 destroyed") {
				t.Error(out)
			}
			if calls := w.Calls(); slices.ContainsFunc(calls, func(r flexemulator.Request) bool { return strings.HasPrefix(r.Path, flowsPath) }) {
				t.Errorf("Flex Flows were asked for: %v", calls)
			}
			w.expectWrites("2 POST " + addressesPath)
			w.expectAddresses(smsAddress, whatsappAddress)
			w.terraform("plan", "-detailed-exitcode")
		})
	}
}
