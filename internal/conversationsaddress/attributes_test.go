package conversationsaddress_test

import (
	"maps"
	"net/url"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// blockForm is what is sent of an auto-creation of a type where nothing optional is set.
var blockForm = map[string]url.Values{
	"webhook": {"AutoCreation.Type": {"webhook"}, "AutoCreation.WebhookUrl": {"https://example.com/hook"}},
	"studio":  {"AutoCreation.Type": {"studio"}, "AutoCreation.StudioFlowSid": {studioFlowSID}, "AutoCreation.StudioRetryCount": {"0"}},
	"default": {"AutoCreation.Type": {"default"}},
}

// form is a form with some parameters put in, or taken out where there is no value.
func form(base url.Values, name string, values ...string) url.Values {
	changed := url.Values{}
	maps.Copy(changed, base)
	if changed[name] = values; len(values) == 0 {
		delete(changed, name)
	}
	return changed
}

// An optionalCase is an optional attribute of the block: set, changed and taken out.
type optionalCase struct {
	kind, name       string
	set, changed     string   // in the configuration
	isSet, isChanged any      // in the state
	isTakenOut       any      // in the state
	parameter        string   // in a request
	sendsSet         []string // values of the parameter
	sendsChanged     []string
	sendsTakenOut    []string // nil where nothing is planned
}

func (c optionalCase) steps(base configuration, sentSet, sentChanged, sentTakenOut url.Values) []acctest.Step {
	takenOut := updates
	if c.sendsTakenOut == nil {
		takenOut, sentTakenOut = nothing, nil
	}
	step := func(literal string, plans plancheck.ResourceActionType, sends url.Values, holds any) acctest.Step {
		config := base.WithInBlock(args{c.name: literal})
		return acctest.Step{Config: config.Values(), Plans: plans, Sends: sends, Holds: map[string]any{"auto_creation." + c.name: holds}}
	}
	onlyDate := func(s acctest.Step) acctest.Step {
		if s.Unknown = []string{}; s.Plans == updates {
			s.Unknown = []string{"date_updated"}
		}
		return s
	}
	all := []acctest.Step{
		step(c.set, creates, sentSet, c.isSet),
		onlyDate(step(c.changed, updates, sentChanged, c.isChanged)),
		onlyDate(step("", takenOut, sentTakenOut, c.isTakenOut)),
	}
	if c.name == "conversation_service_sid" || c.name == "webhook_filters" {
		all[2].Says = []string{"Twilio keeps auto_creation." + c.name}
	}
	return all
}

var optionalCases = map[string]optionalCase{
	"enabled on webhook": {
		"webhook", "enabled", "true", "false", true, false, false, "AutoCreation.Enabled", []string{"true"}, []string{"false"}, nil,
	},
	"enabled on default": {
		"default", "enabled", "false", "true", false, true, true, "AutoCreation.Enabled", []string{"false"}, []string{"true"}, nil,
	},
	"conversation_service_sid on studio": {
		"studio", "conversation_service_sid", acctest.Quote(serviceSID), acctest.Quote(otherServiceSID), serviceSID, otherServiceSID, otherServiceSID,
		"AutoCreation.ConversationServiceSid",
		[]string{serviceSID},
		[]string{otherServiceSID},
		nil,
	},
	"conversation_service_sid on default": {
		"default", "conversation_service_sid", acctest.Quote(serviceSID), acctest.Quote(otherServiceSID), serviceSID, otherServiceSID, otherServiceSID,
		"AutoCreation.ConversationServiceSid",
		[]string{serviceSID},
		[]string{otherServiceSID},
		nil,
	},
	"studio_retry_count": {
		"studio", "studio_retry_count", "3", "1", 3, 1, 0, "AutoCreation.StudioRetryCount", []string{"3"}, []string{"1"}, []string{"0"},
	},
	"webhook_method": {
		"webhook", "webhook_method", `"GET"`, `"POST"`, "GET", "POST", "POST", "AutoCreation.WebhookMethod", []string{"get"}, []string{"post"}, nil,
	},
	"webhook_filters": {
		"webhook", "webhook_filters", `["onMessageAdded"]`, `["onParticipantAdded", "onDeliveryUpdated"]`,
		[]string{"onMessageAdded"},
		[]string{"onDeliveryUpdated", "onParticipantAdded"},
		[]string{"onDeliveryUpdated", "onParticipantAdded"},
		"AutoCreation.WebhookFilters",
		[]string{"onMessageAdded"},
		[]string{"onParticipantAdded", "onDeliveryUpdated"},
		nil,
	},
}

// Every optional attribute of the block under every behavior: set, changed, taken out. What is planned when it is taken out is its default,
// or the value that it has where Twilio documents none.
func TestOptionalAttributes_block(t *testing.T) {
	for name, c := range optionalCases {
		for behaviorName, behavior := range behaviors {
			t.Run(name+"/"+behaviorName, func(t *testing.T) {
				t.Parallel()
				emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{Behavior: behavior})
				sent := blockForm[c.kind]
				if behavior.AutoCreate && c.name != "enabled" {
					sent = form(sent, "AutoCreation.Enabled", "true") // it came back from the create
				}
				if behavior.AutoCreation == flexemulator.AutoCreationWithDefaults {
					if c.name != "enabled" {
						sent = form(sent, "AutoCreation.Enabled", "false")
					}
					if c.kind == "webhook" && c.name != "webhook_method" {
						sent = form(sent, "AutoCreation.WebhookMethod", "post")
					}
				}
				created := form(form(blockForm[c.kind], "Type", "sms"), "Address", "+15005550006")
				steps(t, emulator, c.steps(byType[c.kind], form(created, c.parameter, c.sendsSet...),
					form(sent, c.parameter, c.sendsChanged...), form(sent, c.parameter, c.sendsTakenOut...))...)
			})
		}
	}
}

