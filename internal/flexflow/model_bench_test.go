package flexflow

import (
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// The mapping of one answer, as each read does it.
func BenchmarkMapping(b *testing.B) {
	flow := &twilio.FlexFlow{
		SID: "FO0123456789abcdef0123456789abcdef", FriendlyName: new("Web chat"), ChannelType: new("web"), IntegrationType: new("task"),
		Integration: &twilio.Integration{WorkspaceSID: new("WS1"), WorkflowSID: new("WW1"), Timeout: new(int64(60))},
	}
	prior := newModel(flow, nil)
	b.ReportAllocs()
	for b.Loop() {
		if got := newModel(flow, &prior); !got.equal(prior) {
			b.Fatal("the mapping gave something else")
		}
	}
}
