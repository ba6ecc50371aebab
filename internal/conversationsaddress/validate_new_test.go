package conversationsaddress_test

import (
	"strings"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// A value that Twilio added to an enumeration is an error at its line where it would be set, and none where Twilio has it: the configuration
// that Terraform generates for an import is valid.
func TestNewValues(t *testing.T) {
	types := func(name string) configuration { return bare.With(args{"type": acctest.Quote(name)}) }
	filters := func(all string) configuration { return webhook.WithInBlock(args{"webhook_filters": all}) }
	const newType = `ERROR AttributeName("type") Invalid type: The value of type can't be used: "viber" is not one of the accepted values. Set it to "sms", "whatsapp", `
	const newEvent = `ERROR AttributeName("auto_creation").AttributeName("webhook_filters") Invalid webhook_filters: ` +
		`The value of auto_creation.webhook_filters can't be used: "onTyping" is not one of the accepted values. Set it to "onMessageAdded", `
	has := func(typeName string, filters ...any) map[string]any {
		return map[string]any{"type": typeName, "auto_creation": map[string]any{"type": "webhook", "webhook_url": "https://example.com/hook", "webhook_filters": filters}}
	}
	for name, c := range map[string]struct {
		answers map[string]any // what Twilio has; nil for a create
		config  configuration
		says    string
	}{
		"type of a create":           {nil, types("viber"), newType},
		"type of a Flex Flow":        {nil, types("facebook"), `"facebook" is called "messenger" here. Set it to "sms", `},
		"type in another case":       {nil, types("SMS"), `"SMS" is not one of the accepted values`},
		"type that Twilio has":       {has("viber"), types("viber"), ""},
		"another new type":           {has("rcs2"), types("viber"), newType},
		"another type before":        {has("sms"), types("viber"), newType},
		"event of a create":          {nil, filters(`["onMessageAdded", "onTyping"]`), newEvent},
		"event that Twilio has":      {has("sms", "onTyping"), filters(`["onTyping"]`), ""},
		"event beside it":            {has("sms", "onTyping"), filters(`["onTyping", "onMessageAdded"]`), ""},
		"another event before":       {has("sms", "onMessageAdded"), filters(`["onMessageAdded", "onTyping"]`), newEvent},
		"event of no filters before": {has("sms"), filters(`["onTyping"]`), newEvent},
		"unknown":                    {nil, bare.With(args{"type": acctest.Unknown}), ""},
	} {
		t.Run(name, func(t *testing.T) {
			emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
			core := newCore(acctest.NewConfiguredProtocol(t, emulator))
			prior := core.Absent()
			if c.answers != nil {
				emulator.AddAddress(flexemulator.Address{Type: "sms", Address: "+15005550006"})
				emulator.Inject(acctest.OddFields(c.answers))()
				prior, _ = core.Import(emulator.OnlyAddress().SID)
			}
			if diags := validate(t, acctest.NewProtocol(t), c.config.Values()); len(diags) > 0 {
				t.Errorf("invalid: %s", acctest.Describe(diags))
			}
			if _, _, text := core.PlanValues(prior, c.config.Values()); !strings.Contains(text, c.says) || c.says == "" && strings.Contains(text, "ERROR") {
				t.Errorf("says %q, expected %q", text, c.says)
			}
		})
	}
}

// Replacing an address configuration sets its type anew.
func TestNewValues_replacement(t *testing.T) {
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
	emulator.AddAddress(flexemulator.Address{Type: "sms", Address: "+15005550006"})
	emulator.Inject(acctest.OddFields(map[string]any{"type": "viber"}))()
	core := newCore(acctest.NewConfiguredProtocol(t, emulator))
	prior, _ := core.Import(emulator.OnlyAddress().SID)
	config := bare.With(args{"type": `"viber"`, "address": `"+15005550007"`}).Values()
	plan, _, text := core.PlanValues(prior, config)
	if plan == nil || len(plan.RequiresReplace) == 0 {
		t.Fatal(text)
	}
	if _, _, text := core.PlanValues(core.Absent(), config); !strings.Contains(text, `"viber" is not one of the accepted values`) {
		t.Error(text)
	}
}
