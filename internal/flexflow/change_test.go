package flexflow_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

func holds(check knownvalue.Check, names ...string) statecheck.StateCheck {
	return acctest.Holds(address, check, names...)
}

// Every optional attribute: set, changed, taken out. What it is planned to be when it is taken out is its default, or the value
// it has where Twilio documents none.
func TestAccOptionalAttributes(t *testing.T) {
	text, number, truth := knownvalue.StringExact, knownvalue.Int64Exact, knownvalue.Bool
	cases := map[string]struct {
		base       flow
		name       []string
		set        string
		changed    string
		isSet      knownvalue.Check
		isChanged  knownvalue.Check
		isTakenOut knownvalue.Check
		takenOut   plancheck.ResourceActionType
		sent       string // parameter
		sentValues [3]string
	}{
		"contact_identity": {
			bareFlow,
			[]string{"contact_identity"},
			`"+15005550006"`, `"+15005550007"`, text("+15005550006"), text("+15005550007"), text(""),
			plancheck.ResourceActionUpdate, "ContactIdentity",
			[3]string{"+15005550006", "+15005550007", ""},
		},
		"enabled": {
			bareFlow,
			[]string{"enabled"},
			"true", "false", truth(true), truth(false), truth(false),
			plancheck.ResourceActionNoop, "Enabled",
			[3]string{"true", "false", ""},
		},
		"janitor_enabled": {
			bareFlow,
			[]string{"janitor_enabled"},
			"false", "true", truth(false), truth(true), truth(false),
			plancheck.ResourceActionUpdate, "JanitorEnabled",
			[3]string{"false", "true", "false"},
		},
		"long_lived": {
			bareFlow,
			[]string{"long_lived"},
			"false", "true", truth(false), truth(true), truth(false),
			plancheck.ResourceActionUpdate, "LongLived",
			[3]string{"false", "true", "false"},
		},
		"studio retry_count": {
			studioFlow,
			[]string{"integration", "retry_count"},
			"0", "1", number(0), number(1), number(3),
			plancheck.ResourceActionUpdate, "Integration.RetryCount",
			[3]string{"0", "1", "3"},
		},
		"external retry_count": {
			externalFlow,
			[]string{"integration", "retry_count"},
			"2", "0", number(2), number(0), number(3),
			plancheck.ResourceActionUpdate, "Integration.RetryCount",
			[3]string{"2", "0", "3"},
		},
		"channel": {
			taskFlow,
			[]string{"integration", "channel"},
			quote(taskChannelSID), `"sms"`, text(taskChannelSID), text("sms"), text("default"),
			plancheck.ResourceActionUpdate, "Integration.Channel",
			[3]string{taskChannelSID, "sms", "default"},
		},
		"priority": {
			taskFlow,
			[]string{"integration", "priority"},
			"0", "5", number(0), number(5), number(0),
			plancheck.ResourceActionUpdate, "Integration.Priority",
			[3]string{"0", "5", "0"},
		},
		"timeout": {
			taskFlow,
			[]string{"integration", "timeout"},
			"1", "3600", number(1), number(3600), number(86400),
			plancheck.ResourceActionUpdate, "Integration.Timeout",
			[3]string{"1", "3600", "86400"},
		},
		"creation_on_message on studio": {
			studioFlow,
			[]string{"integration", "creation_on_message"},
			"true", "false", truth(true), truth(false), truth(false),
			plancheck.ResourceActionNoop, "Integration.CreationOnMessage",
			[3]string{"true", "false", ""},
		},
		"creation_on_message on task": {
			taskFlow,
			[]string{"integration", "creation_on_message"},
			"false", "true", truth(false), truth(true), truth(true),
			plancheck.ResourceActionNoop, "Integration.CreationOnMessage",
			[3]string{"false", "true", ""},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emulator := acctest.NewEmulator(t, flexemulator.Options{})
			config := func(value string) string {
				if len(c.name) == 2 {
					return c.base.WithInBlock(args{c.name[1]: value}).String()
				}
				return c.base.With(args{c.name[0]: value}).String()
			}
			sent := func(want string) func() {
				return func() {
					if got := emulator.LastForm().Get(c.sent); got != want {
						t.Errorf("%s was sent as %q, expected %q", c.sent, got, want)
					}
				}
			}
			steps := []resource.TestStep{
				{Config: config(c.set), ConfigPlanChecks: plansCreate, ConfigStateChecks: []statecheck.StateCheck{holds(c.isSet, c.name...)}},
				{
					PreConfig: sent(c.sentValues[0]),
					Config:    config(c.changed), ConfigPlanChecks: plansUpdate, ConfigStateChecks: []statecheck.StateCheck{holds(c.isChanged, c.name...)},
				},
				{
					PreConfig: sent(c.sentValues[1]),
					Config:    config(""), ConfigPlanChecks: plans(c.takenOut), ConfigStateChecks: []statecheck.StateCheck{holds(c.isTakenOut, c.name...)},
				},
			}
			if c.takenOut == plancheck.ResourceActionUpdate {
				steps = append(steps, resource.TestStep{PreConfig: sent(c.sentValues[2]), Config: config(""), ConfigPlanChecks: plansNoop})
			}
			acctest.Run(t, emulator, steps...)
		})
	}
}

