package conversationsaddress_test

import (
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
)

func TestUnanswered(t *testing.T) {
	others := map[string]any{
		"friendly_name": "Other", "auto_creation.enabled": false, "auto_creation.type": "default",
		"auto_creation.conversation_service_sid": "IS99999999999999999999999999999999", "auto_creation.webhook_url": "https://example.org",
		"auto_creation.webhook_method": "GET", "auto_creation.webhook_filters": []string{"onMessageRemoved"},
		"auto_creation.studio_flow_sid": "FW99999999999999999999999999999999", "auto_creation.studio_retry_count": 3,
	}
	for kind, config := range map[string]configuration{"webhook": fullWebhook, "studio": fullStudio} {
		t.Run(kind, func(t *testing.T) {
			config := config.With(args{"friendly_name": `"Sales"`})
			acctest.TestUnanswered(t, config, config.With(args{"friendly_name": `"Renamed"`}), others)
		})
	}
}
