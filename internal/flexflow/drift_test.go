package flexflow_test

import (
	"net/http"
	"regexp"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

type change = func(*flexemulator.Flow)

func integrationChange(key string, value any) change {
	return func(f *flexemulator.Flow) { f.Integration[key] = value }
}

// Each attribute changed behind Terraform's back, one by one: seen by the next plan and put right by the next apply.
func TestAccDrift(t *testing.T) {
	external := "external"
	full := bareFlow.With(args{"contact_identity": `"+15005550006"`, "enabled": "true"})
	cases := map[string]struct {
		config flow
		change change
		check  statecheck.StateCheck // what is in force again
	}{
		"friendly_name": {
			full, func(f *flexemulator.Flow) { f.FriendlyName = "Changed" }, holds(knownvalue.StringExact("Web chat"), "friendly_name"),
		},
		"chat_service_sid": {
			full, func(f *flexemulator.Flow) { f.ChatServiceSID = "IS" + workspaceSID[2:] }, holds(knownvalue.StringExact(chatServiceSID), "chat_service_sid"),
		},
		"channel_type": {
			full, func(f *flexemulator.Flow) { f.ChannelType = "line" }, holds(knownvalue.StringExact("web"), "channel_type"),
		},
		"contact_identity": {
			full, func(f *flexemulator.Flow) { f.ContactIdentity = "changed" }, holds(knownvalue.StringExact("+15005550006"), "contact_identity"),
		},
		"contact_identity cleared": {
			full, func(f *flexemulator.Flow) { f.ContactIdentity = "" }, holds(knownvalue.StringExact("+15005550006"), "contact_identity"),
		},
		"contact_identity set": {
			bareFlow, func(f *flexemulator.Flow) { f.ContactIdentity = "set" }, holds(knownvalue.StringExact(""), "contact_identity"),
		},
		"enabled":         {full, func(f *flexemulator.Flow) { f.Enabled = false }, holds(knownvalue.Bool(true), "enabled")},
		"janitor_enabled": {full, func(f *flexemulator.Flow) { f.JanitorEnabled = true }, holds(knownvalue.Bool(false), "janitor_enabled")},
		"long_lived":      {full, func(f *flexemulator.Flow) { f.LongLived = true }, holds(knownvalue.Bool(false), "long_lived")},
		"integration_type": {
			studioFlow, func(f *flexemulator.Flow) {
				f.IntegrationType = &external
				f.Integration = map[string]any{"url": "https://example.com/other"}
			},
			holds(knownvalue.StringExact(studioFlowSID), "integration", "flow_sid"),
		},
		"flow_sid": {
			studioFlow, integrationChange("flow_sid", "FW"+workspaceSID[2:]), holds(knownvalue.StringExact(studioFlowSID), "integration", "flow_sid"),
		},
		"flow_sid gone":      {studioFlow, integrationChange("flow_sid", nil), holds(knownvalue.StringExact(studioFlowSID), "integration", "flow_sid")},
		"studio retry_count": {studioFlow, integrationChange("retry_count", 1), holds(knownvalue.Int64Exact(3), "integration", "retry_count")},
		"creation_on_message": {
			studioFlow.WithInBlock(args{"creation_on_message": "true"}), integrationChange("creation_on_message", false),
			holds(knownvalue.Bool(true), "integration", "creation_on_message"),
		},
		"url": {
			externalFlow, integrationChange("url", "https://example.com/other"), holds(knownvalue.StringExact("https://example.com/hook"), "integration", "url"),
		},
		"workspace_sid": {
			taskFlow, integrationChange("workspace_sid", "WS"+chatServiceSID[2:]), holds(knownvalue.StringExact(workspaceSID), "integration", "workspace_sid"),
		},
		"workflow_sid": {
			taskFlow, integrationChange("workflow_sid", "WW"+chatServiceSID[2:]), holds(knownvalue.StringExact(workflowSID), "integration", "workflow_sid"),
		},
		"channel":  {taskFlow, integrationChange("channel", "sms"), holds(knownvalue.StringExact("default"), "integration", "channel")},
		"timeout":  {taskFlow, integrationChange("timeout", 60), holds(knownvalue.Int64Exact(86400), "integration", "timeout")},
		"priority": {taskFlow, integrationChange("priority", 9), holds(knownvalue.Int64Exact(0), "integration", "priority")},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emulator := acctest.NewEmulator(t, flexemulator.Options{})
			acctest.Run(t, emulator,
				resource.TestStep{Config: c.config.String(), ConfigPlanChecks: plansCreate},
				resource.TestStep{
					PreConfig: func() { emulator.ChangeOnly(c.change) },
					Config:    c.config.String(), ConfigPlanChecks: plansUpdate, ConfigStateChecks: []statecheck.StateCheck{c.check},
				},
			)
		})
	}
}

// What Terraform does not manage may change without a plan.
func TestAccDrift_unmanaged(t *testing.T) {
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
			emulator := acctest.NewEmulator(t, flexemulator.Options{})
			acctest.Run(t, emulator,
				resource.TestStep{Config: c.config.String(), ConfigPlanChecks: plansCreate},
				resource.TestStep{
					PreConfig: func() { emulator.ChangeOnly(c.change) },
					Config:    c.config.String(), ConfigPlanChecks: plansNoop,
				},
			)
		})
	}
}