// The order of a set's elements means nothing.
func TestOptionalAttributes_setOrder(t *testing.T) {
	t.Parallel()
	for name, behavior := range map[string]flexemulator.Behavior{"as sent": {}, "sorted": {SortFilters: true}} {
		t.Run(name, func(t *testing.T) {
			filters := func(literal string) map[string]any {
				return webhook.WithInBlock(args{"webhook_filters": literal}).Values()
			}
			steps(t, acctest.NewMemoryEmulator(t, flexemulator.Options{Behavior: behavior}),
				acctest.Step{Config: filters(`["onMessageAdded", "onConversationRemoved"]`), Plans: creates},
				acctest.Step{Config: filters(`["onConversationRemoved", "onMessageAdded"]`), Plans: nothing},
				acctest.Step{Config: filters(`["onConversationRemoved"]`), Plans: updates, Sends: form(blockForm["webhook"], "AutoCreation.WebhookFilters", "onConversationRemoved")},
			)
		})
	}
}

// A name is kept when it is taken out, and "" where there is none, however the API says that.
func TestFriendlyName(t *testing.T) {
	for name, c := range map[string]struct {
		behavior flexemulator.Behavior
		unset    string // what an address has that was never given a name
	}{
		"null":  {flexemulator.Behavior{}, ""},
		"empty": {flexemulator.Behavior{EmptyFriendlyName: true}, ""},
		"named": {flexemulator.Behavior{NameAddresses: true}, "+15005550006"},
	} {
		named := func(literal string) map[string]any { return bare.With(args{"friendly_name": literal}).Values() }
		holds := func(value string) map[string]any { return map[string]any{"friendly_name": value} }
		dated := []string{"date_updated"}
		t.Run(name+"/unset first", func(t *testing.T) {
			t.Parallel()
			steps(t, acctest.NewMemoryEmulator(t, flexemulator.Options{Behavior: c.behavior}),
				acctest.Step{Config: bare.Values(), Plans: creates, Holds: holds(c.unset)},
				acctest.Step{Config: named("null"), Plans: nothing, Holds: holds(c.unset)},
				acctest.Step{Config: named(`"Sales"`), Plans: updates, Unknown: dated, Sends: url.Values{"FriendlyName": {"Sales"}}, Holds: holds("Sales")},
				acctest.Step{Config: named(`"Support"`), Plans: updates, Unknown: dated, Sends: url.Values{"FriendlyName": {"Support"}}, Holds: holds("Support")},
				acctest.Step{Config: named("null"), Plans: nothing, Holds: holds("Support")},
				acctest.Step{Config: bare.Values(), Plans: nothing, Holds: holds("Support")},
				acctest.Step{Config: named(`""`), Plans: updates, Unknown: dated, Sends: url.Values{"FriendlyName": {""}}, Holds: holds("")},
				acctest.Step{Config: named("null"), Plans: nothing, Holds: holds("")},
				acctest.Step{Config: named(`""`), Plans: nothing, Holds: holds("")},
			)
		})
		t.Run(name+"/empty first", func(t *testing.T) {
			t.Parallel()
			first := acctest.Step{
				Config: named(`""`), Plans: creates, Holds: holds(""),
				Sends: url.Values{"Type": {"sms"}, "Address": {"+15005550006"}, "FriendlyName": {""}},
			}
			all := []acctest.Step{first}
			if c.unset != "" { // the API names it all the same; Terraform says so, and clears the name in the next run
				all[0].Says, all[0].Differs = []string{`friendly_name was set to "", and Twilio accepted the request but returned "+15005550006"`}, true
				all = append(all, acctest.Step{Config: named(`""`), Plans: updates, Sends: url.Values{"FriendlyName": {""}}, Holds: holds("")})
			}
			steps(t, acctest.NewMemoryEmulator(t, flexemulator.Options{Behavior: c.behavior}), append(all,
				acctest.Step{Config: named("null"), Plans: nothing, Holds: holds("")},
				acctest.Step{Config: named(`"Sales"`), Plans: updates, Holds: holds("Sales")},
			)...)
		})
	}
}

