package flexflow_test

import (
	"maps"
	"net/http"
	"net/url"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// An optionalCase is an optional attribute: set, changed and taken out of the configuration.
type optionalCase struct {
	base         flow
	name         string
	set, changed string // in the configuration
	holds        [3]any // in the state, when set, changed and taken out
	parameter    string
	sends        [3]string // values of the parameter
	plansNothing bool      // when it is taken out
}

var optionalCases = map[string]optionalCase{
	"contact_identity": {
		base: bareFlow, name: "contact_identity", set: `"+15005550006"`, changed: `"+15005550007"`, holds: [3]any{"+15005550006", "+15005550007", ""},
		parameter: "ContactIdentity", sends: [3]string{"+15005550006", "+15005550007", ""},
	},
	"enabled": {
		base: bareFlow, name: "enabled", set: "true", changed: "false", holds: [3]any{true, false, false},
		parameter: "Enabled", sends: [3]string{"true", "false"}, plansNothing: true,
	},
	"janitor_enabled": {
		base: bareFlow, name: "janitor_enabled", set: "false", changed: "true", holds: [3]any{false, true, false},
		parameter: "JanitorEnabled", sends: [3]string{"false", "true", "false"},
	},
	"long_lived": {
		base: bareFlow, name: "long_lived", set: "false", changed: "true", holds: [3]any{false, true, false},
		parameter: "LongLived", sends: [3]string{"false", "true", "false"},
	},
	"studio retry_count": {
		base: studioFlow, name: "integration.retry_count", set: "0", changed: "1", holds: [3]any{0, 1, 3},
		parameter: "Integration.RetryCount", sends: [3]string{"0", "1", "3"},
	},
	"external retry_count": {
		base: externalFlow, name: "integration.retry_count", set: "2", changed: "0", holds: [3]any{2, 0, 3},
		parameter: "Integration.RetryCount", sends: [3]string{"2", "0", "3"},
	},
	"channel": {
		base: taskFlow, name: "integration.channel", set: quote(taskChannelSID), changed: `"sms"`, holds: [3]any{taskChannelSID, "sms", "default"},
		parameter: "Integration.Channel", sends: [3]string{taskChannelSID, "sms", "default"},
	},
	"priority": {
		base: taskFlow, name: "integration.priority", set: "0", changed: "5", holds: [3]any{0, 5, 0},
		parameter: "Integration.Priority", sends: [3]string{"0", "5", "0"},
	},
	"timeout": {
		base: taskFlow, name: "integration.timeout", set: "1", changed: "3600", holds: [3]any{1, 3600, 86400},
		parameter: "Integration.Timeout", sends: [3]string{"1", "3600", "86400"},
	},
	"creation_on_message on studio": {
		base: studioFlow, name: "integration.creation_on_message", set: "true", changed: "false", holds: [3]any{true, false, false},
		parameter: "Integration.CreationOnMessage", sends: [3]string{"true", "false"}, plansNothing: true,
	},
	"creation_on_message on task": {
		base: taskFlow, name: "integration.creation_on_message", set: "false", changed: "true", holds: [3]any{false, true, true},
		parameter: "Integration.CreationOnMessage", sends: [3]string{"false", "true"}, plansNothing: true,
	},
}

// Every optional attribute: set, changed, taken out. What it is planned to be when it is taken out is its default, or the value
// it has where Twilio documents none.
func TestOptionalAttributes(t *testing.T) {
	for name, c := range optionalCases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			steps(t, flexemulator.Behavior{}, func(emulator *acctest.Emulator) []acctest.Step {
				step := func(i int, literal string, plans plancheck.ResourceActionType) acctest.Step {
					return acctest.Step{Config: c.base.Set(c.name, literal).Values(), Plans: plans, Holds: map[string]any{c.name: c.holds[i]}}
				}
				sent := func(i int) func() {
					return func() {
						if form := emulator.LastForm(); !form.Has(c.parameter) || form.Get(c.parameter) != c.sends[i] {
							t.Errorf("sent %v, expected %s=%s", form, c.parameter, c.sends[i])
						}
					}
				}
				takenOut, after := updates, step(2, "", nothing)
				if after.Before = sent(2); c.plansNothing {
					takenOut, after.Before = nothing, nil
				}
				all := []acctest.Step{step(0, c.set, creates), step(1, c.changed, updates), step(2, "", takenOut), after}
				all[1].Before, all[2].Before = sent(0), sent(1)
				return all
			})
		})
	}
}