// contact_identity is the same flow as "" and as null, both ways, and under both ways in which the API may clear it.
func TestAccContactIdentity(t *testing.T) {
	for name, behavior := range map[string]flexemulator.Behavior{"cleared to null": {}, "cleared to empty": {EmptyIdentity: true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emulator := acctest.NewEmulator(t, flexemulator.Options{Behavior: behavior})
			empty, null := bareFlow.With(args{"contact_identity": `""`}).String(), bareFlow.With(args{"contact_identity": "null"}).String()
			set := bareFlow.With(args{"contact_identity": `"+15005550006"`}).String()
			cleared := []statecheck.StateCheck{holds(knownvalue.StringExact(""), "contact_identity")}
			acctest.Run(t, emulator,
				resource.TestStep{Config: empty, ConfigPlanChecks: plansCreate, ConfigStateChecks: cleared},
				resource.TestStep{Config: null, ConfigPlanChecks: plansNoop, ConfigStateChecks: cleared},
				resource.TestStep{Config: bareFlow.String(), ConfigPlanChecks: plansNoop},
				resource.TestStep{Config: empty, ConfigPlanChecks: plansNoop},
				resource.TestStep{Config: set, ConfigPlanChecks: plansUpdate},
				resource.TestStep{Config: null, ConfigPlanChecks: plansUpdate, ConfigStateChecks: cleared},
				resource.TestStep{Config: set, ConfigPlanChecks: plansUpdate},
				resource.TestStep{Config: empty, ConfigPlanChecks: plansUpdate, ConfigStateChecks: cleared},
			)
		})
	}
}

