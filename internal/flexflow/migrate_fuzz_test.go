package flexflow

import (
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/sid"
)

// Whatever stands in an older state, it is refused or becomes a state that plans can work with.
func FuzzTakeOver(f *testing.F) {
	const flowSID = "FO0123456789abcdef0123456789abcdef"
	for _, seed := range []string{
		``, `null`, `[]`, `{}`, `{"id": "` + flowSID + `"}`, `{"sid": "` + flowSID + `", "integration": [null], "timeouts": {}}`,
		`{"sid": "` + flowSID + `", "integration_type": "task", "integration": [{"workspace_sid": "WS1", "timeout": 0}], "timeouts": {"read": "1m"}}`,
		`{"sid": "` + flowSID + `", "integration_type": "studio", "integration_flow_sid": "FW1", "integration_retry_count": 1e400}`,
		`{"sid": "` + flowSID + `", "integration": {"flow_sid": {}}, "enabled": "maybe"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		state, diags := takeOver(raw, 0)
		if diags.HasError() {
			return
		}
		if !sid.FlexFlow.Valid(state.SID.ValueString()) || !state.ID.Equal(state.SID) {
			t.Errorf("taken over as %s, %s", state.ID, state.SID)
		}
		if state.JanitorEnabled.IsNull() != (state.Integration.IsNull() && isTyped(state.IntegrationType)) {
			t.Errorf("it passes for an import: %t", state.JanitorEnabled.IsNull())
		}
		for _, r := range rules {
			value := knownChild(state.Integration, r)
			if isTyped(state.IntegrationType) && !r.applies(state.IntegrationType.ValueString()) && !value.IsNull() {
				t.Errorf("%s has %s: %s", state.IntegrationType, r.name, value)
			}
		}
	})
}
