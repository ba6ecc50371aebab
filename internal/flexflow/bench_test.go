package flexflow_test

import (
	"encoding/json"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// What Terraform asks the provider for each flow of a plan that shows no change, in the process: requests, and what goes back.
func BenchmarkPlanRequests(b *testing.B) {
	emulator := acctest.NewEmulator(b, flexemulator.Options{Load: flexemulator.Load{Unchecked: true}})
	config := map[string]any{
		"friendly_name": "Web chat", "chat_service_sid": chatServiceSID, "channel_type": "web", "integration_type": "studio",
		"integration": map[string]any{"flow_sid": studioFlowSID},
	}
	c := newCore(acctest.NewConfiguredProtocol(b, emulator))
	dynamic := c.Value(c.Schemas.ResourceSchemas[typeName], config)
	configured := c.Static(&dynamic)
	plan, _, text := c.Plan(c.Absent(), configured)
	created, problem := c.Apply(b.Context(), c.Absent(), configured, plan)
	if text+problem != "" {
		b.Fatal(text, problem)
	}
	state, err := json.Marshal(map[string]any{
		"sid": created.SID(), "id": created.SID(), "friendly_name": "Web chat", "integration": map[string]any{"flow_sid": studioFlowSID},
	})
	if err != nil {
		b.Fatal(err)
	}
	for _, request := range []struct {
		name string
		make func() ([]*tfprotov6.Diagnostic, error)
	}{
		{"ValidateResourceConfig", func() ([]*tfprotov6.Diagnostic, error) {
			resp, err := c.ValidateResourceConfig(b.Context(), &tfprotov6.ValidateResourceConfigRequest{TypeName: typeName, Config: &dynamic})
			return resp.Diagnostics, err
		}},
		{"UpgradeResourceState", func() ([]*tfprotov6.Diagnostic, error) {
			resp, err := c.UpgradeResourceState(b.Context(), &tfprotov6.UpgradeResourceStateRequest{
				TypeName: typeName, Version: 1, RawState: &tfprotov6.RawState{JSON: state},
			})
			return resp.Diagnostics, err
		}},
		{"ReadResource", func() ([]*tfprotov6.Diagnostic, error) {
			resp, err := c.ReadResource(b.Context(), &tfprotov6.ReadResourceRequest{TypeName: typeName, CurrentState: c.Dynamic(created.Value), Private: created.Private})
			return resp.Diagnostics, err
		}},
		{"PlanResourceChange", func() ([]*tfprotov6.Diagnostic, error) {
			resp, err := c.PlanResourceChange(b.Context(), &tfprotov6.PlanResourceChangeRequest{
				TypeName: typeName, PriorState: c.Dynamic(created.Value), ProposedNewState: c.Dynamic(c.Propose(configured, created.Value)), Config: &dynamic,
				PriorPrivate: created.Private,
			})
			return resp.Diagnostics, err
		}},
	} {
		b.Run(request.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if diags, err := request.make(); err != nil || len(diags) > 0 {
					b.Fatal(err, acctest.Describe(diags))
				}
			}
		})
	}
}