// From each type to the next, in place: the old type's attributes leave, the new one's arrive, and all of them are sent.
func TestAccTypeChanges(t *testing.T) {
	for name, behavior := range behaviors {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emulator := acctest.NewEmulator(t, flexemulator.Options{Behavior: behavior})
			null := knownvalue.Null()
			step := func(config flow, action plancheck.ResourceActionType, want map[string]knownvalue.Check) resource.TestStep {
				checks := plans(action)
				for name, check := range want {
					checks.PreApply = append(checks.PreApply, plancheck.ExpectKnownValue(address, acctest.Attribute("integration", name), check))
				}
				if action == plancheck.ResourceActionUpdate {
					checks.PreApply = append(checks.PreApply, acctest.ExpectUnknown(address, "date_updated", "integration.creation_on_message"))
				}
				return resource.TestStep{Config: config.String(), ConfigPlanChecks: checks}
			}
			studio := map[string]knownvalue.Check{
				"flow_sid": knownvalue.StringExact(studioFlowSID), "retry_count": knownvalue.Int64Exact(3),
				"url": null, "workspace_sid": null, "workflow_sid": null, "channel": null, "timeout": null, "priority": null,
			}
			external := map[string]knownvalue.Check{
				"url": knownvalue.StringExact("https://example.com/hook"), "retry_count": knownvalue.Int64Exact(3),
				"flow_sid": null, "workspace_sid": null, "workflow_sid": null, "channel": null, "timeout": null, "priority": null,
			}
			task := map[string]knownvalue.Check{
				"workspace_sid": knownvalue.StringExact(workspaceSID), "workflow_sid": knownvalue.StringExact(workflowSID),
				"channel": knownvalue.StringExact("default"), "timeout": knownvalue.Int64Exact(86400), "priority": knownvalue.Int64Exact(0),
				"flow_sid": null, "url": null, "retry_count": null,
			}
			acctest.Run(t, emulator,
				step(studioFlow, plancheck.ResourceActionCreate, studio),
				step(externalFlow, plancheck.ResourceActionUpdate, external),
				step(taskFlow, plancheck.ResourceActionUpdate, task),
				step(studioFlow, plancheck.ResourceActionUpdate, studio),
			)
			if flows := len(emulator.Calls(http.MethodPost)); flows != 4 {
				t.Errorf("expected one create and three updates, there were %d", flows)
			}
		})
	}
}

// An update sends what differs and nothing else, but the integration whole.
func TestAccUpdateSendsWhatDiffers(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewEmulator(t, flexemulator.Options{})
	sent := func(want url.Values) func() {
		return func() {
			if got := emulator.LastForm(); got.Encode() != want.Encode() {
				t.Errorf("sent %s, expected %s", got.Encode(), want.Encode())
			}
		}
	}
	renamed := taskFlow.With(args{"friendly_name": `"Renamed"`})
	expectOnlyDateUnknown := plansUpdate
	expectOnlyDateUnknown.PreApply = append(expectOnlyDateUnknown.PreApply, acctest.ExpectUnknown(address, "date_updated"))
	acctest.Run(t, emulator,
		resource.TestStep{Config: taskFlow.String()},
		resource.TestStep{Config: renamed.String(), ConfigPlanChecks: expectOnlyDateUnknown},
		resource.TestStep{
			PreConfig:        sent(url.Values{"FriendlyName": {"Renamed"}}),
			Config:           renamed.WithInBlock(args{"priority": "2"}).String(),
			ConfigPlanChecks: expectOnlyDateUnknown,
		},
		resource.TestStep{
			PreConfig: sent(url.Values{
				"IntegrationType": {"task"}, "Integration.WorkspaceSid": {workspaceSID}, "Integration.WorkflowSid": {workflowSID},
				"Integration.Channel": {"default"}, "Integration.Timeout": {"86400"}, "Integration.Priority": {"2"},
			}),
			Config:           renamed.WithInBlock(args{"priority": "2"}).String(),
			ConfigPlanChecks: plansNoop,
		},
	)
}

// A change of the timeouts changes the state alone.
func TestAccTimeoutsAreNotSent(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewEmulator(t, flexemulator.Options{})
	longer := studioFlow
	longer.Rest = "timeouts {\n create = \"1m\"\n update = \"1h\"\n}\n"
	checks := plansUpdate
	checks.PreApply = append(checks.PreApply, acctest.ExpectUnknown(address))
	acctest.Run(t, emulator,
		resource.TestStep{Config: studioFlow.String()},
		resource.TestStep{Config: longer.String(), ConfigPlanChecks: checks},
		resource.TestStep{Config: studioFlow.String(), ConfigPlanChecks: checks},
	)
	if calls := emulator.Calls(http.MethodPost); len(calls) != 1 {
		t.Errorf("expected no call but the create, there were %d", len(calls)-1)
	}
}

