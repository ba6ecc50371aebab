package flexflow_test

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// States that the older providers really wrote are taken over in internal/acctest. Here is what becomes of each value.

const (
	listed = 0 // how a state of RJPearson94/twilio looks
	flat   = 1 // how one of twilio/twilio looks
)

// older is a state with the integration in one of the two forms, changed as told.
func older(form int, integration, changes map[string]any) []byte {
	state := map[string]any{
		"id": "FO" + strings.Repeat("7", 32), "sid": "FO" + strings.Repeat("7", 32), "friendly_name": "Web chat", "chat_service_sid": chatServiceSID,
		"channel_type": "web", "contact_identity": "", "enabled": true, "janitor_enabled": false, "long_lived": false, "integration_type": "studio",
	}
	zero := map[string]any{
		"channel": "", "creation_on_message": false, "flow_sid": "", "priority": 0, "retry_count": 0, "timeout": 0, "url": "", "workflow_sid": "", "workspace_sid": "",
	}
	maps.Copy(zero, integration)
	switch form {
	case listed:
		state["integration"], state["timeouts"] = []any{zero}, nil
	case flat:
		for name, value := range zero {
			if value == "" || name == "timeout" && value == 0 {
				value = nil
			}
			state["integration_"+name] = value
		}
	}
	maps.Copy(state, changes)
	for name, value := range state {
		if value == "absent" {
			delete(state, name)
		}
	}
	raw, err := json.Marshal(state)
	if err != nil {
		panic(err)
	}
	return raw
}

// taken takes a state over, by an upgrade or by a move.
func taken(t *testing.T, p *acctest.Protocol, form int, raw []byte) (map[string]tftypes.Value, string) {
	t.Helper()
	var state *tfprotov6.DynamicValue
	var diags []*tfprotov6.Diagnostic
	if form == listed {
		resp, err := p.UpgradeResourceState(t.Context(), &tfprotov6.UpgradeResourceStateRequest{TypeName: typeName, RawState: &tfprotov6.RawState{JSON: raw}})
		if err != nil {
			t.Fatal(err)
		}
		state, diags = resp.UpgradedState, resp.Diagnostics
	} else {
		resp, err := p.MoveResourceState(t.Context(), &tfprotov6.MoveResourceStateRequest{
			TargetTypeName: typeName, SourceTypeName: "twilio_flex_flex_flows_v1", SourceProviderAddress: "registry.terraform.io/twilio/twilio",
			SourceState: &tfprotov6.RawState{JSON: raw},
		})
		if err != nil {
			t.Fatal(err)
		}
		state, diags = resp.TargetState, resp.Diagnostics
		if len(diags) == 0 && p.SIDOf(resp.TargetIdentity) != "FO"+strings.Repeat("7", 32) {
			t.Errorf("the identity is %q", p.SIDOf(resp.TargetIdentity))
		}
	}
	if len(diags) > 0 {
		return nil, acctest.Describe(diags)
	}
	return p.Attributes(state, p.Schemas.ResourceSchemas[typeName].ValueType()), ""
}

