package conversationsaddress_test

import (
	"strings"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// A plan warns of what a new address configuration refers to and is missing, or does not handle conversations.
func TestReferences(t *testing.T) {
	const block = `WARNING AttributeName("auto_creation").`
	config := studio.WithInBlock(args{"conversation_service_sid": acctest.Quote(serviceSID)}).Values()
	for name, c := range map[string]struct {
		differ map[string]flexemulator.Reference
		says   string
	}{
		"all there":      {nil, ""},
		"no Studio flow": {map[string]flexemulator.Reference{studioFlowSID: {Missing: true}}, block + `AttributeName("studio_flow_sid") Studio flow ` + studioFlowSID + " not found"},
		"not connected": {
			map[string]flexemulator.Reference{studioFlowSID: {Connected: []string{"incomingMessage"}}},
			block + `AttributeName("studio_flow_sid") Studio flow ` + studioFlowSID + " does not handle Incoming Conversation",
		},
		"connected":  {map[string]flexemulator.Reference{studioFlowSID: {Connected: []string{"incomingConversationMessage"}}}, ""},
		"no service": {map[string]flexemulator.Reference{serviceSID: {Missing: true}}, block + `AttributeName("conversation_service_sid") Conversation Service ` + serviceSID + " not found"},
	} {
		t.Run(name, func(t *testing.T) {
			emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{References: c.differ})
			core := newCore(acctest.NewConfiguredProtocol(t, emulator))
			_, _, said := core.PlanValues(core.Absent(), config)
			if c.says == "" && said != "" || !strings.HasPrefix(said, c.says) || strings.Count(said, "WARNING") > 1 {
				t.Errorf("said %q", said)
			}
		})
	}
}
