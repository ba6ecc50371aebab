package conversationsaddress_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// From each type to the next, in place, under every behavior: the old type's attributes leave, the new one's arrive, and all of them are
// sent.
func TestTypeChanges(t *testing.T) {
	holds := func(kind string, own map[string]any) map[string]any {
		all := map[string]any{
			"auto_creation.type": kind, "auto_creation.studio_flow_sid": nil, "auto_creation.studio_retry_count": nil, "auto_creation.webhook_url": nil,
			"auto_creation.webhook_method": nil, "auto_creation.webhook_filters": nil,
		}
		for name, value := range own {
			all["auto_creation."+name] = value
		}
		return all
	}
	both := args{"enabled": "true", "conversation_service_sid": acctest.Quote(serviceSID)}
	with := func(kind string, changes args) map[string]any {
		return byType[kind].WithInBlock(both).WithInBlock(changes).Values()
	}
	sends := func(kind string) url.Values {
		return form(form(blockForm[kind], "AutoCreation.Enabled", "true"), "AutoCreation.ConversationServiceSid", serviceSID)
	}
	filtered := args{"webhook_method": `"POST"`, "webhook_filters": `["onMessageAdded"]`}
	hook := holds("webhook", map[string]any{"webhook_url": "https://example.com/hook", "webhook_method": "POST", "webhook_filters": []string{"onMessageAdded"}})
	flow := holds("studio", map[string]any{"studio_flow_sid": studioFlowSID, "studio_retry_count": 0})
	hookForm := form(form(sends("webhook"), "AutoCreation.WebhookMethod", "post"), "AutoCreation.WebhookFilters", "onMessageAdded")
	dated := []string{"date_updated"}
	for name, behavior := range behaviors {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			steps(t, acctest.NewMemoryEmulator(t, flexemulator.Options{Behavior: behavior}),
				acctest.Step{Config: with("webhook", filtered), Plans: creates, Holds: hook},
				acctest.Step{Config: with("studio", nil), Plans: updates, Unknown: dated, Sends: sends("studio"), Holds: flow},
				acctest.Step{Config: with("default", nil), Plans: updates, Unknown: dated, Sends: sends("default"), Holds: holds("default", nil)},
				acctest.Step{Config: with("studio", nil), Plans: updates, Unknown: dated, Sends: sends("studio"), Holds: flow},
				acctest.Step{Config: with("webhook", filtered), Plans: updates, Unknown: dated, Sends: hookForm, Holds: hook},
				acctest.Step{Config: with("default", nil), Plans: updates, Unknown: dated, Sends: sends("default"), Holds: holds("default", nil)},
			)
		})
	}
}

// What every type has is kept through a change of the type that takes it out of the configuration, and sent with the rest. What only the
// new type has is unknown.
func TestTypeChanges_takenOut(t *testing.T) {
	both := args{"enabled": "true", "conversation_service_sid": acctest.Quote(serviceSID)}
	kept := map[string]any{"auto_creation.enabled": true, "auto_creation.conversation_service_sid": serviceSID}
	for name, behavior := range behaviors {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{Behavior: behavior})
			sends := func(kind string) url.Values {
				return form(form(blockForm[kind], "AutoCreation.Enabled", "true"), "AutoCreation.ConversationServiceSid", serviceSID)
			}
			inTwilio := func() {
				if a := emulator.OnlyAddress(); a.AutoCreation["enabled"] != true || a.AutoCreation["conversation_service_sid"] != serviceSID {
					t.Errorf("Twilio has %v", a.AutoCreation)
				}
			}
			steps(t, emulator,
				acctest.Step{Config: studio.WithInBlock(both).Values(), Plans: creates},
				acctest.Step{
					Config: webhook.Values(), Plans: updates, Sends: sends("webhook"), Holds: kept, Says: []string{"Twilio keeps auto_creation.conversation_service_sid"},
					Unknown: []string{"auto_creation.webhook_filters", "auto_creation.webhook_method", "date_updated"},
				},
				acctest.Step{Before: inTwilio, Config: neither.Values(), Plans: updates, Sends: sends("default"), Holds: kept, Unknown: []string{"date_updated"}},
				acctest.Step{Before: inTwilio, Config: studio.Values(), Plans: updates, Sends: sends("studio"), Holds: kept, Unknown: []string{"date_updated"}},
				acctest.Step{Before: inTwilio, Config: studio.Values(), Plans: nothing},
			)
		})
	}
}

