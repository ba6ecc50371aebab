package flexflow

import (
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/flex-iac/terraform-provider-twilio/internal/sid"
)

// Whatever stands in an older state, it is refused or becomes a state that plans can work with.
func FuzzTakeOver(f *testing.F) {
	const flowSID = "FO0123456789abcdef0123456789abcdef"
	for _, seed := range []string{
		``, `null`, `[]`, `{}`, `{"id": "` + flowSID + `"}`, `{"sid": "` + flowSID + `", "integration": [null], "timeouts": {}}`,
		`{"sid": "` + flowSID + `", "integration_type": "task", "integration": [{"workspace_sid": "WS1", "timeout": 0}], "timeouts": {"read": "1m"}}`,
		`{"sid": "` + flowSID + `", "integration_type": "studio", "integration_flow_sid": "FW1", "integration_retry_count": 1e400}`,
		`{"sid": "` + flowSID + `", "integration": {"flow_sid": {}}, "enabled": "maybe"}`, `{"sid": "` + flowSID + `", "integration_type": "studio"}`,
	} {
		f.Add([]byte(seed))
	}
	var schema resource.SchemaResponse
	managed, _ := Definition.ManagedResource().(resource.ResourceWithUpgradeState)
	managed.Schema(f.Context(), resource.SchemaRequest{}, &schema)
	f.Fuzz(func(t *testing.T, raw []byte) {
		resp := resource.UpgradeStateResponse{State: tfsdk.State{Schema: schema.Schema}}
		req := resource.UpgradeStateRequest{RawState: &tfprotov6.RawState{JSON: raw}}
		managed.UpgradeState(t.Context())[0].StateUpgrader(t.Context(), req, &resp)
		if resp.Diagnostics.HasError() {
			return
		}
		written := resp.State
		get := func(at path.Path) types.String {
			var value types.String
			if diags := written.GetAttribute(t.Context(), at, &value); diags.HasError() {
				t.Fatal(diags)
			}
			return value
		}
		id, flow := get(path.Root("id")), get(path.Root("sid"))
		if !sid.FlexFlow.Valid(flow.ValueString()) || !id.Equal(flow) {
			t.Errorf("taken over as %s, %s", id, flow)
		}
		var janitor types.Bool
		var block types.Object
		_ = written.GetAttribute(t.Context(), path.Root("janitor_enabled"), &janitor)
		_ = written.GetAttribute(t.Context(), path.Root("integration"), &block)
		integrationType := get(path.Root("integration_type")).ValueString()
		isTyped := slices.Contains(integrationTypes, integrationType)
		if janitor.IsNull() {
			t.Error("a documented default is missing")
		}
		for _, r := range rules {
			if block.IsNull() || !isTyped || slices.Contains(slices.Concat(r.RequiredFor, r.OptionalFor), integrationType) {
				continue
			}
			if value := block.Attributes()[r.Name]; !value.IsNull() {
				t.Errorf("%s has %s: %s", integrationType, r.Name, value)
			}
		}
	})
}
