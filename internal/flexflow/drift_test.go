package flexflow_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

type change = func(*flexemulator.Flow)

func integrationChange(key string, value any) change {
	return func(f *flexemulator.Flow) { f.Integration[key] = value }
}

// Each attribute changed behind Terraform's back, one by one: seen by the next plan and put right by the next apply.
func TestDrift(t *testing.T) {
	external := "external"
	full := bareFlow.With(args{"contact_identity": `"+15005550006"`, "enabled": "true"})
	cases := map[string]struct {
		config flow
		change change
		holds  map[string]any // again
	}{
		"friendly_name": {
			full, func(f *flexemulator.Flow) { f.FriendlyName = "Changed" }, map[string]any{"friendly_name": "Web chat"},
		},
		"chat_service_sid": {
			full, func(f *flexemulator.Flow) { f.ChatServiceSID = "IS" + workspaceSID[2:] }, map[string]any{"chat_service_sid": chatServiceSID},
		},
		"channel_type": {
			full, func(f *flexemulator.Flow) { f.ChannelType = "line" }, map[string]any{"channel_type": "web"},
		},
		"contact_identity": {
			full, func(f *flexemulator.Flow) { f.ContactIdentity = "changed" }, map[string]any{"contact_identity": "+15005550006"},
		},
		"contact_identity cleared": {
			full, func(f *flexemulator.Flow) { f.ContactIdentity = "" }, map[string]any{"contact_identity": "+15005550006"},
		},
		"contact_identity set": {
			bareFlow, func(f *flexemulator.Flow) { f.ContactIdentity = "set" }, map[string]any{"contact_identity": ""},
		},
		"enabled":         {full, func(f *flexemulator.Flow) { f.Enabled = false }, map[string]any{"enabled": true}},
		"janitor_enabled": {full, func(f *flexemulator.Flow) { f.JanitorEnabled = true }, map[string]any{"janitor_enabled": false}},
		"long_lived":      {full, func(f *flexemulator.Flow) { f.LongLived = true }, map[string]any{"long_lived": false}},
		"integration_type": {
			studioFlow, func(f *flexemulator.Flow) {
				f.IntegrationType = &external
				f.Integration = map[string]any{"url": "https://example.com/other"}
			},
			map[string]any{"integration.flow_sid": studioFlowSID},
		},
		"flow_sid": {
			studioFlow, integrationChange("flow_sid", "FW"+workspaceSID[2:]), map[string]any{"integration.flow_sid": studioFlowSID},
		},
		"flow_sid gone":      {studioFlow, integrationChange("flow_sid", nil), map[string]any{"integration.flow_sid": studioFlowSID}},
		"studio retry_count": {studioFlow, integrationChange("retry_count", 1), map[string]any{"integration.retry_count": 3}},
		"creation_on_message": {
			studioFlow.WithInBlock(args{"creation_on_message": "true"}), integrationChange("creation_on_message", false),
			map[string]any{"integration.creation_on_message": true},
		},
		"url": {
			externalFlow, integrationChange("url", "https://example.com/other"), map[string]any{"integration.url": "https://example.com/hook"},
		},
		"workspace_sid": {
			taskFlow, integrationChange("workspace_sid", "WS"+chatServiceSID[2:]), map[string]any{"integration.workspace_sid": workspaceSID},
		},
		"workflow_sid": {
			taskFlow, integrationChange("workflow_sid", "WW"+chatServiceSID[2:]), map[string]any{"integration.workflow_sid": workflowSID},
		},
		"channel":  {taskFlow, integrationChange("channel", "sms"), map[string]any{"integration.channel": "default"}},
		"timeout":  {taskFlow, integrationChange("timeout", 60), map[string]any{"integration.timeout": 86400}},
		"priority": {taskFlow, integrationChange("priority", 9), map[string]any{"integration.priority": 0}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			steps(t, flexemulator.Behavior{}, func(emulator *acctest.Emulator) []acctest.Step {
				return []acctest.Step{
					{Config: c.config.Values(), Plans: creates, Holds: c.holds},
					{Before: func() { emulator.ChangeOnly(c.change) }, Config: c.config.Values(), Plans: updates, Holds: c.holds},
				}
			})
		})
	}
}

// What Terraform does not manage may change without a plan.
func TestDrift_unmanaged(t *testing.T) {
	external := "external"
	for name, c := range map[string]struct {
		config flow
		change change
	}{
		"enabled": {bareFlow, func(f *flexemulator.Flow) { f.Enabled = !f.Enabled }},
		"integration without a block": {bareFlow, func(f *flexemulator.Flow) {
			f.IntegrationType, f.Integration = &external, map[string]any{"url": "https://x.test"}
		}},
		"creation_on_message":          {studioFlow, integrationChange("creation_on_message", true)},
		"a key that studio lacks":      {studioFlow, integrationChange("channel", "studio")},
		"a key that task lacks":        {taskFlow, integrationChange("retry_count", 2)},
		"an absent documented default": {taskFlow, func(f *flexemulator.Flow) { delete(f.Integration, "timeout") }},
		"a null documented default":    {studioFlow, integrationChange("retry_count", nil)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			steps(t, flexemulator.Behavior{}, func(emulator *acctest.Emulator) []acctest.Step {
				return []acctest.Step{
					{Config: c.config.Values(), Plans: creates},
					{Before: func() { emulator.ChangeOnly(c.change) }, Config: c.config.Values(), Plans: nothing, Unknown: []string{}},
				}
			})
		})
	}
}

