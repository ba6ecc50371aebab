package conversationsaddress_test

import (
	"strings"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// What is said when an operation goes wrong names the address configuration, what Twilio said at the attribute that it blames, and a next step.
// The state stays what it was.
func TestWords(t *testing.T) {
	status := func(method string, status, code int, message string) flexemulator.Fault {
		return flexemulator.Fault{Method: method, Kind: flexemulator.FaultStatus, Status: status, Code: code, Message: message}
	}
	for name, c := range map[string]struct {
		fault flexemulator.Fault
		says  []string
	}{
		"a parameter of the block": {status("POST", 400, 20001, "Invalid parameter AutoCreation.WebhookUrl: no such host"), []string{
			`ERROR AttributeName("auto_creation").AttributeName("webhook_url") Unable to update address configuration: Address configuration IG`, "no such host",
		}},
		"a parameter":      {status("POST", 400, 20001, "FriendlyName is too long."), []string{`AttributeName("friendly_name") Unable to update address configuration`}},
		"the block's type": {status("POST", 400, 20001, "AutoCreation.Type must be one of"), []string{`AttributeName("auto_creation").AttributeName("type")`}},
		"no parameter":     {status("POST", 400, 20001, "Something is wrong"), []string{"ERROR Unable to update address configuration", "Correct what Twilio names"}},
		"credentials":      {status("POST", 401, 20003, "Authenticate"), []string{"The credentials (account_sid and auth_token in the provider block) were refused by 127.0.0.1"}},
		"permissions":      {status("POST", 403, 20403, "Forbidden"), []string{"403 Forbidden", "not permitted to do this"}},
		"a conflict":       {status("POST", 409, 20409, "Taken"), []string{"409 Conflict (code 20409): Taken", "or a Flex Flow that still uses it"}},
		"a read":           {status("GET", 403, 20403, "Forbidden"), []string{"ERROR Unable to read address configuration: Address configuration IG"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emulator := acctest.NewEmulator(t, flexemulator.Options{})
			c.says = append(c.says, "Request ID: RQ", "More about this error: https://www.twilio.com/docs/errors/")
			steps(t, emulator,
				acctest.Step{Config: fullWebhook.Values()},
				acctest.Step{Before: emulator.Inject(c.fault), Config: fullWebhook.With(renamed).WithInBlock(args{"enabled": "false"}).Values(), Fails: true, Says: c.says},
				acctest.Step{Before: emulator.Inject(), Config: fullWebhook.Values(), Plans: nothing},
			)
		})
	}
}

// A create has no SID to name: it names the address.
func TestWords_create(t *testing.T) {
	emulator := acctest.NewEmulator(t, flexemulator.Options{Behavior: flexemulator.Behavior{RefuseAddressesOfFlows: true}})
	emulator.Add(flexemulator.Flow{FriendlyName: "Old", ChatServiceSID: serviceSID, ChannelType: "sms", ContactIdentity: "+15005550006"})
	c := newCore(acctest.NewConfiguredProtocol(t, emulator))
	for says, faults := range map[string][]flexemulator.Fault{
		`AttributeName("address") Unable to create address configuration: Address configuration "+15005550006": `: nil, // that of a Flex Flow
		"(TWILIO_REGION, TWILIO_EDGE). Or the account may not have Conversations (classic).":                      {{Method: "POST", Kind: flexemulator.FaultStatus, Status: 404}},
	} {
		emulator.Inject(faults...)()
		made, text := c.Change(c.Absent(), bare.Values())
		if made.SID() != "" || !strings.Contains(text, says) {
			t.Errorf("expected %q in %s", says, text)
		}
	}
}

// An answer that says otherwise than what was asked for: the apply goes through with a warning, and the next plan shows the difference.
func TestWords_anotherAnswer(t *testing.T) {
	for name, c := range map[string]struct {
		fields map[string]any
		says   string
	}{
		"another name":           {map[string]any{"friendly_name": "Cut"}, `AttributeName("friendly_name") Twilio returned a different value for friendly_name: friendly_name was set to "Renamed", and Twilio accepted the request but returned "Cut"`},
		"in capitals":            {map[string]any{"friendly_name": "RENAMED"}, ""}, // whatever the form in which Twilio has what was sent,
		"another URL":            {map[string]any{"auto_creation": map[string]any{"webhook_url": "https://me:hunter2@example.com"}}, `but returned "https://…@example.com"`},
		"other filters":          {map[string]any{"auto_creation": map[string]any{"webhook_filters": []string{"onMessageAdded", "onMessageRemoved"}}}, "Twilio returned a different value for auto_creation.webhook_filters"},
		"the other order":        {map[string]any{"auto_creation": map[string]any{"webhook_filters": []string{"onMessageUpdated", "onMessageAdded"}, "webhook_method": "post"}}, ""},
		"another country":        {map[string]any{"address_country": "GB"}, "Twilio returned a different value for address_country"},
		"a blank at the address": {map[string]any{"address": "+15005550006 "}, ""}, // an attribute that can't be changed is the same but for blanks
	} {
		t.Run(name, func(t *testing.T) {
			emulator := acctest.NewEmulator(t, flexemulator.Options{})
			core := newCore(acctest.NewConfiguredProtocol(t, emulator))
			emulator.Inject(acctest.OddFields(c.fields))()
			config := fullWebhook.With(renamed).WithInBlock(args{"webhook_filters": `["onMessageAdded", "onMessageUpdated"]`}).Values()
			made, text := core.Change(core.Absent(), config)
			if c.says == "" && text != "" || !strings.Contains(text, c.says) || strings.Contains(text, "hunter2") || strings.Contains(text, "ERROR") {
				t.Errorf("says %q, expected %q", text, c.says)
			}
			read, _ := core.Refresh(made)
			// A country is not compared again, because a plan could only replace the address.
			if _, changes, _ := core.PlanValues(read, config); changes != (c.says != "" && name != "another country") {
				t.Errorf("the next plan has changes: %t", changes)
			}
		})
	}
}
