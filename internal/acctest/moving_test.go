package acctest_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// refusing is an API that refuses a second configuration of an address, and an address that a Flex Flow still has.
var refusing = flexemulator.Behavior{RefuseAddressesOfFlows: true, RefuseDuplicateAddresses: true}

const (
	flowsPath     = "/v1/FlexFlows"
	addressesPath = "/v1/Configuration/Addresses"
)

// stay keeps the two Flex Flows that can't move.
const stay = `stage_of = { line = "flows", web = "flows" }`

// newMove is the guide's configuration as it is before the move: four Flex Flows, of which two can move.
func newMove(t *testing.T) *workspace {
	t.Helper()
	return newMoveWith(t, refusing)
}

func newMoveWith(t *testing.T, behavior flexemulator.Behavior) *workspace {
	t.Helper()
	acctest.NeedTerraform(t, "1.3.0")
	w := newExampleWith(t, behavior, "guides/moving-to-flex-conversations")
	w.terraform("init")
	w.terraform("apply", "-auto-approve")
	w.expectWrites("4 POST " + flowsPath)
	return w
}

// stage applies a stage, with what else is in terraform.tfvars.
func (w *workspace) stage(name string, more ...string) string {
	w.t.Helper()
	w.write("terraform.tfvars", fmt.Sprintf("stage = %q\n", name)+strings.Join(more, "\n"))
	return w.terraform("apply", "-auto-approve")
}

// stageCleanly is stage, and checks that a plan after it is empty.
func (w *workspace) stageCleanly(name string, more ...string) {
	w.t.Helper()
	w.stage(name, more...)
	w.terraform("plan", "-detailed-exitcode")
}

// expectWrites checks which writes there were since it was called last: how many, the method and the path of a list.
func (w *workspace) expectWrites(want ...string) {
	w.t.Helper()
	counts := map[string]int{}
	for _, call := range w.Calls(http.MethodPost, http.MethodDelete) {
		list := flowsPath
		if strings.HasPrefix(call.Path, addressesPath) {
			list = addressesPath
		}
		if call.Method == http.MethodPost && call.Path != list {
			list += "/*"
		}
		counts[call.Method+" "+list]++
	}
	var got []string
	for call, count := range counts {
		got = append(got, fmt.Sprintf("%d %s", count, call))
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		w.t.Errorf("writes: %v, expected %v", got, want)
	}
	w.ResetRequests()
}

// expectAddresses checks which address configurations there are, in the order of the alphabet.
func (w *workspace) expectAddresses(want ...string) {
	w.t.Helper()
	var got []string
	for _, a := range w.Addresses() {
		got = append(got, fmt.Sprintf("%s %s %s", a.Type, a.Address, a.AutoCreation["type"]))
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		w.t.Errorf("addresses: %v, expected %v", got, want)
	}
}

const (
	smsAddress      = "sms +15005550006 studio"
	whatsappAddress = "whatsapp whatsapp:+15005550009 webhook"
)

// Through all stages, and back. What has no counterpart stays a Flex Flow all the while.
func TestAccGuides_moving(t *testing.T) {
	odd := refusing
	odd.Integration, odd.AutoCreation, odd.ReplaceAutoCreation = flexemulator.IntegrationNull, flexemulator.AutoCreationNull, true
	odd.NameAddresses, odd.DefaultCountry, odd.NullDateUpdated, odd.Order = true, true, true, flexemulator.Shuffled
	full := refusing
	full.Integration, full.AutoCreation, full.AutoCreate = flexemulator.IntegrationForeignKeys, flexemulator.AutoCreationForeignKeys, true
	full.EmptyIdentity, full.SortFilters, full.MethodAsSent = true, true, true
	for name, behavior := range map[string]flexemulator.Behavior{"null": odd, "foreign keys": full} { // all other tests of moves are "as sent"
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			newMoveWith(t, behavior).thereAndBack()
		})
	}
}

