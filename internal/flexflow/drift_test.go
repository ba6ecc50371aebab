package flexflow_test

import (
	"net/http"
	"testing"

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
	all := map[string]acctest.Drift{}
	for name, c := range map[string]struct {
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
	} {
		all[name] = acctest.Drift{Config: c.config, Change: func(emulator *acctest.Emulator) { emulator.ChangeOnly(c.change) }, Holds: c.holds}
	}
	acctest.TestDrift(t, subject, all, map[string]flexemulator.Behavior{"merges": {}, "replaces": {ReplaceIntegration: true}})
}

// What Terraform does not manage may change without a plan.
func TestDrift_unmanaged(t *testing.T) {
	external, all := "external", map[string]acctest.Drift{}
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
		all[name] = acctest.Drift{Config: c.config, Change: func(emulator *acctest.Emulator) { emulator.ChangeOnly(c.change) }, Plans: nothing}
	}
	acctest.TestDrift(t, subject, all, map[string]flexemulator.Behavior{"as sent": {}})
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
	acctest.TestGone(t, subject, "Unable to update Flex Flow", "The Flex Flow no longer exists.")
}

func TestGone_notYet(t *testing.T) { acctest.TestGoneNotYet(t, subject) }

func TestGone_notTwilio(t *testing.T) { acctest.TestGoneNotTwilio(t, subject) }

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

func TestManyGone(t *testing.T) {
	acctest.TestManyGone(t, subject, "Many Flex Flows are gone", "twilio_conversations_address_configuration", "removed block")
}
