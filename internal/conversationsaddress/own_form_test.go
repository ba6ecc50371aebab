package conversationsaddress_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// ownForms are configurations with a value that the API has in its own form.
var ownForms = map[string]struct {
	config   configuration
	behavior flexemulator.Behavior
	// adopted means that Terraform can tell that the value is the one that was sent; says what a create warns of.
	adopted bool
	says    string
}{
	"a number": {studio.With(args{"address": `"15005550006"`}), flexemulator.Behavior{Rewrites: []flexemulator.Rewrite{"address"}}, true, ""},
	"a prefix": {
		studio.With(args{"type": `"whatsapp"`, "address": `"whatsapp:+15005550006"`}), flexemulator.Behavior{Rewrites: []flexemulator.Rewrite{"address"}}, true, "",
	},
	"a number with blanks": {studio.With(args{"address": `"+1 (500) 555-0006"`}), flexemulator.Behavior{Rewrites: []flexemulator.Rewrite{"address"}}, true, ""},
	"the name":             {studio.With(args{"friendly_name": `" Sales "`}), flexemulator.Behavior{Rewrites: []flexemulator.Rewrite{"name"}}, true, ""},
	"the country": {
		studio.With(args{"address_country": `"US"`}),
		flexemulator.Behavior{Rewrites: []flexemulator.Rewrite{"country"}},
		true,
		"Twilio returned a different value for address_country",
	},
	"a URL":          {webhook, flexemulator.Behavior{Rewrites: []flexemulator.Rewrite{"url"}}, false, ""},
	"no address":     {studio, flexemulator.Behavior{Unanswered: []string{"address"}}, false, ""},
	"no country":     {studio.With(args{"address_country": `"US"`}), flexemulator.Behavior{Unanswered: []string{"address_country"}}, true, ""},
	"no method":      {fullWebhook, flexemulator.Behavior{Unanswered: []string{"auto_creation.webhook_method"}}, false, ""},
	"an empty name":  {studio.With(args{"friendly_name": `""`}), flexemulator.Behavior{NameAddresses: true}, false, "friendly_name"},
	"strict filters": {studio.With(args{"type": `"rcs"`}), flexemulator.Behavior{StrictTypeFilter: true}, true, ""},
}

// A value that the API has in its own form is no difference, whatever the form.
func TestOwnForm_clean(t *testing.T) {
	for name, c := range ownForms {
		if name == "an empty name" {
			continue // Twilio does not have the value, in any form
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var says []string
			if c.says != "" {
				says = []string{c.says}
			}
			steps(t, acctest.NewMemoryEmulator(t, flexemulator.Options{Behavior: c.behavior}),
				acctest.Step{Config: c.config.Values(), Plans: creates, Says: says},
				acctest.Step{Config: c.config.Values(), Plans: nothing},
				acctest.Step{Config: c.config.With(args{"friendly_name": `"Renamed"`}).Values(), Plans: updates},
			)
		})
	}
}

// Nor is a create doubled whose response is lost: the address is adopted where it can be told, and named otherwise.
func TestOwnForm_notDoubled(t *testing.T) {
	for name, c := range ownForms {
		t.Run(name, func(t *testing.T) { acctest.TestNotDoubled(t, c.config, c.behavior, c.adopted) })
	}
}

// An import never replaces a live address for what Twilio does not tell.
func TestImport_neverReplaces(t *testing.T) {
	for name, c := range map[string]struct {
		behavior flexemulator.Behavior
		config   configuration
		says     string
	}{
		"no country":      {flexemulator.Behavior{Unanswered: []string{"address_country"}}, studio.With(args{"address_country": `"US"`}), "Twilio returned no address_country"},
		"another country": {flexemulator.Behavior{Rewrites: []flexemulator.Rewrite{"country"}}, studio.With(args{"address_country": `"US"`}), `Twilio returned address_country "GB"`},
		"no address":      {flexemulator.Behavior{Unanswered: []string{"address"}}, studio, "Twilio returned no address"},
		"another form":    {flexemulator.Behavior{Rewrites: []flexemulator.Rewrite{"address"}}, studio.With(args{"address": `"15005550006"`}), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{Behavior: c.behavior})
			core := newCore(acctest.NewConfiguredProtocol(t, emulator))
			created, _ := core.Change(core.Absent(), c.config.Values())
			imported, text := core.Import(created.SID())
			if text != "" {
				t.Fatal(text)
			}
			plan, _, text := core.PlanValues(imported, c.config.Values())
			if len(plan.RequiresReplace) > 0 || !strings.Contains(text, c.says) || c.says == "" && text != "" {
				t.Errorf("replaces for %v: %s", plan.RequiresReplace, text)
			}
			emulator.ResetRequests()
			applied, _ := core.Change(imported, c.config.Values())
			read, _ := core.Refresh(applied)
			if _, changes, text := core.PlanValues(read, c.config.Values()); changes || text != "" || len(emulator.Calls(http.MethodPost, http.MethodDelete)) > 0 {
				t.Errorf("after it: changes %t, %s", changes, text)
			}
		})
	}
}

