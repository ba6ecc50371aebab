package conversationsaddress_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// What Terraform documents no way back from is cleared by an empty value, which a response may have as null, and kept when it is removed.
// Both are said.
func TestClearing(t *testing.T) {
	for name, c := range map[string]struct {
		kind, literal, empty, parameter string
		holds, holdsEmpty               any
		sends                           string
	}{
		"conversation_service_sid": {"studio", acctest.Quote(serviceSID), `""`, "AutoCreation.ConversationServiceSid", serviceSID, "", serviceSID},
		"webhook_filters":          {"webhook", `["onMessageAdded"]`, "[]", "AutoCreation.WebhookFilters", []string{"onMessageAdded"}, []string{}, "onMessageAdded"},
	} {
		for behaviorName, behavior := range behaviors {
			if behavior.AutoCreation == flexemulator.AutoCreationWithDefaults || behavior.AutoCreate {
				continue // what is sent depends on what Twilio chose
			}
			t.Run(name+"/"+behaviorName, func(t *testing.T) {
				t.Parallel()
				step := func(literal string, plans plancheck.ResourceActionType, holds any, says ...string) acctest.Step {
					return acctest.Step{
						Config: byType[c.kind].WithInBlock(args{name: literal}).Values(), Plans: plans,
						Holds: map[string]any{"auto_creation." + name: holds}, Says: says,
					}
				}
				sends := func(s acctest.Step, base url.Values, value string) acctest.Step {
					s.Sends = form(base, c.parameter, value)
					return s
				}
				created := form(form(blockForm[c.kind], "Type", "sms"), "Address", "+15005550006")
				clearing := "WARNING " + `AttributeName("auto_creation").AttributeName("` + name + `") Clearing auto_creation.` + name + ": auto_creation." + name +
					" is set to " + c.empty + ", which Terraform sends as an empty value. Twilio does not document what becomes of it."
				keeps := "Twilio keeps auto_creation." + name + ": auto_creation." + name + " was removed from the configuration. Terraform does not clear it, " +
					"and Twilio keeps the value. To clear it, set auto_creation." + name + " to " + c.empty + "; to keep it"
				steps(t, acctest.NewMemoryEmulator(t, flexemulator.Options{Behavior: behavior}),
					sends(step(c.literal, creates, c.holds), created, c.sends),
					step("", nothing, c.holds, keeps),
					sends(step(c.empty, updates, c.holdsEmpty, clearing), blockForm[c.kind], ""),
					step(c.empty, nothing, c.holdsEmpty),
					step("", nothing, c.holdsEmpty),
					sends(step(c.literal, updates, c.holds), blockForm[c.kind], c.sends),
				)
			})
			t.Run(name+"/from the start/"+behaviorName, func(t *testing.T) {
				t.Parallel()
				config := byType[c.kind].WithInBlock(args{name: c.empty})
				steps(t, acctest.NewMemoryEmulator(t, flexemulator.Options{Behavior: behavior}),
					acctest.Step{Config: config.Values(), Plans: creates, Says: []string{"Clearing auto_creation." + name}},
					acctest.Step{Config: config.Values(), Plans: nothing, Holds: map[string]any{"auto_creation." + name: c.holdsEmpty}},
				)
			})
		}
	}
}

// Nothing is said of a value that Twilio chose, and the warning about a removed one ends with the next change.
func TestClearing_notConfigured(t *testing.T) {
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
	chosen := func() {
		emulator.ChangeAddress(emulator.OnlyAddress().SID, func(a *flexemulator.Address) { a.AutoCreation["conversation_service_sid"] = serviceSID })
	}
	steps(t, emulator,
		acctest.Step{Config: studio.Values()},
		acctest.Step{Before: chosen, Config: studio.Values(), Plans: nothing, Holds: map[string]any{"auto_creation.conversation_service_sid": serviceSID}},
		acctest.Step{Config: studio.WithInBlock(args{"conversation_service_sid": acctest.Quote(otherServiceSID)}).Values(), Plans: updates},
		acctest.Step{Config: studio.With(renamed).Values(), Plans: updates, Says: []string{"Twilio keeps auto_creation.conversation_service_sid"}},
		acctest.Step{Config: studio.With(renamed).Values(), Plans: nothing},
	)
	if forms := emulator.Calls("POST"); slices.ContainsFunc(forms, func(r flexemulator.Request) bool { return strings.Contains(r.Form.Encode(), "=&") }) {
		t.Errorf("sent an empty value: %v", forms)
	}
}