func TestAccGone(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewEmulator(t, flexemulator.Options{})
	remove := func() { emulator.Remove(emulator.Only().SID) }
	acctest.Run(t, emulator,
		resource.TestStep{Config: studioFlow.String(), ConfigPlanChecks: plansCreate},
		resource.TestStep{PreConfig: remove, Config: studioFlow.String(), ConfigPlanChecks: plansCreate},
		// A destroy of what is gone already.
		resource.TestStep{PreConfig: remove, Config: studioFlow.String(), Destroy: true},
	)
}

// A 404 just after the create, of a write as of a read, does not mean that the flow is gone.
func TestAccGone_notYet(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewEmulator(t, flexemulator.Options{})
	once := func(method string) func() {
		return emulator.Inject(flexemulator.Fault{Method: method, Path: "/v1/FlexFlows/*", Kind: flexemulator.FaultStatus, Status: 404, Count: 2})
	}
	renamed := bareFlow.With(args{"friendly_name": `"Renamed"`}).String()
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodDelete} {
		// However slow the machine is, this is just after the create.
		acctest.RunWith(t, acctest.FactoriesWithPropagationTime(time.Hour), emulator,
			resource.TestStep{PreConfig: once("NONE"), Config: bareFlow.String()},
			resource.TestStep{PreConfig: once(method), Config: renamed, ConfigPlanChecks: plansUpdate},
			resource.TestStep{Config: renamed, Destroy: true},
		)
	}
}

// A 404 that is not Twilio's own, from something else at the endpoint, is an error: nothing is forgotten.
func TestAccGone_notTwilio(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewEmulator(t, flexemulator.Options{})
	foreign := func(method string) func() {
		return emulator.Inject(flexemulator.Fault{Method: method, Kind: flexemulator.FaultStatus, Status: 404, HTML: true})
	}
	notTwilio := regexp.MustCompile(says("The response is not in the form of Twilio's API: a gateway or proxy may have sent it. Check base_url"))
	acctest.Run(t, emulator,
		resource.TestStep{PreConfig: foreign(http.MethodPost), Config: bareFlow.String(), ExpectError: notTwilio},
		resource.TestStep{PreConfig: foreign("NONE"), Config: bareFlow.String(), ConfigPlanChecks: plansCreate},
		resource.TestStep{PreConfig: foreign(http.MethodGet), Config: bareFlow.String(), ExpectError: notTwilio},
		resource.TestStep{PreConfig: foreign(http.MethodDelete), Config: bareFlow.String(), Destroy: true, ExpectError: notTwilio},
		resource.TestStep{PreConfig: foreign("NONE"), Config: bareFlow.String(), ConfigPlanChecks: plansNoop},
	)
}

// The API goes silent about the integration, and the type is another: what was known holds no longer.
func TestAccDrift_typeOfSilentAPI(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewEmulator(t, flexemulator.Options{Behavior: flexemulator.Behavior{Integration: flexemulator.IntegrationNull}})
	external := "external"
	acctest.Run(t, emulator,
		resource.TestStep{Config: studioFlow.String(), ConfigPlanChecks: plansCreate},
		resource.TestStep{
			PreConfig: func() { emulator.ChangeOnly(func(f *flexemulator.Flow) { f.IntegrationType = &external }) },
			Config:    studioFlow.String(),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(address, plancheck.ResourceActionUpdate),
					acctest.ExpectUnknown(address, "date_updated", "integration.creation_on_message"),
				},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
		},
	)
}

// A flow that goes between the plan's read and the delete is deleted all the same.
func TestAccGone_duringDestroy(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewEmulator(t, flexemulator.Options{})
	acctest.Run(t, emulator,
		resource.TestStep{Config: bareFlow.String()},
		resource.TestStep{
			PreConfig: func() {
				fault := flexemulator.Fault{Method: http.MethodDelete, Kind: flexemulator.FaultStatus, AfterWork: true, Status: 404}
				if err := emulator.SetFaults(fault); err != nil {
					t.Fatal(err)
				}
			},
			Config: bareFlow.String(), Destroy: true,
		},
	)
}

// An update of a flow that went after the plan says so, and the next plan creates it again.
func TestAccGone_duringUpdate(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewEmulator(t, flexemulator.Options{})
	renamed := bareFlow.With(args{"friendly_name": `"Renamed"`}).String()
	acctest.Run(t, emulator,
		resource.TestStep{Config: bareFlow.String()},
		resource.TestStep{
			Config: renamed,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction(address, plancheck.ResourceActionUpdate), acctest.BeforeApply(func() { emulator.Remove(emulator.Only().SID) }),
			}},
			ExpectError: regexp.MustCompile(`(?s)Unable to update Flex Flow.*` + says("404 Not Found") + `.*` + says("The Flex Flow no longer exists.")),
		},
		resource.TestStep{Config: renamed, ConfigPlanChecks: plansCreate},
	)
}
