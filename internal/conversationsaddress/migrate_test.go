package conversationsaddress_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// States that the other providers wrote are taken over in internal/acctest. Here is what becomes of each value.

var movedSID = "IG" + strings.Repeat("7", 32)

// move moves a state here, and returns what it becomes, or what is said.
func move(t *testing.T, source string, version int64, state map[string]any) (map[string]any, string) {
	t.Helper()
	p := acctest.NewProtocol(t)
	raw, err := json.Marshal(state)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := p.MoveResourceState(t.Context(), &tfprotov6.MoveResourceStateRequest{
		TargetTypeName: typeName, SourceTypeName: source, SourceSchemaVersion: version, SourceState: &tfprotov6.RawState{JSON: raw},
		SourceProviderAddress: "registry.terraform.io/twilio/twilio",
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(resp.Diagnostics) > 0 {
		return nil, acctest.Describe(resp.Diagnostics)
	}
	if got := p.SIDOf(resp.TargetIdentity); got != movedSID {
		t.Errorf("the identity is %q", got)
	}
	value, err := resp.TargetState.Unmarshal(p.Schemas.ResourceSchemas[typeName].ValueType())
	if err != nil {
		t.Fatal(err)
	}
	moved, _ := acctest.Plain(value).(map[string]any)
	return moved, ""
}

func TestMoveState(t *testing.T) {
	type values = map[string]any
	const flat, nested = "twilio_conversations_configuration_addresses_v1", "twilio_conversations_address_configuration_"
	known := func(changes values) values {
		all := values{"id": movedSID, "sid": movedSID, "type": "sms", "address": "+15005550006", "friendly_name": ""}
		maps.Copy(all, changes)
		return all
	}
	for name, c := range map[string]struct {
		source string
		state  values
		block  any
		holds  values
	}{
		"flat, studio": {
			flat, known(values{
				"auto_creation_enabled": true, "auto_creation_type": "studio", "auto_creation_studio_flow_sid": studioFlowSID,
				"auto_creation_studio_retry_count": 2, "auto_creation_webhook_filters": nil, "friendly_name": "Support", "address_country": "",
			}),
			values{"enabled": true, "type": "studio", "studio_flow_sid": studioFlowSID, "studio_retry_count": 2},
			values{"friendly_name": "Support", "address_country": nil},
		},
		"flat, without the retries": {
			flat, known(values{"auto_creation_enabled": false, "auto_creation_type": "studio", "auto_creation_studio_flow_sid": studioFlowSID}),
			values{"enabled": false, "type": "studio", "studio_flow_sid": studioFlowSID, "studio_retry_count": 0},
			nil,
		},
		"flat, default and disabled": {
			flat, known(values{"auto_creation_enabled": false, "auto_creation_type": "default"}), values{"enabled": false, "type": "default"}, nil,
		},
		"flat, no auto-creation":  {flat, known(values{"auto_creation_enabled": false, "auto_creation_type": nil}), nil, values{"friendly_name": ""}},
		"flat, nothing stored":    {flat, known(nil), nil, nil},
		"flat, a country":         {flat, known(values{"address_country": "US"}), nil, values{"address_country": "US"}},
		"flat, the ID of an path": {flat, known(values{"id": "+15005550006"}), nil, values{"id": movedSID}},
		"nested, studio": {
			nested + "studio", known(values{
				"enabled": true, "integration_type": "studio", "flow_sid": studioFlowSID, "retry_count": 1, "service_sid": serviceSID,
				"account_sid": "AC1", "url": "https://example.com", "timeouts": values{"create": nil},
			}),
			values{
				"enabled": true, "type": "studio", "studio_flow_sid": studioFlowSID, "studio_retry_count": 1, "conversation_service_sid": serviceSID,
			},
			values{"account_sid": "AC1", "url": "https://example.com", "timeouts": nil},
		},
		"nested, webhook": {
			nested + "webhook", known(values{
				"enabled": false, "integration_type": "webhook", "webhook_url": "https://example.com/hook", "webhook_method": "GET",
				"webhook_filters": []any{"onParticipantRemoved", "onMessageAdded"}, "service_sid": "",
			}),
			values{
				"enabled": false, "type": "webhook", "webhook_url": "https://example.com/hook", "webhook_method": "GET",
				"webhook_filters": []any{"onMessageAdded", "onParticipantRemoved"},
			},
			nil,
		},
		"nested, no filters": {
			nested + "webhook", known(values{"enabled": true, "integration_type": "webhook", "webhook_url": "https://example.com", "webhook_filters": []any{}}),
			values{"enabled": true, "type": "webhook", "webhook_url": "https://example.com"},
			nil,
		},
		"nested, default":        {nested + "default", known(values{"enabled": true, "integration_type": "default"}), values{"enabled": true, "type": "default"}, nil},
		"nested, type not known": {nested + "default", known(values{"enabled": false, "integration_type": ""}), values{"enabled": false, "type": "default"}, nil},
		"this type": {
			typeName, known(values{"auto_creation": values{"enabled": true, "type": "default"}}), values{"enabled": true, "type": "default"}, nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			moved, said := move(t, c.source, 0, c.state)
			if said != "" {
				t.Fatal(said)
			}
			block, _ := moved["auto_creation"].(map[string]any)
			for attribute, value := range block {
				if value == nil {
					delete(block, attribute)
				}
			}
			if wanted, _ := c.block.(map[string]any); fmt.Sprint(block) != fmt.Sprint(wanted) {
				t.Errorf("auto_creation is %v, want %v", block, wanted)
			}
			for attribute, value := range c.holds {
				if fmt.Sprint(moved[attribute]) != fmt.Sprint(value) {
					t.Errorf("%s is %v, want %v", attribute, moved[attribute], value)
				}
			}
		})
	}
}

func TestMoveState_refused(t *testing.T) {
	known := map[string]any{"id": movedSID, "sid": movedSID, "type": "sms", "address": "+15005550006"}
	for name, c := range map[string]struct {
		source  string
		version int64
		state   map[string]any
		says    []string
	}{
		"a Flex Flow": {
			"twilio_flex_flow", 1,
			map[string]any{"id": "FO" + strings.Repeat("7", 32), "sid": "FO" + strings.Repeat("7", 32)},
			[]string{"A Flex Flow can't be moved to an address configuration", "guides/moving-to-flex-conversations"},
		},
		"another type":  {"twilio_conversations_services_v1", 0, known, []string{"Unable to Move Resource State"}},
		"a later state": {typeName, 1, known, []string{"Unable to Move Resource State"}},
		"no SID": {
			typeName, 0,
			map[string]any{"id": "+15005550006"},
			[]string{"Unable to take over the state of an address configuration", "neither sid nor id", "terraform state rm"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, said := move(t, c.source, c.version, c.state)
			for _, text := range c.says {
				if !strings.Contains(said, text) {
					t.Errorf("no %q in %q", text, said)
				}
			}
		})
	}
}

// The first plan after a move has no changes where the configuration is that of before.
func TestMoveState_clean(t *testing.T) {
	acctest.InVirtualTime(t, func(t *testing.T) {
		emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
		emulator.AddAddress(flexemulator.Address{
			SID: movedSID, Type: "sms", Address: "+15005550006",
			AutoCreation: map[string]any{"enabled": true, "type": "studio", "studio_flow_sid": studioFlowSID},
		})
		c := newCore(acctest.NewConfiguredProtocol(t, emulator))
		raw, err := json.Marshal(map[string]any{"id": movedSID, "sid": movedSID, "type": "sms", "address": "+15005550006", "auto_creation_enabled": false})
		if err != nil {
			t.Fatal(err)
		}
		resp, err := c.MoveResourceState(t.Context(), &tfprotov6.MoveResourceStateRequest{
			TargetTypeName: typeName, SourceTypeName: "twilio_conversations_configuration_addresses_v1", SourceState: &tfprotov6.RawState{JSON: raw},
			SourceProviderAddress: "registry.terraform.io/twilio/twilio",
		})
		if err != nil {
			t.Fatal(err)
		}
		read, said := c.Refresh(acctest.Instance{Value: c.Static(resp.TargetState), Private: resp.TargetPrivate})
		if _, changes, text := c.PlanValues(read, bare.Values()); changes || said+text != "" {
			t.Errorf("without a block, it changes: %t%s%s", changes, said, text)
		}
		if resp, _, text := c.PlanValues(read, bare.With(args{"address_country": `"US"`}).Values()); resp == nil || len(resp.RequiresReplace) > 0 {
			t.Errorf("a country that the state lacks replaces it: %s", text)
		}
	})
}
