package conversationsaddress_test

import (
	"strings"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// What an error says depends on what the response is: Twilio's own form, that of RFC 9457, or something else.
func TestErrorForms(t *testing.T) {
	sid := "IG" + strings.Repeat("7", 32)
	for name, c := range map[string]struct {
		fault  flexemulator.Fault
		config configuration
		says   []string
		never  string
	}{
		"a duplicate with 400": {
			flexemulator.Fault{Method: "POST", Kind: flexemulator.FaultStatus, Status: 400, Code: 50353, Message: "This address is already in use by " + sid},
			studio,
			[]string{"Import that configuration", "terraform import ADDRESS " + sid},
			"",
		},
		"a password in Twilio's text": {
			flexemulator.Fault{Method: "POST", Kind: flexemulator.FaultStatus, Status: 400, Code: 20001, Message: "AutoCreation.WebhookUrl https://me:hunter2@example.com is not reachable"},
			webhook,
			[]string{`AttributeName("auto_creation").AttributeName("webhook_url")`, "https://…@example.com is not reachable"},
			"hunter2",
		},
		"a gateway's 403": {
			flexemulator.Fault{Method: "POST", Kind: flexemulator.FaultStatus, Status: 403, HTML: true},
			studio,
			[]string{"not in the form of the Conversations API: a gateway or proxy may have sent it"},
			"API key's permissions",
		},
		"Twilio's 403": {
			flexemulator.Fault{Method: "POST", Kind: flexemulator.FaultStatus, Status: 403},
			studio,
			[]string{"API key's permissions"},
			"gateway",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			acctest.InVirtualTime(t, func(t *testing.T) {
				emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
				emulator.Inject(c.fault)()
				core := newCore(acctest.NewConfiguredProtocol(t, emulator))
				_, text := core.Change(core.Absent(), c.config.Values())
				for _, want := range c.says {
					if !strings.Contains(text, want) {
						t.Errorf("says nothing of %q: %s", want, text)
					}
				}
				if c.never != "" && strings.Contains(text, c.never) || strings.Contains(text, `request ""`) {
					t.Error(text)
				}
			})
		})
	}
}

// Problem details name the parameter by a pointer.
func TestErrorForms_pointer(t *testing.T) {
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{Behavior: flexemulator.Behavior{ProblemDetails: true}})
	emulator.Inject(flexemulator.Fault{Method: "POST", Kind: flexemulator.FaultStatus, Status: 400, Code: 20001, Message: "1 problem", Parameter: "AutoCreation/StudioFlowSid"})()
	core := newCore(acctest.NewConfiguredProtocol(t, emulator))
	_, text := core.Change(core.Absent(), studio.Values())
	for _, want := range []string{`AttributeName("auto_creation").AttributeName("studio_flow_sid")`, "Bad Request: 1 problem", "#/AutoCreation/StudioFlowSid"} {
		if !strings.Contains(text, want) {
			t.Errorf("says nothing of %q: %s", want, text)
		}
	}
}

// A response about another account than account_sid stops a plan, and is a warning after a write.
func TestAnotherAccount(t *testing.T) {
	other := "AC" + strings.Repeat("1", 32)
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
	p := acctest.NewProtocol(t, emulator.ProviderOptions()...)
	if diags := p.Configure(map[string]any{
		"account_sid": other, "api_key": flexemulator.APIKey, "api_secret": flexemulator.APISecret, "base_url": emulator.URL,
	}); len(diags) > 0 {
		t.Fatal(acctest.Describe(diags))
	}
	core := newCore(p)
	created, text := core.Change(core.Absent(), studio.Values())
	if created.SID() == "" || !strings.Contains(text, "WARNING") || !strings.Contains(text, other) || !strings.Contains(text, flexemulator.AccountSID) {
		t.Errorf("%q: %s", created.SID(), text)
	}
	if _, text := core.Refresh(created); !strings.Contains(text, "ERROR") || !strings.Contains(text, "account_sid is "+other) || !strings.Contains(text, flexemulator.AccountSID) {
		t.Error(text)
	}
	if _, text := p.ReadData("twilio_conversations_address_configurations", nil); !strings.Contains(text, "account_sid is "+other) {
		t.Error(text)
	}
	emulator.RemoveAddress(created.SID())
}

// A deletion that fails names the address beside the SID.
func TestDelete_names(t *testing.T) {
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
	core := newCore(acctest.NewConfiguredProtocol(t, emulator))
	created := core.Create(studio.Values())
	emulator.Inject(flexemulator.Fault{Method: "DELETE", Kind: flexemulator.FaultStatus, Status: 403})()
	if _, text := core.Destroy(t.Context(), created); !strings.Contains(text, created.SID()+` ("+15005550006")`) {
		t.Error(text)
	}
}