// An address that is replaced meets the one that was just deleted, for as long as Twilio still knows that.
func TestReplacement_whileTwilioForgets(t *testing.T) {
	for name, behavior := range map[string]flexemulator.Behavior{
		"409": {RefuseDuplicateAddresses: true, ForgetLag: acctest.PropagationTime * 4 / 5},
		"400": {RefuseDuplicateAddresses: true, ForgetLag: acctest.PropagationTime * 4 / 5, DuplicateStatus: 400, DuplicateCode: 50000},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := func(country string) map[string]any { return studio.With(args{"address_country": country}).Values() }
			steps(t, acctest.NewMemoryEmulator(t, flexemulator.Options{Behavior: behavior}),
				acctest.Step{Config: in(`"US"`), Plans: creates},
				acctest.Step{Config: in(`"DE"`), Plans: replaces, Holds: map[string]any{"address_country": "DE"}},
			)
		})
	}
}

// A Flex Flow that is deleted in the same run frees its address, a moment later.
func TestCreate_whileAFlowGoes(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{Behavior: flexemulator.Behavior{RefuseAddressesOfFlows: true, ForgetLag: acctest.PropagationTime / 2}})
	flow := emulator.Add(flexemulator.Flow{FriendlyName: "SMS", ChannelType: "sms", ContactIdentity: "+15005550006", ChatServiceSID: serviceSID})
	time.AfterFunc(acctest.PropagationTime/5, func() { emulator.Remove(flow.SID) })
	p := acctest.NewConfiguredProtocol(t, emulator)
	c, flows := newCore(p), acctest.NewCore(p, "twilio_flex_flow", "integration")
	old, _ := flows.Import(flow.SID)
	done := make(chan string)
	go func() {
		_, text := flows.Destroy(t.Context(), old)
		done <- text
	}()
	created, text := c.Change(c.Absent(), studio.Values())
	if said := <-done; said != "" || text != "" || created.SID() == "" {
		t.Errorf("%s %s", said, text)
	}
}

// What a plan warns of does not depend on a refresh.
func TestWarnings_withoutRefresh(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
	created := newCore(acctest.NewConfiguredProtocol(t, emulator)).Create(studio.Values())
	for says, config := range map[string]configuration{
		"Auto-creation is not managed":               bare,
		"drops settings: The configuration does not": bare.With(args{"address": `"+15005550007"`}),
	} {
		c := newCore(acctest.NewConfiguredProtocol(t, emulator))
		if _, _, text := c.PlanValues(created, config.Values()); !strings.Contains(text, says) {
			t.Errorf("expected %q: %s", says, text)
		}
	}
	emulator.RemoveAddress(created.SID())
}

// With ignore_changes = [auto_creation.type], Terraform plans the block of one type with the type of another: it warns, tells what can be done,
// and does not plan the same change for ever.
func TestIgnoredType(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
	core := newCore(acctest.NewConfiguredProtocol(t, emulator))
	created := core.Create(studio.Values())
	effective := webhook.WithInBlock(args{"type": `"studio"`}).Values()
	changed, text := core.Change(created, effective)
	if !strings.Contains(text, "Remove it from ignore_changes, or write the block for this type") {
		t.Error(text)
	}
	read, _ := core.Refresh(changed)
	if _, changes, text := core.PlanValues(read, effective); changes {
		t.Errorf("planned again: %s", text)
	}
	emulator.RemoveAddress(created.SID())
}
