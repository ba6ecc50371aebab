package flexflow_test

import (
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
)

func TestUnanswered(t *testing.T) {
	all := args{"contact_identity": `"+15005550006"`, "enabled": "true", "janitor_enabled": "true", "long_lived": "true"}
	others := map[string]any{
		"friendly_name": "Other", "chat_service_sid": "IS99999999999999999999999999999999", "channel_type": "line", "enabled": false, "contact_identity": "x",
		"integration.flow_sid": "FW99999999999999999999999999999999", "integration.url": "https://example.org", "integration.retry_count": 3,
		"integration.priority": 9, "integration.timeout": 9, "integration.channel": "voice", "integration.creation_on_message": false,
	}
	for kind, block := range map[string]args{
		"studio":   {"retry_count": "1", "creation_on_message": "true"},
		"external": {"retry_count": "1", "creation_on_message": "true"},
		"task":     {"priority": "5", "timeout": "60", "channel": `"sms"`, "creation_on_message": "true"},
	} {
		t.Run(kind, func(t *testing.T) {
			config := flowsByType[kind].With(all).WithInBlock(block)
			acctest.TestUnanswered(t, config, config.With(args{"friendly_name": `"Renamed"`}), others)
		})
	}
}
