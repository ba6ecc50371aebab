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

// A replacement is planned with its warnings: Terraform drops those of the plan that creates the new one.
func TestReferences_replacement(t *testing.T) {
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
	core := newCore(acctest.NewConfiguredProtocol(t, emulator))
	state, _ := core.Change(core.Absent(), studio.Values())
	if err := emulator.SetReferences(map[string]flexemulator.Reference{studioFlowSID: {Missing: true}}); err != nil {
		t.Fatal(err)
	}
	core = newCore(acctest.NewConfiguredProtocol(t, emulator))
	for address, warnings := range map[string]int{"+15005550006": 0, "+15005550007": 1} {
		_, _, said := core.PlanValues(state, studio.With(args{"address": acctest.Quote(address)}).Values())
		if strings.Count(said, "Studio flow "+studioFlowSID+" not found") != warnings {
			t.Errorf("%s: said %q", address, said)
		}
	}
}
