package flexflow_test

import (
	"context"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// A whole read, in the process: what Terraform sends, the call, and what goes back.
func BenchmarkReadResource(b *testing.B) {
	emulator := acctest.NewEmulator(b, flexemulator.Options{Load: flexemulator.Load{Unchecked: true}})
	studio := "studio"
	flow := emulator.Add(flexemulator.Flow{
		FriendlyName: "Web chat", ChatServiceSID: chatServiceSID, ChannelType: "web", IntegrationType: &studio,
		Integration: map[string]any{"flow_sid": studioFlowSID, "retry_count": 3},
	})
	server, schema := configuredServer(b, emulator)
	state := map[string]tftypes.Value{}
	types := schema.ValueType().(tftypes.Object).AttributeTypes
	for name, attributeType := range types {
		state[name] = tftypes.NewValue(attributeType, nil)
	}
	state["id"], state["sid"] = tftypes.NewValue(tftypes.String, flow.SID), tftypes.NewValue(tftypes.String, flow.SID)
	current, err := tfprotov6.NewDynamicValue(schema.ValueType(), tftypes.NewValue(schema.ValueType(), state))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		resp, err := server.ReadResource(context.Background(), &tfprotov6.ReadResourceRequest{TypeName: "twilio_flex_flow", CurrentState: &current})
		if err != nil || len(resp.Diagnostics) > 0 {
			b.Fatal(err, resp.Diagnostics)
		}
		current = *resp.NewState
	}
}

// configuredServer is a provider server that is configured for an emulator, and the resource's schema.
func configuredServer(b *testing.B, emulator *acctest.Emulator) (tfprotov6.ProviderServer, *tfprotov6.Schema) {
	b.Helper()
	server, err := acctest.Factories["twilio"]()
	if err != nil {
		b.Fatal(err)
	}
	schemas, err := server.GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		b.Fatal(err)
	}
	providerType := schemas.Provider.ValueType()
	values := map[string]tftypes.Value{}
	for name, attributeType := range providerType.(tftypes.Object).AttributeTypes {
		values[name] = tftypes.NewValue(attributeType, nil)
	}
	values["account_sid"] = tftypes.NewValue(tftypes.String, flexemulator.AccountSID)
	values["auth_token"] = tftypes.NewValue(tftypes.String, flexemulator.AuthToken)
	values["base_url"] = tftypes.NewValue(tftypes.String, emulator.URL)
	config, err := tfprotov6.NewDynamicValue(providerType, tftypes.NewValue(providerType, values))
	if err != nil {
		b.Fatal(err)
	}
	configured, err := server.ConfigureProvider(context.Background(), &tfprotov6.ConfigureProviderRequest{Config: &config})
	if err != nil || len(configured.Diagnostics) > 0 {
		b.Fatal(err, configured.Diagnostics)
	}
	return server, schemas.ResourceSchemas["twilio_flex_flow"]
}
