package flexflow_test

import (
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// ownForms are configurations with a value that the API has in its own form.
var ownForms = map[string]struct {
	config   flow
	behavior flexemulator.Behavior
	// adopted means that Terraform can tell that the value is the one that was sent.
	adopted bool
}{
	"the name":             {studioFlow.With(args{"friendly_name": `" Web chat "`}), flexemulator.Behavior{Rewrites: []flexemulator.Rewrite{"name"}}, true},
	"the identity":         {studioFlow.With(args{"contact_identity": `"+1 (500) 555-0006"`}), flexemulator.Behavior{Rewrites: []flexemulator.Rewrite{"identity"}}, true},
	"a URL without a path": {externalFlow.WithInBlock(args{"url": `"https://example.com"`}), flexemulator.Behavior{Rewrites: []flexemulator.Rewrite{"url"}}, true},
	"a URL with a path":    {externalFlow, flexemulator.Behavior{Rewrites: []flexemulator.Rewrite{"url"}}, false},
	"the channel":          {taskFlow, flexemulator.Behavior{Rewrites: []flexemulator.Rewrite{"channel"}}, false},
	"no creation on message": {
		studioFlow.WithInBlock(args{"creation_on_message": "true"}), flexemulator.Behavior{Unanswered: []string{"integration.creation_on_message"}}, false,
	},
	"no integration": {studioFlow, flexemulator.Behavior{Integration: flexemulator.IntegrationNull}, false},
}

// A value that the API has in its own form is no difference, whatever the form.
func TestOwnForm_clean(t *testing.T) {
	for name, c := range ownForms {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			acctest.Steps(t, acctest.NewMemoryEmulator(t, flexemulator.Options{Behavior: c.behavior}), typeName, "integration",
				acctest.Step{Config: c.config.Values(), Plans: plancheck.ResourceActionCreate},
				acctest.Step{Config: c.config.Values(), Plans: plancheck.ResourceActionNoop},
				acctest.Step{Config: c.config.With(args{"long_lived": "true"}).Values(), Plans: plancheck.ResourceActionUpdate},
			)
		})
	}
}

// Nor is a create doubled whose response is lost: the flow is adopted where it can be told, and named otherwise.
func TestOwnForm_notDoubled(t *testing.T) {
	for name, c := range ownForms {
		t.Run(name, func(t *testing.T) { acctest.TestNotDoubled(t, c.config, c.behavior, c.adopted) })
	}
}

// The dates of flows need not be by the clock of the Date header.
func TestClocks_notDoubled(t *testing.T) {
	for name, behavior := range map[string]flexemulator.Behavior{
		"rounded": {RoundDates: true}, "ahead": {ClockAhead: 2 * time.Second}, "behind": {ClockAhead: -2 * time.Second},
	} {
		t.Run(name, func(t *testing.T) { acctest.TestNotDoubled(t, studioFlow, behavior, false) })
	}
}

// What visibly is another's is not adopted: here, a flow of another run that lacks what this one sends.
func TestOwnForm_another(t *testing.T) {
	for name, other := range map[string]flexemulator.Flow{
		"without creation on message": {IntegrationType: new("studio"), Integration: map[string]any{"flow_sid": studioFlowSID, "retry_count": int64(3)}},
		"without an integration":      {IntegrationType: new("studio")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			acctest.InVirtualTime(t, func(t *testing.T) {
				emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
				other.FriendlyName, other.ChatServiceSID, other.ChannelType = "Web chat", chatServiceSID, "web"
				emulator.Inject(flexemulator.Fault{Method: "POST", Nth: 1, Kind: flexemulator.FaultReset})()
				added := emulator.Add(other)
				c := newCore(acctest.NewConfiguredProtocol(t, emulator))
				created, text := c.Change(c.Absent(), studioFlow.WithInBlock(args{"creation_on_message": "true"}).Values())
				if created.SID() != "" || len(emulator.Flows()) != 1 || !strings.Contains(text, "terraform import ADDRESS "+added.SID) {
					t.Errorf("%d flows, %q: %s", len(emulator.Flows()), created.SID(), text)
				}
			})
		})
	}
}

// A list that leaves things out hides no drift.
func TestShortLists(t *testing.T) {
	for _, unlisted := range []string{"integration", "integration.retry_count", "enabled", "contact_identity"} {
		t.Run(unlisted, func(t *testing.T) {
			t.Parallel()
			emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{Behavior: flexemulator.Behavior{Unlisted: []string{unlisted}}})
			c := newCore(acctest.NewConfiguredProtocol(t, emulator))
			config := studioFlow.With(args{"enabled": "true", "contact_identity": `""`}).WithInBlock(args{"retry_count": "2"})
			states := make([]acctest.Instance, 20)
			for i := range states {
				states[i] = c.Create(config.Values())
				emulator.Change(states[i].SID(), func(f *flexemulator.Flow) {
					f.Integration["retry_count"], f.Enabled, f.ContactIdentity = int64(1), false, "+15005550006"
				})
			}
			for i, read := range acctest.RefreshAll(newCore(acctest.NewConfiguredProtocol(t, emulator)), states) {
				if _, changes, text := c.PlanValues(read, config.Values()); !changes {
					t.Errorf("flow %d: no drift is seen: %s", i, text)
				}
			}
		})
	}
}