// An update sends what differs and nothing else, but the auto-creation whole.
func TestUpdateSendsWhatDiffers(t *testing.T) {
	t.Parallel()
	dated := []string{"date_updated"}
	both := webhook.With(renamed).WithInBlock(args{"enabled": "false"})
	all := form(blockForm["webhook"], "AutoCreation.Enabled", "false")
	steps(t, acctest.NewMemoryEmulator(t, flexemulator.Options{}),
		acctest.Step{Config: webhook.Values()},
		acctest.Step{Config: webhook.With(renamed).Values(), Plans: updates, Unknown: dated, Sends: url.Values{"FriendlyName": {"Renamed"}}},
		acctest.Step{Config: both.Values(), Plans: updates, Unknown: dated, Sends: all},
		acctest.Step{
			Config: both.With(args{"friendly_name": `"Again"`}).WithInBlock(args{"enabled": "true"}).Values(), Plans: updates, Unknown: dated,
			Sends: form(form(all, "AutoCreation.Enabled", "true"), "FriendlyName", "Again"),
		},
	)
}

// A change of the timeouts changes the state alone.
func TestTimeoutsAreNotSent(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
	longer := studio.Values()
	longer["timeouts"] = map[string]any{"create": "1m", "update": "1h"}
	none := func() {
		if calls := emulator.Calls(http.MethodPost); len(calls) > 0 {
			t.Errorf("%d calls", len(calls))
		}
	}
	steps(t, emulator,
		acctest.Step{Config: studio.Values()},
		acctest.Step{Config: longer, Plans: updates, Unknown: []string{}, Holds: map[string]any{"timeouts.update": "1h"}},
		acctest.Step{Before: none, Config: studio.Values(), Plans: updates, Unknown: []string{}, Holds: map[string]any{"timeouts": nil}},
		acctest.Step{Before: none, Config: studio.Values(), Plans: nothing},
	)
}

// The block taken out: Terraform forgets it, says so and sends nothing. Put back: it is sent again.
func TestBlockRemoved(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
	retried := studio.WithInBlock(args{"studio_retry_count": "2"})
	steps(t, emulator,
		acctest.Step{Config: retried.Values()},
		acctest.Step{
			Config: bare.Values(), Plans: updates, Unknown: []string{}, Holds: map[string]any{"auto_creation": nil},
			Says: []string{`WARNING AttributeName("auto_creation") Auto-creation is not managed`, "goes on creating conversations as it does now", "set the block as it was, with enabled = false"},
		},
		acctest.Step{
			Before: func() {
				if calls := emulator.Calls(http.MethodPost); len(calls) > 0 || emulator.OnlyAddress().AutoCreation["type"] != "studio" {
					t.Errorf("taking the block out made %d calls", len(calls))
				}
				emulator.ChangeAddress(emulator.OnlyAddress().SID, func(a *flexemulator.Address) { a.AutoCreation["studio_retry_count"] = int64(1) })
			},
			Config: bare.Values(), Plans: nothing,
		},
		acctest.Step{
			Config: retried.Values(), Plans: updates, Sends: form(blockForm["studio"], "AutoCreation.StudioRetryCount", "2"),
			Unknown: []string{"auto_creation.conversation_service_sid", "auto_creation.enabled", "date_updated"},
		},
	)
}

// The block taken out together with a change of what is left: the change alone is sent.
func TestBlockRemoved_withAChange(t *testing.T) {
	t.Parallel()
	steps(t, acctest.NewMemoryEmulator(t, flexemulator.Options{}),
		acctest.Step{Config: studio.Values()},
		acctest.Step{
			Config: bare.With(renamed).Values(), Plans: updates, Sends: url.Values{"FriendlyName": {"Renamed"}}, Holds: map[string]any{"auto_creation": nil},
			Says: []string{"Auto-creation is not managed"},
		},
	)
}

// The same with the real Terraform, which has a mind of its own about blocks.
func TestAccBlockRemoved(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewEmulator(t, flexemulator.Options{})
	check := func(value knownvalue.Check, names ...string) []statecheck.StateCheck {
		return []statecheck.StateCheck{acctest.Holds(address, value, names...)}
	}
	acctest.Run(t, emulator,
		resource.TestStep{Config: studio.String()},
		resource.TestStep{Config: bare.String(), ConfigPlanChecks: plans(updates), ConfigStateChecks: check(knownvalue.Null(), "auto_creation")},
		resource.TestStep{
			Config: studio.String(), ConfigPlanChecks: plans(updates),
			ConfigStateChecks: check(knownvalue.StringExact(studioFlowSID), "auto_creation", "studio_flow_sid"),
		},
		// Empty, it is held to what is there.
		resource.TestStep{Config: bare.WithBlock(args{}).String(), ConfigPlanChecks: plans(nothing)},
	)
}

