package flexflow_test

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// Fields that can't be understood stop nothing: what Terraform holds or plans stays, plans are clean, other changes are made, and a
// destroy goes through.
func TestUnreadable(t *testing.T) {
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
			config := taskFlow.With(args{"enabled": "true", "janitor_enabled": "true"}).WithInBlock(args{"priority": "7"})
			changed := config.With(renamed).Values()
			steps(t, flexemulator.Behavior{}, func(emulator *acctest.Emulator) []acctest.Step {
				odd, plain := emulator.Inject(acctest.OddFields(fields)), emulator.Inject()
				warns := []string{"WARNING Unable to read"}
				return []acctest.Step{
					{Before: odd, Config: config.Values(), Plans: creates, Says: warns},
					{Config: config.Values(), Plans: nothing, Says: warns},
					{Before: plain, Config: config.Values(), Plans: nothing},
					{Before: odd, Config: changed, Plans: updates, Says: warns},
					{Before: plain, Config: changed, Plans: nothing},
					{Before: odd, Says: warns},
				}
			})
		})
	}
}

// A read names the flow and the fields, keeps what it holds, and ignores what means nothing to the type.
func TestUnreadable_read(t *testing.T) {
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
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
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
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
func TestUnreadable_dataSources(t *testing.T) {
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
	sids := addEstate(emulator)
	first := slices.Sorted(maps.Values(sids))[0]
	p := acctest.NewConfiguredProtocol(t, emulator)
	of := func(sid string, fields map[string]any) flexemulator.Fault {
		fault := acctest.OddFields(fields)
		fault.SID = sid
		return fault
	}
	for name, c := range map[string]struct {
		fault  flexemulator.Fault
		filter map[string]any
		shown  int
	}{
		"fields":                    {of(first, map[string]any{"enabled": "maybe", "integration": "x"}), nil, len(sids)},
		"the SID":                   {of(first, map[string]any{"sid": 7}), nil, len(sids) - 1},
		"a field that is asked for": {of("", map[string]any{"enabled": "maybe"}), map[string]any{"enabled": true}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			emulator.Inject(c.fault)()
			state, text := p.ReadData(typeName+"s", c.filter)
			shown, _ := state["flex_flows"].([]any)
			if len(shown) != c.shown || !strings.Contains(text, "WARNING Unable to read") || strings.Contains(text, "ERROR") {
				t.Errorf("shows %d, expected %d: %s", len(shown), c.shown, text)
			}
			for _, one := range shown {
				f, _ := one.(map[string]any)
				if null := f["enabled"] == nil && f["integration"] == nil; null != (f["sid"] == first) {
					t.Errorf("shows %v", f)
				}
			}
		})
	}
	emulator.Inject(of(first, map[string]any{"enabled": "maybe"}))()
	if state, text := p.ReadData(typeName, map[string]any{"sid": first}); state["enabled"] != nil || state["sid"] != first || !strings.Contains(text, "WARNING") {
		t.Errorf("%v: %s", state, text)
	}
	// A response that is no list stays an error.
	emulator.Inject(flexemulator.Fault{Method: http.MethodGet, Kind: flexemulator.FaultBody, Body: "{}", ContentType: "application/json"})()
	if _, text := p.ReadData(typeName+"s", nil); !strings.Contains(text, "ERROR") || !strings.Contains(text, "not a list") {
		t.Error(text)
	}
}

// An import keeps the block of a flow whose Studio flow can't be read, and is an import but once.
func TestUnreadable_import(t *testing.T) {
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
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
			emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
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
			emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
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
