package flexflow_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// Many flows are read with a few calls, and what changed or went among them is seen; with a list that lags, nothing is seen that
// is not there.
func TestAccSharedReads(t *testing.T) {
	t.Parallel()
	const flows = 40
	emulator := acctest.NewEmulator(t, flexemulator.Options{Behavior: flexemulator.Behavior{ListLag: time.Hour}})
	config := several(flows, args{"friendly_name": `"Flow ${count.index}"`})
	renamed := several(flows, args{"friendly_name": `"Renamed ${count.index}"`})
	few := func(what string, most int) func() {
		return func() {
			t.Helper()
			if got := len(emulator.Calls(http.MethodGet)); got > most {
				t.Errorf("%s took %d reads, expected %d at the most", what, got, most)
			}
			emulator.ResetRequests()
		}
	}
	changed := resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
		plancheck.ExpectResourceAction("twilio_flex_flow.test[7]", plancheck.ResourceActionUpdate),
		plancheck.ExpectResourceAction("twilio_flex_flow.test[8]", plancheck.ResourceActionCreate),
		plancheck.ExpectResourceAction("twilio_flex_flow.test[9]", plancheck.ResourceActionNoop),
	}}
	acctest.Run(t, emulator,
		resource.TestStep{Config: config},
		resource.TestStep{PreConfig: emulator.ResetRequests, Config: config, PlanOnly: true},
		resource.TestStep{
			PreConfig: func() {
				few("a clean plan", 3*flows/4)() // a step plans more than once
				for _, f := range emulator.Flows() {
					switch f.FriendlyName {
					case "Flow 7":
						emulator.Change(f.SID, func(f *flexemulator.Flow) { f.LongLived = true })
					case "Flow 8":
						emulator.Remove(f.SID)
					}
				}
			},
			Config: config, ConfigPlanChecks: changed,
		},
		// Lists still show the names from before, for an hour.
		resource.TestStep{Config: renamed},
		resource.TestStep{Config: renamed, PlanOnly: true},
	)
}

func TestAccSharedReads_off(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewEmulator(t, flexemulator.Options{})
	off := strings.Replace(emulator.ProviderConfig(), "{\n", "{\n  shared_reads = false\n", 1)
	acctest.Run(t, emulator,
		resource.TestStep{Config: off + several(20, nil)},
		resource.TestStep{Config: off + several(20, nil), PlanOnly: true},
	)
	if lists := emulator.CallsTo(http.MethodGet, "/v1/FlexFlows"); len(lists) > 0 {
		t.Errorf("%d lists were fetched", len(lists))
	}
}