// The block without a type, and an empty one: Twilio decides, and what it decided is what the block is held to afterwards.
func TestBlockWithoutType(t *testing.T) {
	untyped, empty := bare.WithBlock(args{"enabled": "true"}), bare.WithBlock(args{})
	for name, c := range map[string]struct {
		behavior flexemulator.Behavior
		decided  any
	}{
		"null":               {flexemulator.Behavior{}, nil},
		"default":            {flexemulator.Behavior{AutoCreation: flexemulator.AutoCreationWithDefaults}, "default"},
		"null, all keys":     {flexemulator.Behavior{AutoCreation: flexemulator.AutoCreationAllKeys}, nil},
		"null, and replaces": {flexemulator.Behavior{ReplaceAutoCreation: true}, nil},
		"silent":             {flexemulator.Behavior{AutoCreation: flexemulator.AutoCreationNull}, nil},
	} {
		unknown := []string{
			"account_sid", "address_country", "auto_creation.conversation_service_sid", "auto_creation.studio_flow_sid", "auto_creation.studio_retry_count",
			"auto_creation.type", "auto_creation.webhook_filters", "auto_creation.webhook_method", "auto_creation.webhook_url", "date_created", "date_updated",
			"friendly_name", "id", "sid", "url",
		}
		holds := map[string]any{"auto_creation.type": c.decided}
		t.Run(name+"/some", func(t *testing.T) {
			t.Parallel()
			typed := updates
			if c.decided != nil {
				typed = nothing
			}
			steps(t, acctest.NewMemoryEmulator(t, flexemulator.Options{Behavior: c.behavior}),
				acctest.Step{Config: untyped.Values(), Plans: creates, Unknown: unknown, Holds: holds},
				acctest.Step{Config: untyped.With(renamed).Values(), Plans: updates, Unknown: []string{"date_updated"}, Sends: url.Values{"FriendlyName": {"Renamed"}}, Holds: holds},
				acctest.Step{Config: neither.With(renamed).WithInBlock(args{"enabled": "true"}).Values(), Plans: typed, Holds: map[string]any{"auto_creation.type": "default"}},
				acctest.Step{Config: untyped.With(renamed).Values(), Plans: nothing, Holds: map[string]any{"auto_creation.type": "default"}},
			)
		})
		t.Run(name+"/none", func(t *testing.T) {
			t.Parallel()
			steps(t, acctest.NewMemoryEmulator(t, flexemulator.Options{Behavior: c.behavior}),
				acctest.Step{Config: empty.Values(), Plans: creates, Sends: url.Values{"Type": {"sms"}, "Address": {"+15005550006"}}, Holds: holds},
				acctest.Step{Config: empty.With(renamed).Values(), Plans: updates, Sends: url.Values{"FriendlyName": {"Renamed"}}, Holds: holds},
				acctest.Step{Config: bare.With(renamed).Values(), Plans: updates, Says: []string{"Auto-creation is not managed"}},
			)
		})
	}
}

// A block that does not say its type, and sets what the type that Twilio chose does not have: the plan warns and tells what to do.
func TestBlockWithoutType_unfit(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{Behavior: flexemulator.Behavior{AutoCreation: flexemulator.AutoCreationWithDefaults}})
	hook := bare.WithBlock(args{"webhook_url": `"https://example.com/hook"`})
	steps(t, emulator,
		acctest.Step{Config: neither.Values()},
		acctest.Step{
			Config: hook.Values(), Plans: updates,
			Says: []string{`The auto_creation block does not fit auto_creation.type "default": not applicable: webhook_url`, "Set auto_creation.type"},
		},
		acctest.Step{Config: webhook.Values(), Plans: updates, Sends: form(blockForm["webhook"], "AutoCreation.Enabled", "false")},
	)
}

// A change of the type, the address or the country replaces the address configuration; each replacement is a delete and a create.
func TestReplacement(t *testing.T) {
	for name, changes := range map[string]args{
		"type": {"type": `"rcs"`}, "address": {"address": `"+15005550007"`}, "address_country": {"address_country": `"GB"`},
	} {
		t.Run(name, func(t *testing.T) {
			emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{Behavior: flexemulator.Behavior{RefuseDuplicateAddresses: true}})
			before := studio.With(args{"address_country": `"US"`})
			var sid string
			steps(t, emulator,
				acctest.Step{Config: before.Values(), Plans: creates},
				acctest.Step{Before: func() { sid = emulator.OnlyAddress().SID }, Config: before.With(changes).Values(), Plans: replaces},
				acctest.Step{Before: func() {
					if deletes := emulator.Calls(http.MethodDelete); emulator.OnlyAddress().SID == sid || len(deletes) != 1 {
						t.Errorf("it is still the old one, after %d deletions", len(deletes))
					}
				}, Config: before.With(changes).Values(), Plans: nothing},
			)
		})
	}
}

