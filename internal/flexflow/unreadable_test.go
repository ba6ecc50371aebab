package flexflow_test

import (
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// Fields that can't be understood stop nothing: what Terraform holds or plans stays, plans are clean, other changes are made, and a
// destroy goes through.
func TestAccUnreadable(t *testing.T) {
	for name, fields := range map[string]map[string]any{
		"a priority of text":         {"integration": map[string]any{"priority": "high"}},
		"an integration that is not": {"integration": []any{}},
		"enabled, perhaps":           {"enabled": "maybe"},
		"all of them": {
			"account_sid": []any{}, "url": []any{}, "date_created": []any{}, "date_updated": []any{}, "friendly_name": []any{},
			"chat_service_sid": []any{}, "channel_type": []any{}, "contact_identity": []any{}, "enabled": []any{}, "janitor_enabled": []any{},
			"long_lived": []any{}, "integration_type": []any{}, "integration": "task",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emulator := acctest.NewEmulator(t, flexemulator.Options{})
			config := taskFlow.With(args{"enabled": "true", "janitor_enabled": "true"}).WithInBlock(args{"priority": "7"})
			changed := config.With(args{"friendly_name": `"Renamed"`})
			acctest.Run(t, emulator,
				resource.TestStep{PreConfig: emulator.Inject(acctest.OddFields(fields)), Config: config.String(), Check: emulator.InState(typeName, 1)},
				resource.TestStep{Config: config.String(), PlanOnly: true},
				resource.TestStep{PreConfig: emulator.Inject(), Config: config.String(), PlanOnly: true},
				resource.TestStep{PreConfig: emulator.Inject(acctest.OddFields(fields)), Config: changed.String(), ConfigPlanChecks: plansUpdate},
				resource.TestStep{PreConfig: emulator.Inject(), Config: changed.String(), ConfigPlanChecks: resource.ConfigPlanChecks{
					PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
				}},
				resource.TestStep{PreConfig: emulator.Inject(acctest.OddFields(fields)), Config: changed.String(), Destroy: true},
			)
		})
	}
}

// A read names the flow and the fields, keeps what it holds, and ignores what means nothing to the type.
func TestUnreadable_read(t *testing.T) {
	emulator := acctest.NewEmulator(t, flexemulator.Options{})
	studio := "studio"
	flow := emulator.Add(flexemulator.Flow{
		FriendlyName: "Web chat", ChatServiceSID: chatServiceSID, ChannelType: "web", IntegrationType: &studio, Enabled: true,
		Integration: map[string]any{"flow_sid": studioFlowSID, "retry_count": 2},
	})
	server := acctest.NewConfiguredProtocol(t, emulator)
	core := newCore(server)
	whole, text := core.Import(flow.SID)
	if text != "" {
		t.Fatal(text)
	}
	for name, c := range map[string]struct {
		fields map[string]any
		warns  string // empty: no warning
	}{
		"does not apply":       {map[string]any{"integration": map[string]any{"priority": "high", "timeout": []any{}}}, ""},
		"applies":              {map[string]any{"integration": map[string]any{"retry_count": "often"}, "enabled": "maybe"}, "enabled and integration.retry_count"},
		"the integration":      {map[string]any{"integration": "x"}, "integration"},
		"the integration type": {map[string]any{"integration_type": map[string]any{}}, "integration_type"},
		"the friendly name":    {map[string]any{"friendly_name": []any{1}}, "friendly_name"},
	} {
		t.Run(name, func(t *testing.T) {
			emulator.Inject(acctest.OddFields(c.fields))()
			after, text := core.Refresh(whole)
			if !after.Value.Equal(whole.Value) {
				t.Errorf("got %s, expected %s", after.Value, whole.Value)
			}
			want := "WARNING Unable to read all of Flex Flow " + flow.SID + ": Twilio's response holds " + c.warns + " of "
			if c.warns == "" && text != "" || c.warns != "" && (!strings.HasPrefix(text, want) || !strings.Contains(text, "keeps the values that it has")) {
				t.Errorf("got %q, expected %q", text, want)
			}
			if _, text := core.Import(flow.SID); (c.warns != "") != strings.Contains(text, "leaves them null") {
				t.Errorf("an import warns: %q", text)
			}
		})
	}
}

// After a write, one warning names the flow and the fields, and none says that Twilio returned a different value for value.
func TestUnreadable_write(t *testing.T) {
	emulator := acctest.NewEmulator(t, flexemulator.Options{})
	server := acctest.NewConfiguredProtocol(t, emulator)
	emulator.Inject(acctest.OddFields(map[string]any{"enabled": "maybe", "friendly_name": []any{}, "integration": map[string]any{"priority": "high"}}))()
	diags := applyChange(t, server, nil, map[string]any{
		"friendly_name": "Web chat", "chat_service_sid": chatServiceSID, "channel_type": "web", "enabled": true, "integration_type": "task",
		"integration": map[string]any{"workspace_sid": workspaceSID, "workflow_sid": workflowSID, "priority": 3},
	}).Diagnostics
	text := acctest.Describe(diags)
	if len(diags) != 1 || !strings.Contains(text, "holds enabled, friendly_name and integration.priority of "+emulator.Only().SID) {
		t.Error(text)
	}
}

