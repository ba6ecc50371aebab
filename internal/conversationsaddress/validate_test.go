package conversationsaddress_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

var mistakes = map[string]acctest.Mistake{
	"type missing":                       {Config: bare.With(args{"type": ""}), Line: `resource "` + typeName, Says: `The argument "type" is required`, ByTerraform: true},
	"address empty":                      {Config: bare.With(args{"address": `""`}), Attribute: "address", Line: `address = ""`, Says: "it is empty. Set it to the address"},
	"address blank":                      {Config: bare.With(args{"address": `" "`}), Attribute: "address", Says: "begins or ends with white space"},
	"address with a blank before it":     {Config: bare.With(args{"address": `" +15005550006"`}), Attribute: "address", Says: "begins or ends with white space"},
	"address with a line break after it": {Config: bare.With(args{"address": `"+15005550006\n"`}), Attribute: "address", Says: "begins or ends with white space"},
	"address of WhatsApp": {
		Config: bare.With(args{"address": `"whatsapp:+15005550006"`}), Attribute: "address", Line: `address = "whatsapp:+15005550006"`,
		Says: `The address begins with "whatsapp:", which makes it one of type "whatsapp", but type is "sms". Change type, or remove the prefix.`,
	},
	"address of Messenger":     {Config: bare.With(args{"type": `"whatsapp"`, "address": `"messenger:1"`}), Attribute: "address", Says: `one of type "messenger", but type is "whatsapp"`},
	"country in lower case":    {Config: bare.With(args{"address_country": `"us"`}), Attribute: "address_country", Says: `Set it to two capital letters, such as "US"`},
	"country of three letters": {Config: bare.With(args{"address_country": `"USA"`}), Attribute: "address_country", Says: "it is not an ISO 3166-1 alpha-2 code"},
	"country empty":            {Config: bare.With(args{"address_country": `""`}), Attribute: "address_country", Says: "it is not an ISO 3166-1 alpha-2 code"},
	"name too long":            {Config: bare.With(args{"friendly_name": acctest.Quote(strings.Repeat("ü", 257))}), Attribute: "friendly_name", Says: "it has 257 characters. Set it to at most 256"},

	"auto-creation type": {Config: bare.WithBlock(args{"type": `"task"`}), Attribute: "auto_creation.type", Says: `"task" is not one of the accepted values. Set it to "webhook", "studio" or "default".`},
	"service SID of another kind": {
		Config: neither.WithInBlock(args{"conversation_service_sid": acctest.Quote(studioFlowSID)}), Attribute: "auto_creation.conversation_service_sid",
		Says: `"FW" is the prefix of a Studio flow SID`,
	},
	"service SID too short":          {Config: neither.WithInBlock(args{"conversation_service_sid": `"IS1"`}), Attribute: "auto_creation.conversation_service_sid", Says: "it has 3 characters instead of 34"},
	"flow SID malformed":             {Config: studio.WithInBlock(args{"studio_flow_sid": `"FW1"`}), Attribute: "auto_creation.studio_flow_sid", Line: `studio_flow_sid = "FW1"`, Says: `"FW1" is not a Studio flow SID`},
	"flow SID empty":                 {Config: studio.WithInBlock(args{"studio_flow_sid": `""`}), Attribute: "auto_creation.studio_flow_sid", Says: "can't be used"},
	"retry count too high":           {Config: studio.WithInBlock(args{"studio_retry_count": "4"}), Attribute: "auto_creation.studio_retry_count", Says: "4 is out of range. Set it to a number from 0 to 3."},
	"retry count negative":           {Config: studio.WithInBlock(args{"studio_retry_count": "-1"}), Attribute: "auto_creation.studio_retry_count", Says: "-1 is out of range"},
	"retry count not whole":          {Config: studio.WithInBlock(args{"studio_retry_count": "1.5"}), Attribute: "auto_creation.studio_retry_count", Says: "1.5 is not a whole number"},
	"retry count too large to count": {Config: studio.WithInBlock(args{"studio_retry_count": "1e30"}), Attribute: "auto_creation.studio_retry_count", Says: "1000000000000000000000000000000 is out of range. Set it to a number from 0 to 3."},
	"webhook URL relative":           {Config: webhook.WithInBlock(args{"webhook_url": `"/hook"`}), Attribute: "auto_creation.webhook_url", Says: "it is not an absolute http or https URL with a host"},
	"webhook URL of another scheme":  {Config: webhook.WithInBlock(args{"webhook_url": `"ftp://example.com"`}), Attribute: "auto_creation.webhook_url", Says: "it is not an absolute http or https URL"},
	"webhook method":                 {Config: webhook.WithInBlock(args{"webhook_method": `"PUT"`}), Attribute: "auto_creation.webhook_method", Says: `Set it to "GET" or "POST".`},
	"webhook method in lower case":   {Config: webhook.WithInBlock(args{"webhook_method": `"post"`}), Attribute: "auto_creation.webhook_method", Says: `"post" is not one of the accepted values`},
	"webhook filters with null":      {Config: webhook.WithInBlock(args{"webhook_filters": `["onMessageAdded", null]`}), Attribute: "auto_creation.webhook_filters", Says: "it has an empty element. Remove that."},

	"webhook without URL": {
		Config: webhook.WithInBlock(args{"webhook_url": ""}), Attribute: "auto_creation.webhook_url", Line: "auto_creation {",
		Says: `auto_creation.webhook_url is required when auto_creation.type is "webhook", and is not set. Set it, or change auto_creation.type.`,
	},
	"studio without flow": {Config: studio.WithInBlock(args{"studio_flow_sid": ""}), Attribute: "auto_creation.studio_flow_sid", Says: `auto_creation.studio_flow_sid is required when auto_creation.type is "studio"`},
	"webhook's URL on studio": {
		Config: studio.WithInBlock(args{"webhook_url": `"https://example.com?token=secret"`}), Attribute: "auto_creation.webhook_url",
		Says: `auto_creation.webhook_url is set to "https://example.com?…", but does not apply when auto_creation.type is "studio". Remove it, or change auto_creation.type: it applies to webhook.`,
	},
	"webhook's method on default":     {Config: neither.WithInBlock(args{"webhook_method": `"GET"`}), Attribute: "auto_creation.webhook_method", Says: `does not apply when auto_creation.type is "default"`},
	"webhook's filters on default":    {Config: neither.WithInBlock(args{"webhook_filters": `["onMessageAdded"]`}), Attribute: "auto_creation.webhook_filters", Says: `does not apply when auto_creation.type is "default"`},
	"studio's flow on webhook":        {Config: webhook.WithInBlock(args{"studio_flow_sid": acctest.Quote(studioFlowSID)}), Attribute: "auto_creation.studio_flow_sid", Says: `does not apply when auto_creation.type is "webhook"`},
	"studio's retry count on webhook": {Config: webhook.WithInBlock(args{"studio_retry_count": "0"}), Attribute: "auto_creation.studio_retry_count", Says: `it applies to studio.`},
	"studio's flow on default":        {Config: neither.WithInBlock(args{"studio_flow_sid": acctest.Quote(studioFlowSID)}), Attribute: "auto_creation.studio_flow_sid", Says: `does not apply when auto_creation.type is "default"`},
}

