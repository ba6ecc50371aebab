package flexflow_test

import (
	"context"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

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
	server := acctest.NewConfiguredProtocol(b, emulator)
	current := server.Value(server.Schemas.ResourceSchemas["twilio_flex_flow"], map[string]any{"id": flow.SID, "sid": flow.SID})
	b.ReportAllocs()
	for b.Loop() {
		resp, err := server.ReadResource(context.Background(), &tfprotov6.ReadResourceRequest{TypeName: "twilio_flex_flow", CurrentState: &current})
		if err != nil || len(resp.Diagnostics) > 0 {
			b.Fatal(err, resp.Diagnostics)
		}
		current = *resp.NewState
	}
}