// The block taken out: Terraform forgets it and sends nothing. Put back: it is sent again.
func TestAccBlockRemoved(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewEmulator(t, flexemulator.Options{})
	acctest.Run(t, emulator,
		resource.TestStep{Config: studioFlow.String()},
		resource.TestStep{
			Config: bareFlow.String(), ConfigPlanChecks: plansUpdate,
			ConfigStateChecks: []statecheck.StateCheck{
				holds(knownvalue.Null(), "integration"), holds(knownvalue.StringExact("studio"), "integration_type"),
			},
		},
		resource.TestStep{
			PreConfig: func() {
				if calls := emulator.Calls(http.MethodPost); len(calls) != 1 {
					t.Errorf("taking the block out made %d calls", len(calls)-1)
				}
				emulator.ChangeOnly(func(f *flexemulator.Flow) { f.Integration["retry_count"] = 1 })
			},
			Config: bareFlow.String(), ConfigPlanChecks: plansNoop,
		},
		resource.TestStep{
			Config: studioFlow.String(), ConfigPlanChecks: plansUpdate,
			ConfigStateChecks: []statecheck.StateCheck{holds(knownvalue.Int64Exact(3), "integration", "retry_count")},
		},
	)
}

// The block without a type: Twilio decides, and what it decided is what the block is held to afterwards.
func TestAccBlockWithoutType(t *testing.T) {
	untyped := studioFlow.With(args{"integration_type": ""})
	for name, c := range map[string]struct {
		behavior flexemulator.Behavior
		decided  knownvalue.Check
	}{
		"studio":                     {flexemulator.Behavior{}, knownvalue.StringExact("studio")},
		"studio, with defaults":      {flexemulator.Behavior{Integration: flexemulator.IntegrationWithDefaults}, knownvalue.StringExact("studio")},
		"null":                       {flexemulator.Behavior{NullIntegrationType: true}, knownvalue.Null()},
		"null, and all keys":         {flexemulator.Behavior{NullIntegrationType: true, Integration: flexemulator.IntegrationAllKeys}, knownvalue.Null()},
		"null, and replaces":         {flexemulator.Behavior{NullIntegrationType: true, ReplaceIntegration: true}, knownvalue.Null()},
		"null, and integration null": {flexemulator.Behavior{NullIntegrationType: true, Integration: flexemulator.IntegrationNull}, knownvalue.Null()},
		"studio, integration null":   {flexemulator.Behavior{Integration: flexemulator.IntegrationNull}, knownvalue.StringExact("studio")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emulator := acctest.NewEmulator(t, flexemulator.Options{Behavior: c.behavior})
			decided := []statecheck.StateCheck{holds(c.decided, "integration_type")}
			acctest.Run(t, emulator,
				resource.TestStep{Config: untyped.String(), ConfigPlanChecks: plansCreate, ConfigStateChecks: decided},
				resource.TestStep{
					Config:           untyped.WithInBlock(args{"creation_on_message": "true"}).String(),
					ConfigPlanChecks: plansUpdate, ConfigStateChecks: decided,
				},
				resource.TestStep{Config: studioFlow.String(), ConfigPlanChecks: plans(typeSetLater(c.behavior))},
			)
			// The type alone is new, and goes together with the rest all the same.
			if sent := emulator.LastForm(); c.behavior.NullIntegrationType &&
				(sent.Get("IntegrationType") != "studio" || sent.Get("Integration.FlowSid") != studioFlowSID) {
				t.Errorf("sent %v", sent)
			}
		})
	}
}

// typeSetLater is what is planned when the configuration gets the type that a flow may have already.
func typeSetLater(b flexemulator.Behavior) plancheck.ResourceActionType {
	if b.NullIntegrationType {
		return plancheck.ResourceActionUpdate
	}
	return plancheck.ResourceActionNoop
}

func TestAccEmptyBlock(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewEmulator(t, flexemulator.Options{Behavior: flexemulator.Behavior{NullIntegrationType: true}})
	acctest.Run(t, emulator, resource.TestStep{Config: bareFlow.WithBlock(args{}).String(), ConfigPlanChecks: plansCreate})
}