// Data sources leave null what can't be read, warn, and show all other flows.
func TestAccUnreadable_dataSources(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewEmulator(t, flexemulator.Options{})
	sids := addEstate(emulator)
	first := slices.Sorted(maps.Values(sids))[0]
	fault := acctest.OddFields(map[string]any{"enabled": "maybe", "integration": "x"})
	fault.SID = first
	noSID := acctest.OddFields(map[string]any{"sid": 7})
	noSID.SID = first
	all := `data "twilio_flex_flows" "test" {}
output "null" { value = one([for f in data.twilio_flex_flows.test.flex_flows : f.sid if f.enabled == null && f.integration == null]) }
output "all" { value = length(data.twilio_flex_flows.test.flex_flows) }
`
	acctest.Run(t, emulator,
		resource.TestStep{
			PreConfig: emulator.Inject(fault), Config: all,
			Check: resource.ComposeAggregateTestCheckFunc(resource.TestCheckOutput("null", first), resource.TestCheckOutput("all", strconv.Itoa(len(sids)))),
		},
		resource.TestStep{
			Config: `data "twilio_flex_flow" "test" { sid = "` + first + `" }` + "\n" + `output "null" { value = data.twilio_flex_flow.test.enabled == null }`,
			Check:  resource.TestCheckOutput("null", "true"),
		},
		resource.TestStep{
			PreConfig: emulator.Inject(noSID), Config: all, Check: resource.TestCheckOutput("all", strconv.Itoa(len(sids)-1)),
		},
		// What can't be read can't be searched for.
		resource.TestStep{
			PreConfig: emulator.Inject(acctest.OddFields(map[string]any{"enabled": "maybe"})),
			Config:    strings.Replace(all, "{}", "{ enabled = true }", 1), Check: resource.TestCheckOutput("all", "0"),
		},
		// An answer that is no list stays an error.
		resource.TestStep{
			PreConfig: emulator.Inject(flexemulator.Fault{Method: http.MethodGet, Kind: flexemulator.FaultBody, Body: "{}", ContentType: "application/json"}),
			Config:    all, ExpectError: regexp.MustCompile("not a list"),
		},
		resource.TestStep{PreConfig: func() {
			for _, sid := range sids {
				emulator.Remove(sid)
			}
		}, Config: studioFlow.String(), Destroy: true},
	)
}

// An import keeps the block of a flow whose Studio flow can't be read, and is an import but once.
func TestUnreadable_import(t *testing.T) {
	emulator := acctest.NewEmulator(t, flexemulator.Options{})
	flow := emulator.Add(flexemulator.Flow{
		FriendlyName: "Web chat", ChatServiceSID: chatServiceSID, ChannelType: "web", IntegrationType: new("studio"), JanitorEnabled: true,
		Integration: map[string]any{"flow_sid": studioFlowSID, "retry_count": 2},
	})
	emulator.Inject(acctest.OddFields(map[string]any{"integration": map[string]any{"flow_sid": []any{}}, "janitor_enabled": "maybe"}))()
	c := newCore(acctest.NewConfiguredProtocol(t, emulator))
	imported, text := c.Import(flow.SID)
	attributes := acctest.AttributesOf(imported.Value)
	if attributes["integration"].IsNull() || !strings.Contains(text, "integration.flow_sid and janitor_enabled") {
		t.Errorf("got %s, %s", imported.Value, text)
	}
}

// An update whose answer is no flow says so, and nothing else.
func TestUnreadable_updateAnswer(t *testing.T) {
	for name, body := range map[string]string{"null": "null", "another flow": `{"sid": "FO` + strings.Repeat("9", 32) + `"}`} {
		t.Run(name, func(t *testing.T) {
			emulator := acctest.NewEmulator(t, flexemulator.Options{})
			server := acctest.NewConfiguredProtocol(t, emulator)
			config := map[string]any{"friendly_name": "Web chat", "chat_service_sid": chatServiceSID, "channel_type": "web"}
			created := applyChange(t, server, nil, config)
			emulator.Inject(flexemulator.Fault{Method: http.MethodPost, Kind: flexemulator.FaultBody, Body: body, ContentType: "application/json"})()
			config["contact_identity"], config["long_lived"] = "+15005550006", true
			updated := applyChange(t, server, created.NewState, config)
			if text := acctest.Describe(updated.Diagnostics); len(updated.Diagnostics) != 1 || !strings.Contains(text, "Unable to read the update of Flex Flow FO") {
				t.Error(text)
			}
		})
	}
}

// The list resource shows all other flows beside one that can't be read in full, or has no SID, and warns.
func TestUnreadable_listResource(t *testing.T) {
	for name, fields := range map[string]map[string]any{"a field": {"enabled": "maybe"}, "the SID": {"sid": 7}} {
		t.Run(name, func(t *testing.T) {
			emulator := acctest.NewEmulator(t, flexemulator.Options{})
			sids := addEstate(emulator)
			fault := acctest.OddFields(fields)
			fault.SID = sids["sales"]
			emulator.Inject(fault)()
			p := acctest.NewConfiguredProtocol(t, emulator)
			config := p.Value(p.Schemas.ListResourceSchemas[typeName], nil)
			stream, err := p.ListResource(t.Context(), &tfprotov6.ListResourceRequest{TypeName: typeName, Config: &config, Limit: 100})
			if err != nil {
				t.Fatal(err)
			}
			shown, text := 0, ""
			for result := range stream.Results {
				if result.Identity != nil {
					shown++
				}
				text += acctest.Describe(result.Diagnostics)
			}
			want := len(sids)
			if fields["sid"] != nil {
				want--
			}
			if shown != want || strings.Count(text, "WARNING Unable to read") != 1 || strings.Contains(text, "ERROR") {
				t.Errorf("%d flows, %s", shown, text)
			}
		})
	}
}
