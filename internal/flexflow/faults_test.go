package flexflow_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

func TestFaults(t *testing.T) {
	acctest.TestFaults(t, subject, map[string]flexemulator.Behavior{"as documented": {}})
}

// A storm over the whole life of sixty flows.
func TestFaults_storm(t *testing.T) { acctest.TestStorm(t, subject, flexemulator.Behavior{}) }

// Flows that are alike in every value, where responses to creates are lost: none is lost, doubled or shared.
func TestFaults_alike(t *testing.T) {
	post := func(f flexemulator.Fault) flexemulator.Fault {
		f.Method, f.Path = http.MethodPost, "/v1/FlexFlows"
		return f
	}
	for name, c := range map[string]struct {
		flows    int
		behavior flexemulator.Behavior
		faults   []flexemulator.Fault
		creates  int // that are sent; 0 where that is not checked
	}{
		"after the work":  {20, flexemulator.Behavior{}, []flexemulator.Fault{{Kind: flexemulator.FaultReset, AfterWork: true, Every: 4}}, 20},
		"before the work": {20, flexemulator.Behavior{}, []flexemulator.Fault{{Kind: flexemulator.FaultStatus, Status: 503, Every: 4}}, 0},
		// Half of the creates were never done, and lists lag. Twilio says of the others that they were done: else nobody could tell what shows up late
		// from what somebody else made right after.
		"half, and lagging": {12, flexemulator.Behavior{ReadLag: acctest.PropagationTime / 3}, []flexemulator.Fault{
			{Kind: flexemulator.FaultTruncate, Every: 6}, {Kind: flexemulator.FaultReset, Nth: 3, Every: 6},
		}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			acctest.InVirtualTime(t, func(t *testing.T) {
				emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{Behavior: c.behavior})
				var faults []flexemulator.Fault
				for _, f := range c.faults {
					faults = append(faults, post(f))
				}
				emulator.Inject(faults...)()
				states := make([]acctest.Instance, c.flows)
				acctest.AtOnce(t, subject.Core(t, emulator), states, func(core *acctest.Core, _ int) (acctest.Instance, string) {
					return core.Change(core.Absent(), studioFlow.Values())
				})
				subject.ExpectEach(t, emulator, states)
				if posts := len(emulator.Calls(http.MethodPost)); c.creates > 0 && posts != c.creates {
					t.Errorf("sent %d creates", posts)
				}
				emulator.Inject()()
				time.Sleep(time.Minute)
				core := subject.Core(t, emulator)
				for i, read := range acctest.RefreshAll(core, states) {
					if _, changes, text := core.PlanValues(read, studioFlow.Values()); changes || text != "" {
						t.Errorf("%d: the plan has changes: %s", i, text)
					}
				}
			})
		})
	}
}

// Whatever a create's response holds, the flow is in the state, once, and the next plan is empty.
func TestAnswers(t *testing.T) {
	const sid = `"sid": "$sid"`
	answers := map[string]acctest.Answer{
		"unknown fields": acctest.JSON(`{` + sid + `, "new": {"a": [1]}, "integration": {"flow_sid": "` + studioFlowSID + `", "new": 1}}`),
		"nulls": acctest.JSON(
			`{` + sid + `, "account_sid": null, "date_created": null, "date_updated": null, "friendly_name": null, "chat_service_sid": null,
			"channel_type": null, "contact_identity": null, "enabled": null, "integration_type": null, "integration": null,
			"long_lived": null, "janitor_enabled": null, "url": null}`,
		),
		"wrong types": acctest.JSON(
			`{` + sid + `, "friendly_name": [], "enabled": "yes", "long_lived": 3, "integration": {"retry_count": "3", "timeout": {}},
			"date_created": 5, "integration_type": false}`,
		),
		"integration of a wrong type": acctest.JSON(`{` + sid + `, "integration": "studio"}`),
	}
	acctest.TestAnswers(t, subject, studioFlow, answers)
}