// The country is Twilio's to choose where it is not set; a change replaces the address, taking it out does not.
func TestAddressCountry(t *testing.T) {
	for name, c := range map[string]struct {
		behavior flexemulator.Behavior
		unset    any
	}{"null": {flexemulator.Behavior{}, nil}, "US": {flexemulator.Behavior{DefaultCountry: true}, "US"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := func(country string) map[string]any { return bare.With(args{"address_country": country}).Values() }
			created := url.Values{"Type": {"sms"}, "Address": {"+15005550006"}}
			steps(t, acctest.NewMemoryEmulator(t, flexemulator.Options{Behavior: c.behavior}),
				acctest.Step{Config: bare.Values(), Plans: creates, Sends: created, Holds: map[string]any{"address_country": c.unset}},
				acctest.Step{Config: in(`"GB"`), Plans: replaces, Says: []string{"The configuration does not set auto_creation"}, Sends: form(created, "AddressCountry", "GB"), Holds: map[string]any{"address_country": "GB"}},
				acctest.Step{Config: in(`"DE"`), Plans: replaces, Says: []string{"The configuration does not set auto_creation"}, Sends: form(created, "AddressCountry", "DE"), Holds: map[string]any{"address_country": "DE"}},
				acctest.Step{Config: bare.Values(), Plans: nothing, Unknown: []string{}, Holds: map[string]any{"address_country": "DE"}},
				acctest.Step{Config: bare.With(renamed).Values(), Plans: updates, Holds: map[string]any{"address_country": "DE"}},
			)
		})
	}
}

// What Twilio sets is unknown in the plan of a create, and nothing else is; each attribute of an answer is in the state.
func TestComputedAttributes(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{Behavior: flexemulator.Behavior{AutoCreate: true}})
	common := []string{"account_sid", "address_country", "date_created", "date_updated", "friendly_name", "id", "sid", "url"}
	for kind, inner := range map[string][]string{
		"none":    nil,
		"webhook": {"conversation_service_sid", "enabled", "webhook_filters", "webhook_method"},
		"studio":  {"conversation_service_sid", "enabled"},
		"default": {"conversation_service_sid", "enabled"},
	} {
		unknown := append([]string{}, common...)
		for _, name := range inner {
			unknown = append(unknown, "auto_creation."+name)
		}
		steps(t, emulator, acctest.Step{Config: byType[kind].Values(), Plans: creates, Unknown: unknown})
	}
	holds := map[string]any{
		"type": "sms", "address": "+15005550006", "friendly_name": "", "address_country": nil, "account_sid": flexemulator.AccountSID,
		"auto_creation.type": "studio", "auto_creation.enabled": true, "auto_creation.studio_flow_sid": studioFlowSID, "auto_creation.studio_retry_count": 0,
		"auto_creation.conversation_service_sid": nil, "auto_creation.webhook_url": nil, "auto_creation.webhook_method": nil, "auto_creation.webhook_filters": nil,
	}
	steps(t, emulator, acctest.Step{Config: studio.Values(), Holds: holds}, acctest.Step{
		Config: studio.Values(), Before: func() {
			a := emulator.OnlyAddress()
			holds["sid"], holds["id"], holds["url"] = a.SID, a.SID, emulator.URL+path+"/"+a.SID
			holds["date_created"] = a.DateCreated.UTC().Format("2006-01-02T15:04:05Z")
			holds["date_updated"] = holds["date_created"]
		}, Holds: holds,
	})
	for _, call := range emulator.Calls() {
		if !strings.HasPrefix(call.Path, path) {
			t.Errorf("a call of %s", call.Path)
		}
	}
}

// The types, as the API spells them, with an address of each.
func TestTypes(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
	for kind, address := range map[string]string{
		"sms": "+15005550006", "whatsapp": "whatsapp:+15005550006", "messenger": "messenger:1234", "gbm": "brands/1/agents/2", "email": "support@example.com",
		"rcs": "rcs:brand", "apple": "urn:mbid:1234", "chat": "chat",
	} {
		config := bare.With(args{"type": acctest.Quote(kind), "address": acctest.Quote(address)})
		steps(t, emulator, acctest.Step{Config: config.Values(), Plans: creates, Sends: url.Values{"Type": {kind}, "Address": {address}}})
	}
}