func TestTakeOver(t *testing.T) {
	t.Parallel()
	p := acctest.NewProtocol(t)
	type values = map[string]any
	task := values{"integration_type": "task"}
	workspace := values{"workspace_sid": workspaceSID, "workflow_sid": workflowSID}
	for name, c := range map[string]struct {
		integration, changes values
		want                 values // of the integration, nil for none; what is left out is null
		root                 values
	}{
		"studio":               {values{"flow_sid": studioFlowSID, "retry_count": 1}, nil, values{"flow_sid": studioFlowSID, "retry_count": 1, "creation_on_message": false}, nil},
		"studio, zero retries": {values{"flow_sid": studioFlowSID}, nil, values{"flow_sid": studioFlowSID, "retry_count": 0, "creation_on_message": false}, nil},
		"external": {
			values{"url": "https://example.com", "retry_count": 3},
			values{"integration_type": "external"},
			values{"url": "https://example.com", "retry_count": 3, "creation_on_message": false},
			values{"integration_type": "external"},
		},
		"task with what was not stored": {workspace, task, values{
			"workspace_sid": workspaceSID, "workflow_sid": workflowSID, "channel": "default", "timeout": 86400, "priority": 0, "creation_on_message": false,
		}, nil},
		"task whose Workflow was lost": {
			values{"workspace_sid": workspaceSID, "channel": "sms", "timeout": 60, "priority": 7, "creation_on_message": true},
			task,
			values{"workspace_sid": workspaceSID, "channel": "sms", "timeout": 60, "priority": 7, "creation_on_message": true},
			nil,
		},
		"foreign keys":   {values{"flow_sid": studioFlowSID, "channel": "studio", "priority": 4, "timeout": 9}, nil, values{"flow_sid": studioFlowSID, "retry_count": 0, "creation_on_message": false}, nil},
		"no integration": {nil, values{"integration_type": ""}, nil, values{"integration_type": nil}},
		// The next read takes the integration in, as of an import.
		"a type alone": {nil, nil, nil, values{"integration_type": "studio"}},
		"contact":      {nil, values{"contact_identity": "+15005550006"}, nil, values{"contact_identity": "+15005550006"}},
		"no contact":   {nil, values{"contact_identity": nil}, nil, values{"contact_identity": ""}},
		"absent booleans": {
			nil,
			values{"janitor_enabled": nil, "long_lived": "absent", "enabled": nil, "integration_type": nil},
			nil,
			values{"janitor_enabled": false, "long_lived": false, "enabled": nil},
		},
		"the SID in the ID alone": {
			nil, values{"sid": "absent"}, nil, values{"id": "FO" + strings.Repeat("7", 32), "sid": "FO" + strings.Repeat("7", 32)},
		},
		"an empty SID": {nil, values{"sid": ""}, nil, values{"sid": "FO" + strings.Repeat("7", 32)}},
		"what only one of them stores": {
			nil,
			values{"account_sid": "AC1", "url": "https://example.com/1", "date_created": "2026-01-01T00:00:00Z", "date_updated": nil},
			nil,
			values{"account_sid": "AC1", "url": "https://example.com/1", "date_created": "2026-01-01T00:00:00Z", "date_updated": nil},
		},
		"unknown attributes": {nil, values{"new_in_some_version": []any{1}}, nil, nil},
	} {
		for form, label := range []string{"listed", "flat"} {
			t.Run(name+"/"+label, func(t *testing.T) {
				state, problem := taken(t, p, form, older(form, c.integration, c.changes))
				if problem != "" {
					t.Fatal(problem)
				}
				want := p.Value(p.Schemas.ResourceSchemas[typeName], map[string]any{"integration": c.want})
				wanted := p.Attributes(&want, p.Schemas.ResourceSchemas[typeName].ValueType())
				if c.want == nil {
					wanted["integration"] = tftypes.NewValue(wanted["integration"].Type(), nil)
				}
				if !state["integration"].Equal(wanted["integration"]) {
					t.Errorf("integration is %s,\nwant %s", state["integration"], wanted["integration"])
				}
				if !state["timeouts"].IsNull() {
					t.Errorf("timeouts are %s", state["timeouts"])
				}
				for attribute, value := range c.root {
					if got := state[attribute]; !got.Equal(tftypes.NewValue(got.Type(), value)) {
						t.Errorf("%s is %s, want %v", attribute, got, value)
					}
				}
			})
		}
	}
}

// What was taken over plans clean, however the API answers.
func TestTakeOver_clean(t *testing.T) {
	for name, behavior := range behaviors {
		for form, label := range []string{"listed", "flat"} {
			t.Run(name+"/"+label, func(t *testing.T) {
				t.Parallel()
				acctest.InVirtualTime(t, func(t *testing.T) {
					emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{Behavior: behavior})
					flow := emulator.Add(flexemulator.Flow{
						SID: "FO" + strings.Repeat("7", 32), FriendlyName: "Web chat", ChatServiceSID: chatServiceSID, ChannelType: "web", Enabled: true,
						IntegrationType: new("studio"), Integration: map[string]any{"flow_sid": studioFlowSID, "retry_count": 2},
					})
					time.Sleep(time.Minute) // a flow that is migrated is an old one
					c := subject.Core(t, emulator)
					state, problem := taken(t, c.Protocol, form, older(form, map[string]any{"flow_sid": studioFlowSID, "retry_count": 2}, nil))
					if problem != "" {
						t.Fatal(problem)
					}
					read, text := c.Refresh(acctest.Instance{Value: tftypes.NewValue(c.Absent().Value.Type(), state)})
					config := studioFlow.With(args{"enabled": "true"}).WithInBlock(args{"retry_count": "2"}).Values()
					if _, changes, said := c.PlanValues(read, config); changes || text+said != "" {
						t.Errorf("a plan has changes: %t%s%s\n%v", changes, text, said, acctest.Plain(read.Value))
					}
					emulator.Remove(flow.SID)
				})
			})
		}
	}
}

