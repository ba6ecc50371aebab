package flexflow_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// Identity needs Terraform 1.12. What the provider tells of it is tested at the protocol level, which needs no Terraform at all;
// with the real one in TestAccIdentity.

// applyChange plans and applies a change from one state (nil for none) to a configuration, and returns the new state and identity.
func applyChange(t *testing.T, p *acctest.Protocol, prior *tfprotov6.DynamicValue, config map[string]any) *tfprotov6.ApplyResourceChangeResponse {
	t.Helper()
	schema := p.Schemas.ResourceSchemas[typeName]
	none := p.None(schema)
	if prior == nil {
		prior = &none
	}
	configured := p.Value(schema, config)
	// Terraform proposes what is configured, and the prior value of what is computed.
	proposed := map[string]tftypes.Value{}
	if priorValue := p.Attributes(prior, schema.ValueType()); priorValue != nil {
		proposed = priorValue
	}
	for name, value := range p.Attributes(&configured, schema.ValueType()) {
		if _, ok := proposed[name]; !ok || !value.IsNull() {
			proposed[name] = value
		}
	}
	proposedState, err := tfprotov6.NewDynamicValue(schema.ValueType(), tftypes.NewValue(schema.ValueType(), proposed))
	if err != nil {
		t.Fatal(err)
	}
	plan, err := p.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: typeName, PriorState: prior, ProposedNewState: &proposedState, Config: &configured,
	})
	if err != nil || len(plan.Diagnostics) > 0 {
		t.Fatal(err, acctest.Describe(plan.Diagnostics))
	}
	applied, err := p.ApplyResourceChange(t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: typeName, PriorState: prior, PlannedState: plan.PlannedState, Config: &configured, PlannedPrivate: plan.PlannedPrivate, PlannedIdentity: plan.PlannedIdentity,
	})
	if err != nil || strings.Contains(acctest.Describe(applied.Diagnostics), "ERROR") {
		t.Fatal(err, acctest.Describe(applied.Diagnostics))
	}
	return applied
}

func TestIdentity(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
	p := acctest.NewConfiguredProtocol(t, emulator)
	config := map[string]any{"friendly_name": "Web chat", "chat_service_sid": chatServiceSID, "channel_type": "web"}

	created := applyChange(t, p, nil, config)
	sid := emulator.Only().SID
	if got := p.SIDOf(created.NewIdentity); got != sid {
		t.Errorf("a create gave %q", got)
	}
	config["friendly_name"] = "Renamed"
	updated := applyChange(t, p, created.NewState, config)
	if got := p.SIDOf(updated.NewIdentity); got != sid || emulator.Only().FriendlyName != "Renamed" {
		t.Errorf("an update gave %q", got)
	}
	// A state that an older Terraform wrote has no identity.
	read, err := p.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{TypeName: typeName, CurrentState: updated.NewState})
	if err != nil || len(read.Diagnostics) > 0 || p.SIDOf(read.NewIdentity) != sid {
		t.Errorf("a read gave %q: %v, %s", p.SIDOf(read.NewIdentity), err, acctest.Describe(read.Diagnostics))
	}

	imported, err := p.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: typeName, Identity: p.Identity(sid)})
	if err != nil || len(imported.Diagnostics) > 0 || len(imported.ImportedResources) != 1 {
		t.Fatal(err, acctest.Describe(imported.Diagnostics))
	}
	if got := p.SIDOf(imported.ImportedResources[0].Identity); got != sid {
		t.Errorf("an import gave %q", got)
	}
	again, err := p.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{
		TypeName: typeName, CurrentState: imported.ImportedResources[0].State, CurrentIdentity: imported.ImportedResources[0].Identity,
	})
	if err != nil || len(again.Diagnostics) > 0 || p.SIDOf(again.NewIdentity) != sid {
		t.Errorf("a read after an import: %v, %s", err, acctest.Describe(again.Diagnostics))
	}

	// A flow that is gone leaves the state, with identity or without.
	emulator.Remove(sid)
	for _, identity := range []*tfprotov6.ResourceIdentityData{nil, p.Identity(sid)} {
		gone, err := p.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{TypeName: typeName, CurrentState: read.NewState, CurrentIdentity: identity})
		if err != nil || len(gone.Diagnostics) > 0 || p.Attributes(gone.NewState, p.Schemas.ResourceSchemas[typeName].ValueType()) != nil {
			t.Errorf("a read of what is gone: %v, %s", err, acctest.Describe(gone.Diagnostics))
		}
	}
}

func TestIdentity_malformed(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
	p := acctest.NewConfiguredProtocol(t, emulator)
	for _, sid := range []any{"", "FO1", studioFlowSID, "/FlexFlows/FO" + studioFlowSID[2:], nil} {
		resp, err := p.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: typeName, Identity: p.Identity(sid)})
		if err != nil || !strings.Contains(acctest.Describe(resp.Diagnostics), "Invalid import identity: The identity's sid can't be used") {
			t.Errorf("%v: %v, %s", sid, err, acctest.Describe(resp.Diagnostics))
		}
	}
	// An empty ID is no identity either.
	resp, err := p.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: typeName})
	if err != nil || !strings.Contains(acctest.Describe(resp.Diagnostics), "Invalid import ID") {
		t.Errorf("%v, %s", err, acctest.Describe(resp.Diagnostics))
	}
	if calls := emulator.Calls(); len(calls) > 0 {
		t.Errorf("%d calls", len(calls))
	}
}

// Needs Terraform 1.12, the first with identity.
func TestAccIdentity(t *testing.T) {
	for kind, config := range flowsByType {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			acctest.TestIdentity(t, address, config.String(), config.With(args{"long_lived": "true"}).String())
		})
	}
}
