package conversationsaddress_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

const missingSID = "IGffffffffffffffffffffffffffffffff"

// addEstate puts address configurations into an emulator that differ in all that a search can tell apart, and returns their SIDs by a short
// name.
func addEstate(emulator *acctest.Emulator) map[string]string {
	sids := map[string]string{}
	for key, a := range map[string]flexemulator.Address{
		"sms": {Type: "sms", Address: "+15005550006", FriendlyName: new("Support"), AddressCountry: new("US"), AutoCreation: map[string]any{
			"type": "studio", "enabled": true, "studio_flow_sid": studioFlowSID,
		}},
		"rcs":      {Type: "rcs", Address: "+15005550006", FriendlyName: new("Support")},
		"whatsapp": {Type: "whatsapp", Address: "whatsapp:+15005550006", AutoCreation: map[string]any{"type": "webhook", "webhook_url": "https://example.com", "webhook_method": "GET"}},
		"email":    {Type: "email", Address: "support@example.com", FriendlyName: new("Mail"), AutoCreation: map[string]any{"type": "default", "enabled": true}},
		"code":     {Type: "sms", Address: "12345", AddressCountry: new("GB")},
		"apple":    {Type: "apple", Address: "urn:mbid:1"},
	} {
		sids[key] = emulator.AddAddress(a).SID
	}
	return sids
}

// importID imports an ID without Terraform, and returns the SID that came of it, and what was said.
func importID(t *testing.T, p *acctest.Protocol, id string) (sid, text string) {
	t.Helper()
	resp, err := p.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: typeName, ID: id})
	if err != nil {
		t.Fatal(err)
	}
	if len(resp.ImportedResources) == 1 {
		sid = p.SIDOf(resp.ImportedResources[0].Identity)
	}
	return sid, acctest.Describe(resp.Diagnostics)
}

func TestImport(t *testing.T) {
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
	sids := addEstate(emulator)
	sms := sids["sms"]
	p := acctest.NewConfiguredProtocol(t, emulator)
	for id, c := range map[string]struct {
		want string // empty for an error
		says []string
		free bool // of calls
	}{
		sms:                                  {sms, nil, true},
		"/Configuration/Addresses/" + sms:    {sms, nil, true},
		"Configuration/Addresses/" + sms:     {sms, nil, true},
		"/v1/Configuration/Addresses/" + sms: {sms, nil, true},
		emulator.URL + path + "/" + sms:      {sms, nil, true},
		"https://conversations.twilio.com" + path + "/" + sms: {sms, nil, true},
		"whatsapp:+15005550006":                               {sids["whatsapp"], nil, false},
		"support@example.com":                                 {sids["email"], nil, false},
		"12345":                                               {sids["code"], nil, false},
		"urn:mbid:1":                                          {sids["apple"], nil, false},
		"+15005550006": {"", []string{
			`Invalid import ID: There are 2 address configurations with address "+15005550006". Give the SID of the one to import, or put its type in front, as in "`,
			sms + `   type "sms", address "+15005550006", created `, sids["rcs"] + `   type "rcs", address "+15005550006", created `,
		}, false},
		"+15005550007":                   {"", []string{`The account has no address configuration with address "+15005550007". Give its SID ("IG" followed by`, "or its address, with or without its type in front; and check that the provider's credentials"}, false},
		"Support@Example.com":            {sids["email"], nil, false},
		"whatsapp:15005550006":           {sids["whatsapp"], nil, false},
		"sms:+1 (500) 555-0006":          {sms, nil, false},
		"rcs:+15005550006":               {sids["rcs"], nil, false},
		"email:+15005550006":             {"", []string{"The account has no address configuration"}, false},
		"IG123":                          {"", []string{`"IG123" is not an address configuration SID: it has 5 characters instead of 34`}, true},
		"IG" + strings.Repeat("x", 32):   {"", []string{`what follows "IG" is not hexadecimal`}, true},
		"CV" + sms[2:]:                   {"", []string{"The account has no address configuration"}, false},
		"":                               {"", []string{`"" does not name an address configuration. Give its SID ("IG" followed by`}, true},
		" ":                              {"", []string{`" " does not name an address configuration`}, true},
		"/Configuration/Addresses/":      {"", []string{"does not name an address configuration", "https://conversations.twilio.com/v1/Configuration/Addresses/ and its SID"}, true},
		"/Configuration/Addresses/IG123": {"", []string{"does not name an address configuration"}, true},
		"https://conversations.twilio.com/v1/Configuration/Addresses":   {"", []string{"does not name an address configuration"}, true},
		"https://me:secret@conversations.twilio.com" + path + "/" + sms: {"", []string{"does not name an address configuration"}, true},
		path + "/" + sms + "/..": {"", []string{"does not name an address configuration"}, true},
	} {
		t.Run(id, func(t *testing.T) {
			emulator.ResetRequests()
			sid, text := importID(t, p, id)
			if sid != c.want || (c.want == "") != strings.Contains(text, "ERROR Invalid import ID") {
				t.Errorf("gave %q, expected %q: %s", sid, c.want, text)
			}
			for _, want := range c.says {
				if !strings.Contains(text, want) {
					t.Errorf("no %q in %s", want, text)
				}
			}
			if free := len(emulator.Calls()) == 0; free != c.free {
				t.Errorf("made no call: %t, expected %t", free, c.free)
			}
		})
	}
}

