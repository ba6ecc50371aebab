package conversationsaddress_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// Whatever reads answer from the creation on, the plan after an apply is empty, and the address is not replaced.
func TestAnswers_perpetual(t *testing.T) {
	for name, c := range map[string]struct {
		config configuration
		fields map[string]any
	}{
		"the country null":            {fullWebhook, map[string]any{"address_country": nil}},
		"another country":             {fullWebhook, map[string]any{"address_country": "GB"}},
		"the address null":            {fullWebhook, map[string]any{"address": nil}},
		"the address written shorter": {studio.With(args{"address": `"+1 500 555 0006"`}), map[string]any{"address": "+15005550006"}},
		"the type null":               {fullWebhook, map[string]any{"type": nil}},
		"the block's type null":       {studio, map[string]any{"auto_creation": map[string]any{"type": nil}}},
		"the block's type unreadable": {studio, map[string]any{"auto_creation": map[string]any{"type": []string{}, "webhook_method": "POST"}}},
		"a filter twice":              {fullWebhook, map[string]any{"auto_creation": map[string]any{"webhook_filters": []string{"onMessageAdded", "onMessageAdded"}}}},
		"a name that is unreadable":   {bare, map[string]any{"friendly_name": []string{}, "auto_creation": map[string]any{"type": "default"}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
			core := newCore(acctest.NewConfiguredProtocol(t, emulator))
			emulator.Inject(flexemulator.Fault{Kind: flexemulator.FaultFields, Fields: c.fields})()
			made, _ := core.Change(core.Absent(), c.config.Values())
			read, _ := core.Refresh(made)
			if !read.Value.IsFullyKnown() {
				t.Fatalf("read %s", read.Value)
			}
			if planned, changes, _ := core.PlanValues(read, c.config.Values()); changes {
				t.Errorf("the plan changes %s to %v", read.Value, planned)
			}
		})
	}
}

// A create whose response was lost, and whose repetition is refused with any status, is named.
func TestCreate_refusedAfterLost(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{Behavior: flexemulator.Behavior{ReadLag: 3 * acctest.PropagationTime / 2}})
	core := newCore(acctest.NewConfiguredProtocol(t, emulator))
	// The first attempt is done, and times out at a gateway; the second one is refused, for the address is there already.
	emulator.Inject(
		flexemulator.Fault{Method: http.MethodPost, Nth: 1, Kind: flexemulator.FaultStatus, Status: 504, AfterWork: true},
		flexemulator.Fault{Method: http.MethodPost, Nth: 2, Kind: flexemulator.FaultStatus, Status: 400, Message: "The address is in use"},
	)()
	made, text := core.Change(core.Absent(), studio.Values())
	if there := emulator.OnlyAddress(); made.SID() != "" || !strings.Contains(text, "terraform import ADDRESS "+there.SID) {
		t.Errorf("%s is lost: %s", there, text)
	}
}