// validate is what a validation of a configuration says.
func validate(t *testing.T, p *acctest.Protocol, values map[string]any) []*tfprotov6.Diagnostic {
	t.Helper()
	return subject.Validate(t, p, values)
}

func TestValidation_invalid(t *testing.T) { acctest.TestMistakes(t, subject, mistakes) }

// Terraform points at the line, at plan, and no call is made.
func TestAccValidation_invalid(t *testing.T) { acctest.TestMistakeLines(t, mistakes) }

// Several mistakes are all named at once.
func TestValidation_several(t *testing.T) {
	config := bare.With(args{"address": `""`}).WithBlock(args{"type": `"studio"`, "webhook_method": `"PUT"`})
	values := config.Values()
	values["timeouts"] = map[string]any{"read": "0s"}
	text := acctest.Describe(validate(t, acctest.NewProtocol(t), values))
	for _, want := range []string{"Invalid address", "Invalid webhook_method", "Missing auto-creation attribute", "Auto-creation attribute does not apply", "Invalid timeout"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %s", want, text)
		}
	}
}

// What is right passes without a word: each type, whatever an attribute may be, and what is not known yet.
func TestValidation_valid(t *testing.T) {
	p := acctest.NewProtocol(t)
	cases := map[string]configuration{
		"name of 256 characters":               bare.With(args{"friendly_name": acctest.Quote(strings.Repeat("ü", 256))}),
		"empty name":                           bare.With(args{"friendly_name": `""`}),
		"one character":                        bare.With(args{"type": `"chat"`, "address": `"1"`}),
		"blanks inside":                        bare.With(args{"type": `"chat"`, "address": `"a b"`}),
		"WhatsApp":                             bare.With(args{"type": `"whatsapp"`, "address": `"whatsapp:+15005550006"`}),
		"short code of eight digits":           bare.With(args{"address": `"12345678"`}),
		"short code":                           bare.With(args{"address": `"12345"`}),
		"email":                                bare.With(args{"type": `"email"`, "address": `"support@example.com"`}),
		"Messenger":                            bare.With(args{"type": `"messenger"`, "address": `"messenger:1"`}),
		"all events":                           webhook.WithInBlock(args{"webhook_filters": `["onMessageAdded", "onMessageUpdated", "onMessageRemoved", "onConversationUpdated", "onConversationStateUpdated", "onConversationRemoved", "onParticipantAdded", "onParticipantUpdated", "onParticipantRemoved", "onDeliveryUpdated"]`}),
		"foreign, but null":                    studio.WithInBlock(args{"webhook_url": "null"}),
		"foreign, but unknown":                 studio.WithInBlock(args{"webhook_url": acctest.Unknown}),
		"a type that is unknown":               bare.WithBlock(args{"type": acctest.Unknown, "webhook_url": `"https://example.com"`, "studio_flow_sid": acctest.Quote(studioFlowSID)}),
		"a prefix, and a type that is unknown": bare.With(args{"type": acctest.Unknown, "address": `"whatsapp:+1"`}),
	}
	maps.Copy(cases, byType)
	maps.Copy(cases, changedByType)
	for _, name := range []string{"type", "address", "address_country", "friendly_name"} {
		cases[name+" unknown"] = bare.With(args{name: acctest.Unknown})
	}
	for kind, names := range map[string][]string{
		"studio": {"enabled", "conversation_service_sid", "studio_flow_sid", "studio_retry_count"}, "webhook": {"webhook_url", "webhook_method", "webhook_filters"},
	} {
		for _, name := range names {
			cases[name+" unknown"] = byType[kind].WithInBlock(args{name: acctest.Unknown})
		}
	}
	for name, config := range cases {
		if diags := validate(t, p, config.Values()); len(diags) > 0 {
			t.Errorf("%s: %s", name, acctest.Describe(diags))
		}
	}
	values := webhook.Values()
	values["auto_creation"].(map[string]any)["webhook_filters"] = []any{"onMessageAdded", tftypes.UnknownValue}
	if diags := validate(t, p, values); len(diags) > 0 {
		t.Errorf("an unknown element: %s", acctest.Describe(diags))
	}
	values["auto_creation"] = tftypes.UnknownValue
	if diags := validate(t, p, values); len(diags) > 0 {
		t.Errorf("an unknown block: %s", acctest.Describe(diags))
	}
}