// A chat's address is a name, which a resource of another type may have as well, or a SID.
func TestImport_chat(t *testing.T) {
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
	conversation := "CV" + strings.Repeat("1", 32)
	chat := emulator.AddAddress(flexemulator.Address{Type: "chat", Address: "website"}).SID
	apple := emulator.AddAddress(flexemulator.Address{Type: "apple", Address: "website"}).SID
	bySID := emulator.AddAddress(flexemulator.Address{Type: "chat", Address: conversation}).SID
	p := acctest.NewConfiguredProtocol(t, emulator)
	for id, want := range map[string]string{
		"website": "", "chat:website": chat, "apple:website": apple, "Website": "", conversation: bySID, "chat:" + conversation: bySID, "sms:website": "",
	} {
		if got, text := importID(t, p, id); got != want || (want == "") != strings.Contains(text, "ERROR Invalid import ID") {
			t.Errorf("%s gave %q, expected %q: %s", id, got, want, text)
		}
	}
}

// What goes wrong while an address is looked for is said, and so is that there are no credentials yet.
func TestImport_fails(t *testing.T) {
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
	emulator.Inject(flexemulator.Fault{Method: "GET", Kind: flexemulator.FaultStatus, Status: 403})()
	if _, text := importID(t, acctest.NewConfiguredProtocol(t, emulator), "+15005550006"); !strings.Contains(text, "ERROR Unable to list address configurations") {
		t.Error(text)
	}
	if _, text := importID(t, acctest.NewProtocol(t), "+15005550006"); !strings.Contains(text, "Provider is not configured") {
		t.Error(text)
	}
}

// Each type, in each form, with the real Terraform; what is imported is what was there. The plan of an import block has to be empty.
func TestAccImport(t *testing.T) {
	acctest.NeedTerraform(t, "1.5.0") // the first with import blocks
	for kind, config := range changedByType {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			all := []resource.TestStep{{Config: config.String()}}
			for _, attribute := range []string{"sid", "url", "address"} {
				all = append(all, resource.TestStep{
					ResourceName: address, ImportState: true, ImportStateVerify: true,
					ImportStateIdFunc: func(s *terraform.State) (string, error) {
						return s.RootModule().Resources[address].Primary.Attributes[attribute], nil
					},
				})
			}
			all = append(all, resource.TestStep{ResourceName: address, ImportState: true, ImportStateKind: resource.ImportBlockWithID})
			acctest.Run(t, acctest.NewEmulator(t, flexemulator.Options{Behavior: flexemulator.Behavior{
				AutoCreation: flexemulator.AutoCreationForeignKeys, MethodAsSent: true,
			}}), all...)
		})
	}
}

func TestAccImport_missing(t *testing.T) {
	t.Parallel()
	acctest.Run(t, acctest.NewEmulator(t, flexemulator.Options{}), resource.TestStep{
		Config: bare.String(), ResourceName: address, ImportState: true, ImportStateId: missingSID,
		ExpectError: regexp.MustCompile("Cannot import non-existent remote object"),
	})
}
