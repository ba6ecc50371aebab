package acctest_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// Configuration that Terraform writes for address configurations that are imported plans clean, for each type of auto-creation.
func TestAccGeneratedConfiguration_addresses(t *testing.T) {
	t.Parallel()
	acctest.NeedTerraform(t, "1.5.0")
	w := newWorkspace(t)
	w.write("versions.tf", requiredProviders)
	imports := ""
	for i, a := range []flexemulator.Address{
		{Type: "sms", Address: "+15005550006"},
		{Type: "email", Address: "support@example.com", FriendlyName: new("Mail"), AutoCreation: map[string]any{"type": "default", "enabled": true}},
		{Type: "sms", Address: "12345", AddressCountry: new("GB"), AutoCreation: map[string]any{
			"type": "studio", "enabled": true, "studio_flow_sid": "FW" + strings.Repeat("2", 32), "conversation_service_sid": "IS" + strings.Repeat("1", 32),
		}},
		{Type: "whatsapp", Address: "whatsapp:+15005550006", AutoCreation: map[string]any{
			"type": "webhook", "webhook_url": "https://example.com/hook", "webhook_method": "GET", "webhook_filters": []string{"onMessageAdded", "onConversationRemoved"},
		}},
	} {
		imports += fmt.Sprintf("import {\n  to = twilio_conversations_address_configuration.address_%d\n  id = %q\n}\n", i, w.AddAddress(a).SID)
	}
	w.write("import.tf", imports)
	w.importGenerated(4)
}