// An address that does not look like those of its type gets a warning, once.
func TestValidation_unusualAddress(t *testing.T) {
	p := acctest.NewProtocol(t)
	configured := acctest.NewConfiguredProtocol(t, acctest.NewMemoryEmulator(t, flexemulator.Options{}))
	for address, addressType := range map[string]string{
		"support": "sms", "15005550006": "sms", "500555000": "sms", "+15005550006": "whatsapp", "1234": "messenger", "example.com": "email",
	} {
		config := bare.With(args{"type": acctest.Quote(addressType), "address": acctest.Quote(address)}).Values()
		text := acctest.Describe(validate(t, p, config))
		if !strings.Contains(text, `WARNING AttributeName("address") Unusual address`) || strings.Contains(text, "ERROR") || strings.Count(text, "\n") != 1 {
			t.Errorf("%s %s: %s", addressType, address, text)
		}
		if diags := validate(t, configured, config); len(diags) > 0 {
			t.Errorf("said again: %s", acctest.Describe(diags))
		}
	}
}

// A channel that has ended gets a warning, once.
func TestValidation_endedChannel(t *testing.T) {
	config := bare.With(args{"type": `"gbm"`, "address": `"gbm:1"`}).Values()
	text := acctest.Describe(validate(t, acctest.NewProtocol(t), config))
	if !strings.Contains(text, `WARNING AttributeName("type") Google Business Messages has ended`) || strings.Count(text, "\n") != 1 {
		t.Error(text)
	}
	configured := acctest.NewConfiguredProtocol(t, acctest.NewMemoryEmulator(t, flexemulator.Options{}))
	if diags := validate(t, configured, config); len(diags) > 0 {
		t.Errorf("said again: %s", acctest.Describe(diags))
	}
}

// A block without a type has a warning, with the types that it fits. It comes from terraform validate, and not again from each plan.
func TestValidation_blockWithoutType(t *testing.T) {
	p := acctest.NewProtocol(t)
	configured := acctest.NewConfiguredProtocol(t, acctest.NewMemoryEmulator(t, flexemulator.Options{}))
	for name, c := range map[string]struct {
		block args
		says  string
	}{
		"webhook":        {args{"webhook_url": `"https://example.com"`}, `Set auto_creation.type to "webhook", which is what the block fits.`},
		"studio":         {args{"studio_flow_sid": acctest.Quote(studioFlowSID)}, `Set auto_creation.type to "studio", which is what the block fits.`},
		"half of a type": {args{"webhook_method": `"GET"`}, "Set auto_creation.type."},
		"of two types":   {args{"webhook_url": `"https://example.com"`, "studio_flow_sid": acctest.Quote(studioFlowSID)}, "Set auto_creation.type."},
		"of every type":  {args{"enabled": "true", "conversation_service_sid": acctest.Quote(serviceSID)}, "Set auto_creation.type."},
		"nothing":        {args{}, "Set auto_creation.type."},
	} {
		t.Run(name, func(t *testing.T) {
			config := bare.WithBlock(c.block).Values()
			diags := validate(t, p, config)
			text := acctest.Describe(diags)
			want := `WARNING AttributeName("auto_creation") Missing auto_creation.type: `
			if len(diags) != 1 || !strings.HasPrefix(text, want) || !strings.Contains(text, c.says) {
				t.Errorf("says %q, expected %q", text, c.says)
			}
			if again := validate(t, configured, config); len(again) > 0 {
				t.Errorf("says it again: %s", acctest.Describe(again))
			}
		})
	}
}
