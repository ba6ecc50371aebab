package flexflow_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// A type without its block is an error where a plan would set it, and none where Twilio has it so: the configuration that Terraform generates
// for an import is valid.
func TestTypeWithoutBlock(t *testing.T) {
	const missing = `ERROR AttributeName("integration_type") Missing integration block: integration_type is "studio", but the integration block is missing. ` +
		`Add the block with flow_sid.`
	const orRemove = missing + ` Or remove integration_type: Terraform then leaves the integration in Twilio as it is.`
	studio, external := "studio", "external"
	withFlow := map[string]any{"flow_sid": studioFlowSID}
	for name, c := range map[string]struct {
		has  func(*flexemulator.Flow) // nil for a create
		says string
	}{
		"create":              {nil, missing},
		"Twilio has it so":    {func(f *flexemulator.Flow) { f.IntegrationType, f.Integration = &studio, nil }, ""},
		"another type":        {func(f *flexemulator.Flow) { f.IntegrationType, f.Integration = &external, nil }, orRemove},
		"no type":             {func(f *flexemulator.Flow) { f.IntegrationType, f.Integration = nil, nil }, orRemove},
		"the block was there": {func(f *flexemulator.Flow) { f.IntegrationType, f.Integration = &studio, withFlow }, orRemove},
	} {
		t.Run(name, func(t *testing.T) {
			emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
			core := newCore(acctest.NewConfiguredProtocol(t, emulator))
			prior, config := core.Absent(), bareFlow.With(args{"integration_type": `"studio"`}).Values()
			if c.has != nil {
				created := core.Create(bareFlow.Values())
				emulator.ChangeOnly(c.has)
				prior, _ = core.Import(created.SID())
			}
			value := core.Value(core.Schemas.ResourceSchemas[typeName], config)
			resp, err := core.ValidateResourceConfig(t.Context(), &tfprotov6.ValidateResourceConfigRequest{TypeName: typeName, Config: &value})
			if err != nil || len(resp.Diagnostics) > 0 {
				t.Errorf("invalid: %v, %s", err, acctest.Describe(resp.Diagnostics))
			}
			_, changes, text := core.PlanValues(prior, config)
			if strings.TrimSpace(text) != c.says || c.says == "" && changes {
				t.Errorf("changes: %t, says %q, expected %q", changes, text, c.says)
			}
		})
	}
}

// The letter case of a URL's scheme and host does not matter: the API takes either.
func TestURL_letterCase(t *testing.T) {
	steps := []acctest.Step{{Config: externalFlow.WithInBlock(args{"url": `"HTTPS://EXAMPLE.com/Hook"`}).Values(), Holds: map[string]any{
		"integration.url": "HTTPS://EXAMPLE.com/Hook",
	}}}
	acctest.Steps(t, acctest.NewMemoryEmulator(t, flexemulator.Options{}), typeName, "integration", steps...)
}
