package flexflow_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// several is a configuration of so many flows.
func several(count int, changes args) string {
	f := studioFlow.With(changes)
	f.Rest = fmt.Sprintf("  count = %d\n", count)
	return f.String()
}

// Every fault on every operation, on the first call and on a later one: each apply succeeds the first time, and the state is what
// the API has.
func TestAccFaults(t *testing.T) {
	const flows = 3
	for name, c := range acctest.Faults {
		for position, nth := range map[string]int{"first": 1, "later": 3} {
			t.Run(name+"/"+position, func(t *testing.T) {
				t.Parallel()
				emulator := acctest.NewEmulator(t, flexemulator.Options{})
				on := func(method, path string) func() {
					fault := c.Fault
					fault.Method, fault.Path, fault.Nth = method, path, nth
					return emulator.Inject(fault)
				}
				one := "/v1/FlexFlows/*"
				config, renamed := several(flows, args{"friendly_name": `"Flow ${count.index}"`}), several(flows, args{"friendly_name": `"Renamed ${count.index}"`})
				check := emulator.InState(typeName, flows)
				acctest.Run(t, emulator,
					resource.TestStep{PreConfig: on(http.MethodPost, "/v1/FlexFlows"), Config: emulator.ImpatientConfig() + config, Check: check},
					resource.TestStep{
						PreConfig: func() {
							emulator.ExpectCalls(http.MethodPost, "/v1/FlexFlows", flows-1+c.Creates)
							looks := func(r flexemulator.Request) bool { return r.Query.Has("FriendlyName") }
							if looked := slices.ContainsFunc(emulator.Calls(http.MethodGet), looks); looked != c.Looks {
								t.Errorf("looked for the flow: %t, expected %t", looked, c.Looks)
							}
							on(http.MethodGet, one)()
						},
						Config: emulator.ImpatientConfig() + config, PlanOnly: true,
					},
					resource.TestStep{PreConfig: on(http.MethodPost, one), Config: emulator.ImpatientConfig() + renamed, Check: check},
					resource.TestStep{PreConfig: on(http.MethodDelete, one), Config: emulator.ImpatientConfig() + renamed, Destroy: true},
				)
			})
		}
	}
}

// Twenty flows alike to the letter, with every fourth create's answer lost: none is lost, doubled or shared.
func TestAccFaults_alike(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewEmulator(t, flexemulator.Options{})
	lost := flexemulator.Fault{Method: http.MethodPost, Path: "/v1/FlexFlows", Every: 4, Kind: flexemulator.FaultReset, AfterWork: true}
	acctest.Run(t, emulator,
		resource.TestStep{PreConfig: emulator.Inject(lost), Config: several(20, nil), Check: emulator.InState(typeName, 20)},
		resource.TestStep{
			PreConfig: func() { emulator.ExpectCalls(http.MethodPost, "/v1/FlexFlows", 20) },
			Config:    several(20, nil), PlanOnly: true,
		},
	)
}

// The same when half of the lost answers are of creates that were never done, and lists lag. Twilio says of the others that they were
// done: else nobody could tell what shows up late from what somebody else made right after.
func TestAccFaults_alikeAndLagging(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewEmulator(t, flexemulator.Options{Behavior: flexemulator.Behavior{ReadLag: acctest.PropagationTime / 3}})
	done := flexemulator.Fault{Method: http.MethodPost, Path: "/v1/FlexFlows", Every: 6, Kind: flexemulator.FaultTruncate}
	notDone := flexemulator.Fault{Method: http.MethodPost, Path: "/v1/FlexFlows", Nth: 3, Every: 6, Kind: flexemulator.FaultReset}
	acctest.Run(t, emulator,
		resource.TestStep{PreConfig: emulator.Inject(done, notDone), Config: several(12, nil), Check: emulator.InState(typeName, 12)},
		resource.TestStep{Config: several(12, nil), PlanOnly: true},
	)
}

// A storm: one call in four fails, in rotating ways, over the whole life of sixty flows. Each apply succeeds the first time.
func TestAccFaults_storm(t *testing.T) {
	t.Parallel()
	const flows = 60
	emulator := acctest.NewEmulator(t, flexemulator.Options{})
	var storm []flexemulator.Fault
	kinds := []string{"503", "reset after the work", "429", "truncated", "502 with HTML", "hang after the work", "reset", "500 after the work", "429 with Retry-After"}
	for i, kind := range kinds {
		fault := acctest.Faults[kind].Fault
		fault.Nth, fault.Every = 4*(i+1), 4*len(kinds)
		storm = append(storm, fault)
	}
	config := several(flows, args{"friendly_name": `"Flow ${count.index}"`})
	changed := several(flows, args{"friendly_name": `"Flow ${count.index}"`, "long_lived": "true"})
	failed := func(t *testing.T) {
		t.Helper()
		if total := len(emulator.Calls()); total < flows {
			t.Errorf("only %d calls were made", total)
		}
	}
	acctest.Run(t, emulator,
		resource.TestStep{PreConfig: emulator.Inject(storm...), Config: emulator.ImpatientConfig() + config, Check: emulator.InState(typeName, flows)},
		resource.TestStep{
			PreConfig: func() { failed(t); emulator.Inject(storm...)() },
			Config:    emulator.ImpatientConfig() + changed, Check: emulator.InState(typeName, flows),
		},
		resource.TestStep{PreConfig: emulator.Inject(storm...), Config: emulator.ImpatientConfig() + changed, Destroy: true},
	)
}

// Whatever a create's answer holds, the flow is in the state, once, and the next plan is empty.
func TestAccAnswers(t *testing.T) {
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
	maps.Copy(answers, acctest.OddAnswers)
	for name, c := range answers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emulator := acctest.NewEmulator(t, flexemulator.Options{})
			odd := func(path string) func() {
				return emulator.Inject(flexemulator.Fault{
					Method: http.MethodPost, Path: path, Kind: flexemulator.FaultBody, Body: c.Body, ContentType: c.ContentType, Count: 1,
				})
			}
			renamed := studioFlow.With(args{"friendly_name": `"Renamed"`}).String()
			acctest.Run(t, emulator,
				resource.TestStep{PreConfig: odd("/v1/FlexFlows"), Config: studioFlow.String(), Check: emulator.InState(typeName, 1), ConfigPlanChecks: plansCreate},
				resource.TestStep{
					PreConfig: func() {
						emulator.ExpectCalls(http.MethodPost, "/v1/FlexFlows", 1)
						odd("/v1/FlexFlows/*")()
					},
					Config: renamed, Check: emulator.InState(typeName, 1), ConfigPlanChecks: plansUpdate,
				},
			)
		})
	}
}