// contact_identity is the same flow as "" and as null, both ways, and under both ways in which the API may clear it.
func TestContactIdentity(t *testing.T) {
	for name, behavior := range map[string]flexemulator.Behavior{"cleared to null": {}, "cleared to empty": {EmptyIdentity: true}} {
		t.Run(name, func(t *testing.T) {
			steps(t, behavior, func(*acctest.Emulator) []acctest.Step {
				step := func(literal string, plans plancheck.ResourceActionType, holds string) acctest.Step {
					config := bareFlow.With(args{"contact_identity": literal})
					return acctest.Step{Config: config.Values(), Plans: plans, Holds: map[string]any{"contact_identity": holds}}
				}
				const number = "+15005550006"
				return []acctest.Step{
					step(`""`, creates, ""), step("null", nothing, ""), step("", nothing, ""), step(`""`, nothing, ""),
					step(quote(number), updates, number), step("null", updates, ""), step(quote(number), updates, number), step(`""`, updates, ""),
				}
			})
		})
	}
}

// integrations are what a state holds of the integration of each type with nothing optional set.
var integrations = map[string]map[string]any{
	"studio": {
		"integration.flow_sid": studioFlowSID, "integration.retry_count": 3, "integration.url": nil, "integration.workspace_sid": nil,
		"integration.workflow_sid": nil, "integration.channel": nil, "integration.timeout": nil, "integration.priority": nil,
	},
	"external": {
		"integration.url": "https://example.com/hook", "integration.retry_count": 3, "integration.flow_sid": nil, "integration.workspace_sid": nil,
		"integration.workflow_sid": nil, "integration.channel": nil, "integration.timeout": nil, "integration.priority": nil,
	},
	"task": {
		"integration.workspace_sid": workspaceSID, "integration.workflow_sid": workflowSID, "integration.channel": "default",
		"integration.timeout": 86400, "integration.priority": 0, "integration.flow_sid": nil, "integration.url": nil, "integration.retry_count": nil,
	},
}

// From each type to the next, in place: the old type's attributes leave, the new one's arrive, and all of them are sent.
func TestTypeChanges(t *testing.T) {
	dated := []string{"date_updated", "integration.creation_on_message"}
	for name, behavior := range behaviors {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			steps(t, behavior, func(*acctest.Emulator) []acctest.Step {
				step := func(kind string) acctest.Step {
					sends := url.Values{"IntegrationType": {kind}}
					maps.Copy(sends, integrationForms[kind])
					return acctest.Step{Config: flowsByType[kind].Values(), Plans: updates, Unknown: dated, Holds: integrations[kind], Sends: sends}
				}
				return []acctest.Step{
					{Config: studioFlow.Values(), Plans: creates, Holds: integrations["studio"]},
					step("external"), step("task"), step("studio"),
				}
			})
		})
	}
}

// integrationForms are what is sent of the integration of each type with nothing optional set.
var integrationForms = map[string]url.Values{
	"studio":   {"Integration.FlowSid": {studioFlowSID}, "Integration.RetryCount": {"3"}},
	"external": {"Integration.Url": {"https://example.com/hook"}, "Integration.RetryCount": {"3"}},
	"task": {
		"Integration.WorkspaceSid": {workspaceSID}, "Integration.WorkflowSid": {workflowSID},
		"Integration.Channel": {"default"}, "Integration.Timeout": {"86400"}, "Integration.Priority": {"0"},
	},
}

// An update sends what differs and nothing else, but the integration whole.
func TestUpdateSendsWhatDiffers(t *testing.T) {
	dated := []string{"date_updated"}
	steps(t, flexemulator.Behavior{}, func(*acctest.Emulator) []acctest.Step {
		prior := taskFlow.With(renamed).WithInBlock(args{"priority": "2"})
		return []acctest.Step{
			{Config: taskFlow.Values()},
			{Config: taskFlow.With(renamed).Values(), Plans: updates, Unknown: dated, Sends: url.Values{"FriendlyName": {"Renamed"}}},
			{Config: prior.Values(), Plans: updates, Unknown: dated, Sends: url.Values{
				"IntegrationType": {"task"}, "Integration.WorkspaceSid": {workspaceSID}, "Integration.WorkflowSid": {workflowSID},
				"Integration.Channel": {"default"}, "Integration.Timeout": {"86400"}, "Integration.Priority": {"2"},
			}},
			{Config: prior.Values(), Plans: nothing},
		}
	})
}

