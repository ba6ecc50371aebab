package conversationsaddress

import (
	"encoding/json"
	"strconv"

	"github.com/flex-iac/terraform-provider-twilio/internal/tfresource"
)

// States of two other providers are taken over without a write. What is missing comes with the next read.
//
//	twilio/twilio       twilio_conversations_configuration_addresses_v1          auto_creation_type and so on stand beside the other
//	                                                                             attributes; only what the configuration sets is there
//	RJPearson94/twilio  twilio_conversations_address_configuration_studio,       the settings of the auto-creation stand beside the
//	                    twilio_conversations_address_configuration_webhook and   other attributes, some under other names; "" stands
//	                    twilio_conversations_address_configuration_default       for what is absent
var foreign = map[string]tfresource.Rewrite{
	"twilio_conversations_address_configuration":         func(map[string]json.RawMessage) error { return nil },
	"twilio_conversations_configuration_addresses_v1":    nest("", nil, "auto_creation_"),
	"twilio_conversations_address_configuration_studio":  nest(typeStudio, otherNames, ""),
	"twilio_conversations_address_configuration_webhook": nest(typeWebhook, otherNames, ""),
	"twilio_conversations_address_configuration_default": nest(typeDefault, otherNames, ""),
	"twilio_flex_flow": func(map[string]json.RawMessage) error {
		return &tfresource.MoveError{
			Summary: "A Flex Flow can't be moved to an address configuration",
			Detail: "They are different resources in Twilio, so that a moved block can't make one of the other. The guide Moving from Flex Flows " +
				"to Flex Conversations says how to replace a Flex Flow by an address configuration: " +
				"https://github.com/flex-iac/terraform-provider-twilio/blob/main/docs/guides/moving-to-flex-conversations.md",
		}
	},
}

// otherNames are what RJPearson94/twilio calls attributes of the block.
var otherNames = map[string]string{
	"type": "integration_type", "conversation_service_sid": "service_sid", "studio_flow_sid": "flow_sid", "studio_retry_count": "retry_count",
}

// nest returns what makes the block of attributes beside it, whose names have a prefix or are other ones. creationType is the block's type
// where the state has none.
func nest(creationType string, names map[string]string, prefix string) tfresource.Rewrite {
	return func(state map[string]json.RawMessage) error {
		block := map[string]json.RawMessage{}
		for _, r := range rules {
			name, ok := names[r.Name]
			if !ok {
				name = prefix + r.Name
			}
			if value, ok := state[name]; ok {
				block[r.Name] = value
			}
		}
		if has := string(block["type"]); has == "" || has == "null" || has == `""` {
			block["type"] = json.RawMessage(strconv.Quote(creationType))
		}
		var err error
		state["auto_creation"], err = json.Marshal(block)
		return err
	}
}