// The same with the real Terraform.
func TestAccReplacement(t *testing.T) {
	t.Parallel()
	acctest.Run(t, acctest.NewEmulator(t, flexemulator.Options{Behavior: flexemulator.Behavior{RefuseDuplicateAddresses: true}}),
		resource.TestStep{Config: studio.String(), ConfigPlanChecks: plans(creates)},
		resource.TestStep{Config: studio.With(args{"address": `"+15005550007"`}).String(), ConfigPlanChecks: plans(replaces)},
	)
}

// A replacement does not carry over what the configuration does not set: a warning names it.
func TestReplacement_loses(t *testing.T) {
	whole := webhook.With(args{"friendly_name": `"Sales"`}).WithInBlock(args{
		"enabled": "true", "webhook_method": `"GET"`, "webhook_filters": `["onMessageAdded"]`, "conversation_service_sid": acctest.Quote(serviceSID),
	})
	elsewhere := args{"address": `"+15005550007"`}
	for name, c := range map[string]struct {
		replaced configuration
		says     []string
	}{
		"nothing":   {whole, nil},
		"some":      {webhook, []string{"does not set friendly_name, auto_creation.enabled, auto_creation.conversation_service_sid, auto_creation.webhook_method and auto_creation.webhook_filters"}},
		"the block": {bare, []string{"does not set friendly_name and auto_creation."}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			steps(t, acctest.NewMemoryEmulator(t, flexemulator.Options{}),
				acctest.Step{Config: whole.Values()},
				acctest.Step{Config: c.replaced.With(elsewhere).Values(), Plans: replaces, Says: c.says},
			)
		})
	}
}

// With create_before_destroy, the old configuration is in the way where the address stays the same: the error says so, and the old one
// stays.
func TestReplacement_createFirst(t *testing.T) {
	in := func(country string) map[string]any {
		return neither.With(args{"address_country": country}).WithInBlock(args{"enabled": "true"}).Values()
	}
	before, after := in(`"US"`), in(`"GB"`)
	for name, c := range map[string]struct {
		refuses bool
		step    acctest.Step
	}{
		"refused": {true, acctest.Step{Fails: true, Says: []string{
			"409 Conflict", "Import that configuration by its SID or its address, or delete what is in the way first", "take create_before_destroy out",
		}}},
		"accepted": {false, acctest.Step{Holds: map[string]any{"address_country": "GB"}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.step.Config, c.step.CreateFirst, c.step.Plans = after, true, replaces
			steps(t, acctest.NewMemoryEmulator(t, flexemulator.Options{Behavior: flexemulator.Behavior{RefuseDuplicateAddresses: c.refuses}}),
				acctest.Step{Config: before},
				c.step,
				acctest.Step{Config: after, Holds: map[string]any{"address_country": "GB"}},
			)
		})
	}
}

// Another address replaces the configuration, however little it differs; the same one in another form does not, and nothing is sent.
func TestReplacement_form(t *testing.T) {
	for name, c := range map[string]struct {
		addressType, before, after string
		plans                      plancheck.ResourceActionType
	}{
		"a dot in an e-mail address":    {"email", "first.last@example.com", "firstlast@example.com", replaces},
		"a tag in an e-mail address":    {"email", "support+us@example.com", "supportus@example.com", replaces},
		"the case of an opaque address": {"apple", "urn:mbid:aqAA", "urn:mbid:AQAA", replaces},
		"the case of another one":       {"chat", "website", "Website", replaces},
		"a number without its plus":     {"sms", "+15005550006", "15005550006", updates},
		"another prefix":                {"chat", "a:15005550006", "b:15005550006", replaces},
		"a number written otherwise":    {"sms", "+15005550006", "+1 (500) 555-0006", updates},
		"with a prefix":                 {"whatsapp", "whatsapp:+15005550006", "whatsapp:+1 500 555 0006", updates},
		"the case of an e-mail address": {"email", "Support@example.com", "support@Example.com", updates},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
			config := func(of string) map[string]any {
				return neither.With(args{"type": acctest.Quote(c.addressType), "address": acctest.Quote(of)}).WithInBlock(args{"enabled": "true"}).Values()
			}
			steps(t, emulator,
				acctest.Step{Config: config(c.before), Plans: creates},
				acctest.Step{Config: config(c.after), Plans: c.plans, Holds: map[string]any{"address": c.after}},
			)
			if writes := len(emulator.Calls(http.MethodPost)); c.plans == updates && writes > 0 {
				t.Errorf("%d writes", writes)
			}
		})
	}
}