// A change of the timeouts changes the state alone.
func TestTimeoutsAreNotSent(t *testing.T) {
	longer := with(studioFlow.Values(), "timeouts", map[string]any{"create": "1m", "update": "1h"})
	steps(t, flexemulator.Behavior{}, func(emulator *acctest.Emulator) []acctest.Step {
		nothingSent := func() {
			if posts := emulator.Calls(http.MethodPost); len(posts) > 0 {
				t.Errorf("sent %v", posts)
			}
		}
		return []acctest.Step{
			{Config: studioFlow.Values()},
			{Config: longer, Plans: updates, Unknown: []string{}},
			{Before: nothingSent, Config: studioFlow.Values(), Plans: updates, Unknown: []string{}},
			{Before: nothingSent, Config: studioFlow.Values(), Plans: nothing},
		}
	})
}

// The block taken out: Terraform forgets it and sends nothing. Put back: it is sent again.
func TestBlockRemoved(t *testing.T) {
	steps(t, flexemulator.Behavior{}, func(emulator *acctest.Emulator) []acctest.Step {
		changed := func() {
			if posts := emulator.Calls(http.MethodPost); len(posts) > 0 {
				t.Errorf("sent %v", posts)
			}
			emulator.ChangeOnly(integrationChange("retry_count", 1))
		}
		return []acctest.Step{
			{Config: studioFlow.Values()},
			{
				Config: bareFlow.Values(), Plans: updates, Says: []string{"Integration is not managed"},
				Holds: map[string]any{"integration": nil, "integration_type": "studio"},
			},
			{Before: changed, Config: bareFlow.Values(), Plans: nothing},
			{Config: studioFlow.Values(), Plans: updates, Holds: map[string]any{"integration.retry_count": 3}},
		}
	})
}

// The block without a type: Twilio decides, and what it decided is what the block is held to afterwards.
func TestBlockWithoutType(t *testing.T) {
	untyped := studioFlow.With(args{"integration_type": ""})
	for name, c := range map[string]struct {
		behavior flexemulator.Behavior
		decided  any
	}{
		"studio":                     {flexemulator.Behavior{}, "studio"},
		"studio, with defaults":      {flexemulator.Behavior{Integration: flexemulator.IntegrationWithDefaults}, "studio"},
		"null":                       {flexemulator.Behavior{NullIntegrationType: true}, nil},
		"null, and all keys":         {flexemulator.Behavior{NullIntegrationType: true, Integration: flexemulator.IntegrationAllKeys}, nil},
		"null, and replaces":         {flexemulator.Behavior{NullIntegrationType: true, ReplaceIntegration: true}, nil},
		"null, and integration null": {flexemulator.Behavior{NullIntegrationType: true, Integration: flexemulator.IntegrationNull}, nil},
		"studio, integration null":   {flexemulator.Behavior{Integration: flexemulator.IntegrationNull}, "studio"},
	} {
		t.Run(name, func(t *testing.T) {
			steps(t, c.behavior, func(*acctest.Emulator) []acctest.Step {
				decided := map[string]any{"integration_type": c.decided}
				typed := acctest.Step{Config: studioFlow.WithInBlock(onMessage).Values(), Plans: nothing}
				if c.decided == nil { // the type alone is new, and goes together with the rest all the same
					typed.Plans, typed.Sends = updates, url.Values{
						"IntegrationType": {"studio"}, "Integration.FlowSid": {studioFlowSID}, "Integration.RetryCount": {"3"}, "Integration.CreationOnMessage": {"true"},
					}
				}
				return []acctest.Step{
					{Config: untyped.Values(), Plans: creates, Holds: decided},
					{Config: untyped.WithInBlock(onMessage).Values(), Plans: updates, Holds: decided},
					typed,
				}
			})
		})
	}
}

func TestEmptyBlock(t *testing.T) {
	steps(t, flexemulator.Behavior{NullIntegrationType: true}, func(*acctest.Emulator) []acctest.Step {
		return []acctest.Step{{Config: bareFlow.WithBlock(args{}).Values(), Plans: creates}}
	})
}