func TestTakeOver_timeouts(t *testing.T) {
	t.Parallel()
	p := acctest.NewProtocol(t)
	state, problem := taken(t, p, listed, older(listed, nil, map[string]any{"timeouts": map[string]any{"create": "2m", "read": nil, "default": "1h"}}))
	if problem != "" {
		t.Fatal(problem)
	}
	var timeouts map[string]tftypes.Value
	if err := state["timeouts"].As(&timeouts); err != nil {
		t.Fatal(err)
	}
	if len(timeouts) != 4 || !timeouts["create"].Equal(tftypes.NewValue(tftypes.String, "2m")) || !timeouts["read"].IsNull() || !timeouts["delete"].IsNull() {
		t.Errorf("timeouts are %s", state["timeouts"])
	}
}

// What is no duration is left out: it would be an error of each read.
func TestTakeOver_unusableTimeouts(t *testing.T) {
	t.Parallel()
	p := acctest.NewProtocol(t)
	for _, timeouts := range []any{map[string]any{"read": "", "create": "soon"}, map[string]any{"create": 5}, []any{}, "1h"} {
		state, problem := taken(t, p, listed, older(listed, nil, map[string]any{"timeouts": timeouts}))
		if problem != "" || !state["timeouts"].IsNull() {
			t.Errorf("%v: %v %s", timeouts, state["timeouts"], problem)
		}
	}
}

// A state that can't be understood stays as it is, with an error that says what to do.
func TestTakeOver_refused(t *testing.T) {
	t.Parallel()
	p := acctest.NewProtocol(t)
	for name, c := range map[string]struct {
		raw  []byte
		text string
	}{
		"not JSON":         {[]byte(`{`), "it is not a JSON object"},
		"null":             {[]byte(`null`), "it is not a JSON object"},
		"no SID":           {older(listed, nil, map[string]any{"sid": nil, "id": "12"}), "neither sid nor id is that of a Flex Flow"},
		"list of texts":    {older(listed, nil, map[string]any{"integration": []any{"FW"}}), "integration is a list of something else than objects"},
		"integration text": {older(listed, nil, map[string]any{"integration": "FW"}), "integration is no object"},
		"enabled list":     {older(listed, nil, map[string]any{"enabled": []any{}}), "it holds enabled in a form"},
	} {
		for form, label := range []string{"listed", "flat"} {
			t.Run(name+"/"+label, func(t *testing.T) {
				_, problem := taken(t, p, form, c.raw)
				if !strings.Contains(problem, "Unable to take over the state of a Flex Flow") || !strings.Contains(problem, c.text) || !strings.Contains(problem, "terraform state rm") {
					t.Errorf("got %q", problem)
				}
			})
		}
	}
}

// States move here from the two older types and from this one, and from no other.
func TestMoveState_sources(t *testing.T) {
	t.Parallel()
	p := acctest.NewProtocol(t)
	own := map[string]any{"integration": map[string]any{"flow_sid": studioFlowSID, "retry_count": 2}}
	for name, c := range map[string]struct {
		source  string
		version int64
		raw     []byte
		moved   bool
	}{
		"the flat type":         {"twilio_flex_flex_flows_v1", 0, older(flat, map[string]any{"flow_sid": studioFlowSID}, nil), true},
		"the same type, before": {"twilio_flex_flow", 0, older(listed, map[string]any{"flow_sid": studioFlowSID}, nil), true},
		"the same type":         {"twilio_flex_flow", 1, older(2, nil, own), true},
		"the same type, later":  {"twilio_flex_flow", 2, older(2, nil, own), false},
		"another type":          {"twilio_flex_channel", 0, older(listed, nil, nil), false},
	} {
		t.Run(name, func(t *testing.T) {
			resp, err := p.MoveResourceState(t.Context(), &tfprotov6.MoveResourceStateRequest{
				TargetTypeName: typeName, SourceTypeName: c.source, SourceSchemaVersion: c.version, SourceState: &tfprotov6.RawState{JSON: c.raw},
				// What "terraform state replace-provider" leaves; or, under OpenTofu, another host.
				SourceProviderAddress: "registry.opentofu.org/flex-iac/twilio",
			})
			if err != nil {
				t.Fatal(err)
			}
			if moved := len(resp.Diagnostics) == 0; moved != c.moved {
				t.Fatal(acctest.Describe(resp.Diagnostics))
			}
			if !c.moved {
				return
			}
			state := p.Attributes(resp.TargetState, p.Schemas.ResourceSchemas[typeName].ValueType())
			var integration map[string]tftypes.Value
			if err := state["integration"].As(&integration); err != nil || !integration["flow_sid"].Equal(tftypes.NewValue(tftypes.String, studioFlowSID)) {
				t.Errorf("integration is %s", state["integration"])
			}
		})
	}
}