// The API goes silent about the integration, and the type is another: what was known holds no longer.
func TestDrift_typeOfSilentAPI(t *testing.T) {
	external := "external"
	steps(t, flexemulator.Behavior{Integration: flexemulator.IntegrationNull}, func(emulator *acctest.Emulator) []acctest.Step {
		return []acctest.Step{
			{Config: studioFlow.Values(), Plans: creates},
			{
				Before: func() { emulator.ChangeOnly(func(f *flexemulator.Flow) { f.IntegrationType = &external }) },
				Config: studioFlow.Values(), Plans: updates, Unknown: []string{"date_updated", "integration.creation_on_message"},
			},
		}
	})
}

func TestGone(t *testing.T) {
	steps(t, flexemulator.Behavior{}, func(emulator *acctest.Emulator) []acctest.Step {
		remove := func() { emulator.Remove(emulator.Only().SID) }
		return []acctest.Step{
			{Config: studioFlow.Values(), Plans: creates},
			{Before: func() { remove(); time.Sleep(time.Minute) }, Config: studioFlow.Values(), Plans: creates},
			// An update of what goes after the plan says so, and the next plan creates it again.
			{
				Before: func() { time.Sleep(time.Minute) }, Config: studioFlow.With(renamed).Values(), BeforeApply: remove, Plans: updates, Fails: true,
				Says: []string{"Unable to update Flex Flow", "404 Not Found", "The Flex Flow no longer exists."},
			},
			{Config: studioFlow.With(renamed).Values(), Plans: creates},
			// A destroy of what is gone already.
			{Before: func() { remove(); time.Sleep(time.Minute) }},
		}
	})
}

// With the real Terraform: what is gone is planned to be created, and a destroy of what goes meanwhile succeeds.
func TestAccGone(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewEmulator(t, flexemulator.Options{})
	acctest.Run(t, emulator,
		resource.TestStep{Config: studioFlow.String()},
		resource.TestStep{
			PreConfig: func() { emulator.Remove(emulator.Only().SID) }, Config: studioFlow.String(), ConfigPlanChecks: acctest.Plans(address, creates),
		},
		resource.TestStep{
			PreConfig: emulator.Inject(flexemulator.Fault{Method: http.MethodDelete, Kind: flexemulator.FaultStatus, AfterWork: true, Status: 404}),
			Config:    studioFlow.String(), Destroy: true,
		},
	)
}

// A 404 just after the create, of a write as of a read, does not mean that the flow is gone.
func TestGone_notYet(t *testing.T) {
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodDelete} {
		t.Run(method, func(t *testing.T) {
			steps(t, flexemulator.Behavior{}, func(emulator *acctest.Emulator) []acctest.Step {
				once := emulator.Inject(flexemulator.Fault{Method: method, Path: "/v1/FlexFlows/*", Kind: flexemulator.FaultStatus, Status: 404, Count: 2})
				if method == http.MethodDelete {
					return []acctest.Step{{Config: bareFlow.Values()}, {Before: once}}
				}
				return []acctest.Step{{Config: bareFlow.Values()}, {Before: once, Config: bareFlow.With(renamed).Values(), Plans: updates}}
			})
		})
	}
}

// A 404 that is not Twilio's own, from something else at the endpoint, is an error: nothing is forgotten.
func TestGone_notTwilio(t *testing.T) {
	steps(t, flexemulator.Behavior{}, func(emulator *acctest.Emulator) []acctest.Step {
		foreign := func(method string) func() {
			return emulator.Inject(flexemulator.Fault{Method: method, Kind: flexemulator.FaultStatus, Status: 404, HTML: true})
		}
		said := []string{"The response is not in the form of Twilio's API"}
		return []acctest.Step{
			{Before: foreign(http.MethodPost), Config: bareFlow.Values(), Fails: true, Says: said},
			{Before: foreign("NONE"), Config: bareFlow.Values(), Plans: creates},
			{Before: foreign(http.MethodGet), Config: bareFlow.Values(), Fails: true, Says: said},
			{Before: foreign(http.MethodDelete), Fails: true, Says: said},
			{Before: foreign("NONE"), Config: bareFlow.Values(), Plans: nothing},
		}
	})
}

// A flow that goes between the plan's read and the delete is deleted all the same.
func TestGone_duringDestroy(t *testing.T) {
	steps(t, flexemulator.Behavior{}, func(emulator *acctest.Emulator) []acctest.Step {
		gone := emulator.Inject(flexemulator.Fault{Method: http.MethodDelete, Kind: flexemulator.FaultStatus, AfterWork: true, Status: 404})
		return []acctest.Step{{Config: bareFlow.Values()}, {Before: gone}}
	})
}

func TestManyGone(t *testing.T) {
	acctest.TestManyGone(t, subject, func(emulator *acctest.Emulator, sid string) { emulator.Remove(sid) },
		"Many Flex Flows are gone", "twilio_conversations_address_configuration", "removed block")
}
