package conversationsaddress_test

import (
	"maps"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// A mistake is a configuration that is refused: the attribute that is blamed, the source line that Terraform quotes, and what is said.
type mistake struct {
	config         configuration
	attribute      string
	line, says     string
	realTerraform  bool
	foundByTheCore bool // by Terraform itself, so that the protocol does not show it
}

var mistakes = map[string]mistake{
	"type missing":                       {config: bare.With(args{"type": ""}), line: `resource "` + typeName, says: `The argument "type" is required`, realTerraform: true, foundByTheCore: true},
	"address empty":                      {config: bare.With(args{"address": `""`}), attribute: "address", line: `address = ""`, says: "it is empty. Set it to the address", realTerraform: true},
	"address blank":                      {config: bare.With(args{"address": `" "`}), attribute: "address", says: "begins or ends with white space"},
	"address with a blank before it":     {config: bare.With(args{"address": `" +15005550006"`}), attribute: "address", says: "begins or ends with white space"},
	"address with a line break after it": {config: bare.With(args{"address": `"+15005550006\n"`}), attribute: "address", says: "begins or ends with white space"},
	"address of WhatsApp": {
		config: bare.With(args{"address": `"whatsapp:+15005550006"`}), attribute: "address", line: `address = "whatsapp:+15005550006"`,
		says: `The address begins with "whatsapp:", which makes it one of type "whatsapp", but type is "sms". Change type, or remove the prefix.`, realTerraform: true,
	},
	"address of Messenger":     {config: bare.With(args{"type": `"whatsapp"`, "address": `"messenger:1"`}), attribute: "address", says: `one of type "messenger", but type is "whatsapp"`},
	"country in lower case":    {config: bare.With(args{"address_country": `"us"`}), attribute: "address_country", says: `Set it to two capital letters, such as "US"`},
	"country of three letters": {config: bare.With(args{"address_country": `"USA"`}), attribute: "address_country", says: "it is not an ISO 3166-1 alpha-2 code"},
	"country empty":            {config: bare.With(args{"address_country": `""`}), attribute: "address_country", says: "it is not an ISO 3166-1 alpha-2 code"},
	"name too long":            {config: bare.With(args{"friendly_name": acctest.Quote(strings.Repeat("ü", 257))}), attribute: "friendly_name", says: "it has 257 characters. Set it to at most 256"},

	"auto-creation type": {config: bare.WithBlock(args{"type": `"task"`}), attribute: "auto_creation.type", says: `"task" is not one of the accepted values. Set it to "webhook", "studio" or "default".`},
	"service SID of another kind": {
		config: neither.WithInBlock(args{"conversation_service_sid": acctest.Quote(studioFlowSID)}), attribute: "auto_creation.conversation_service_sid",
		says: `"FW" is the prefix of a Studio flow SID`,
	},
	"service SID too short":          {config: neither.WithInBlock(args{"conversation_service_sid": `"IS1"`}), attribute: "auto_creation.conversation_service_sid", says: "it has 3 characters instead of 34"},
	"flow SID malformed":             {config: studio.WithInBlock(args{"studio_flow_sid": `"FW1"`}), attribute: "auto_creation.studio_flow_sid", line: `studio_flow_sid = "FW1"`, says: `"FW1" is not a Studio flow SID`, realTerraform: true},
	"flow SID empty":                 {config: studio.WithInBlock(args{"studio_flow_sid": `""`}), attribute: "auto_creation.studio_flow_sid", says: "can't be used"},
	"retry count too high":           {config: studio.WithInBlock(args{"studio_retry_count": "4"}), attribute: "auto_creation.studio_retry_count", says: "4 is out of range. Set it to a number from 0 to 3."},
	"retry count negative":           {config: studio.WithInBlock(args{"studio_retry_count": "-1"}), attribute: "auto_creation.studio_retry_count", says: "-1 is out of range"},
	"retry count not whole":          {config: studio.WithInBlock(args{"studio_retry_count": "1.5"}), attribute: "auto_creation.studio_retry_count", says: "1.5 is not a whole number"},
	"retry count too large to count": {config: studio.WithInBlock(args{"studio_retry_count": "1e30"}), attribute: "auto_creation.studio_retry_count", says: "1e+30 is out of range. Set it to a smaller number."},
	"webhook URL relative":           {config: webhook.WithInBlock(args{"webhook_url": `"/hook"`}), attribute: "auto_creation.webhook_url", says: "it is not an absolute http or https URL with a host"},
	"webhook URL of another scheme":  {config: webhook.WithInBlock(args{"webhook_url": `"ftp://example.com"`}), attribute: "auto_creation.webhook_url", says: "it is not an absolute http or https URL"},
	"webhook method":                 {config: webhook.WithInBlock(args{"webhook_method": `"PUT"`}), attribute: "auto_creation.webhook_method", says: `Set it to "GET" or "POST".`},
	"webhook method in lower case":   {config: webhook.WithInBlock(args{"webhook_method": `"post"`}), attribute: "auto_creation.webhook_method", says: `"post" is not one of the accepted values`},
	"webhook filters with null":      {config: webhook.WithInBlock(args{"webhook_filters": `["onMessageAdded", null]`}), attribute: "auto_creation.webhook_filters", says: "it has an empty element. Remove that."},

	"webhook without URL": {
		config: webhook.WithInBlock(args{"webhook_url": ""}), attribute: "auto_creation.webhook_url", line: "auto_creation {",
		says: `auto_creation.webhook_url is required when auto_creation.type is "webhook", and is not set. Set it, or change auto_creation.type.`, realTerraform: true,
	},
	"studio without flow": {config: studio.WithInBlock(args{"studio_flow_sid": ""}), attribute: "auto_creation.studio_flow_sid", says: `auto_creation.studio_flow_sid is required when auto_creation.type is "studio"`},
	"webhook's URL on studio": {
		config: studio.WithInBlock(args{"webhook_url": `"https://example.com?token=secret"`}), attribute: "auto_creation.webhook_url",
		says: `auto_creation.webhook_url is set to "https://example.com?…", but does not apply when auto_creation.type is "studio". Remove it, or change auto_creation.type: it applies to webhook.`,
	},
	"webhook's method on default":     {config: neither.WithInBlock(args{"webhook_method": `"GET"`}), attribute: "auto_creation.webhook_method", says: `does not apply when auto_creation.type is "default"`},
	"webhook's filters on default":    {config: neither.WithInBlock(args{"webhook_filters": `["onMessageAdded"]`}), attribute: "auto_creation.webhook_filters", says: `does not apply when auto_creation.type is "default"`},
	"studio's flow on webhook":        {config: webhook.WithInBlock(args{"studio_flow_sid": acctest.Quote(studioFlowSID)}), attribute: "auto_creation.studio_flow_sid", says: `does not apply when auto_creation.type is "webhook"`},
	"studio's retry count on webhook": {config: webhook.WithInBlock(args{"studio_retry_count": "0"}), attribute: "auto_creation.studio_retry_count", says: `it applies to studio.`},
	"studio's flow on default":        {config: neither.WithInBlock(args{"studio_flow_sid": acctest.Quote(studioFlowSID)}), attribute: "auto_creation.studio_flow_sid", says: `does not apply when auto_creation.type is "default"`},
}

// validate gives what a validation of a configuration says, by a provider that is not configured.
func validate(t *testing.T, p *acctest.Protocol, values map[string]any) []*tfprotov6.Diagnostic {
	t.Helper()
	config := p.Value(p.Schemas.ResourceSchemas[typeName], values)
	resp, err := p.ValidateResourceConfig(t.Context(), &tfprotov6.ValidateResourceConfigRequest{TypeName: typeName, Config: &config})
	if err != nil {
		t.Fatal(err)
	}
	return resp.Diagnostics
}

// attributePath is a path of the protocol as messages have it: auto_creation.type.
func attributePath(p *tftypes.AttributePath) string {
	var names []string
	for _, step := range p.Steps() {
		if name, ok := step.(tftypes.AttributeName); ok {
			names = append(names, string(name))
		}
	}
	return strings.Join(names, ".")
}

// Each mistake gives one error, at the attribute that has to be changed.
func TestValidation_invalid(t *testing.T) {
	p := acctest.NewProtocol(t)
	for name, m := range mistakes {
		if m.foundByTheCore {
			continue
		}
		t.Run(name, func(t *testing.T) {
			diags := validate(t, p, m.config.Values())
			if len(diags) != 1 || diags[0].Severity != tfprotov6.DiagnosticSeverityError {
				t.Fatal(acctest.Describe(diags))
			}
			if got := attributePath(diags[0].Attribute); got != m.attribute {
				t.Errorf("blames %s, expected %s", got, m.attribute)
			}
			if !strings.Contains(diags[0].Detail, m.says) {
				t.Errorf("says %q, expected %q", diags[0].Detail, m.says)
			}
		})
	}
}

// Terraform points at the line, at plan, and no call is made.
func TestAccValidation_invalid(t *testing.T) {
	for name, m := range mistakes {
		if !m.realTerraform {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emulator := acctest.NewEmulator(t, flexemulator.Options{})
			acctest.Run(t, emulator, resource.TestStep{
				Config: m.config.String(), PlanOnly: true, ExpectError: regexp.MustCompile(`(?s)` + acctest.At(m.line) + `.*` + acctest.Says(m.says)),
			})
			if calls := emulator.Calls(); len(calls) > 0 {
				t.Errorf("refused at plan, but %d calls were made", len(calls))
			}
		})
	}
}

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
	configured := acctest.NewConfiguredProtocol(t, acctest.NewEmulator(t, flexemulator.Options{}))
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

// A block without a type has a warning, with the types that it fits. It comes from terraform validate, and not again from each plan.
func TestValidation_blockWithoutType(t *testing.T) {
	p := acctest.NewProtocol(t)
	configured := acctest.NewConfiguredProtocol(t, acctest.NewEmulator(t, flexemulator.Options{}))
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