func (w *workspace) thereAndBack() {
	t := w.t
	t.Helper()
	before := w.apiSIDs()
	w.stageCleanly("addresses", stay)
	w.expectWrites("2 DELETE "+flowsPath, "2 POST "+addressesPath)
	w.expectAddresses(smsAddress, whatsappAddress)
	w.terraform("apply", "-auto-approve")
	w.expectWrites()
	// The web chat follows, once it has an address.
	web, line := `addresses = { web = "website" }`, `stage_of = { line = "flows" }`
	w.stageCleanly("addresses", web, line)
	w.expectWrites("1 DELETE "+flowsPath, "1 POST "+addressesPath)
	w.expectAddresses("chat website studio", smsAddress, whatsappAddress)
	if flows := w.Flows(); len(flows) != 1 || flows[0].FriendlyName != "LINE" {
		t.Errorf("left: %v", flows)
	}

	w.stageCleanly("stopped", web, line)
	w.expectWrites("3 DELETE " + addressesPath)
	w.stageCleanly("flows", web)
	w.expectWrites("3 POST " + flowsPath)
	w.expectAddresses()
	after := w.apiSIDs()
	if len(after) != 4 || slices.Equal(after, before) {
		t.Errorf("the Flex Flows were %v, and are %v", before, after)
	}
	// And there again.
	w.stageCleanly("addresses", web, line)
	w.expectWrites("3 DELETE "+flowsPath, "3 POST "+addressesPath)
	w.terraform("destroy", "-auto-approve")
	w.expectNothingLeft()
}

// One address moves by itself, to its end, before the other one begins.
func TestAccGuides_movingOneByOne(t *testing.T) {
	t.Parallel()
	w := newMove(t)
	w.write("terraform.tfvars", snippet(t, guidePage, "One address at a time", 1))
	w.terraform("apply", "-auto-approve")
	w.expectWrites("1 DELETE "+flowsPath, "1 POST "+addressesPath)
	w.expectAddresses(smsAddress)
	w.stage("flows", `stage_of = { sms = "addresses", whatsapp = "stopped" }`)
	w.expectWrites("1 DELETE " + flowsPath)
	w.stage("addresses", stay)
	w.expectWrites("1 POST " + addressesPath)
	w.expectAddresses(smsAddress, whatsappAddress)
	w.write("terraform.tfvars", snippet(t, guidePage, "One address at a time", 2))
	w.terraform("apply", "-auto-approve")
	w.expectWrites("1 DELETE "+flowsPath, "1 POST "+addressesPath)
}

// many are fewer than a real contact centre may have, because each costs a test time. A hundred behave alike.
const many = `
locals {
  flex_flows = { for i in range(20) : format("n%02d", i) => {
    friendly_name    = "SMS ${i}"
    chat_service_sid = "IS11111111111111111111111111111111"
    channel_type     = "sms"
    contact_identity = format("+150055500%02d", i)
    enabled          = true
    integration_type = "studio"
    integration      = { flow_sid = "FW22222222222222222222222222222222" }
  } }
}
`

// Many move in one apply, and back: Terraform deletes all of them first, however many calls it makes at a time.
func TestAccGuides_movingMany(t *testing.T) {
	forgetful := refusing
	forgetful.ForgetLag = 2 * time.Second
	for name, c := range map[string]struct {
		parallelism string
		behavior    flexemulator.Behavior
	}{"one at a time": {"1", refusing}, "fifty at a time": {"50", refusing}, "known for a while": {"10", forgetful}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			acctest.NeedTerraform(t, "1.3.0")
			w := newExampleWith(t, c.behavior, "guides/moving-to-flex-conversations")
			w.write("flex_flows.tf", many)
			w.terraform("init")
			w.terraform("apply", "-auto-approve", "-parallelism=50")
			for _, stage := range []string{"addresses", "flows"} {
				w.ResetRequests()
				w.write("terraform.tfvars", fmt.Sprintf("stage = %q\n", stage))
				w.terraform("apply", "-auto-approve", "-parallelism="+c.parallelism)
				writes := w.Calls(http.MethodPost, http.MethodDelete)
				first := slices.IndexFunc(writes, received(http.MethodPost))
				if first != 20 || slices.ContainsFunc(writes[first:], received(http.MethodDelete)) {
					t.Errorf("to %s, the first create is call %d of %d", stage, first, len(writes))
				}
				refused := slices.ContainsFunc(writes, func(r flexemulator.Request) bool { return r.Status == http.StatusConflict })
				if want := stage == "addresses" && c.behavior.ForgetLag > 0; refused != want {
					t.Errorf("to %s, a create was refused: %t, expected %t", stage, refused, want)
				}
				w.terraform("plan", "-detailed-exitcode")
			}
		})
	}
}
