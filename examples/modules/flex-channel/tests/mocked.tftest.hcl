# Needs no emulator, but Terraform 1.7 or later: mock_provider makes up the
# computed values, and has none of the provider's defaults.

mock_provider "twilio" {
  mock_resource "twilio_flex_flow" {
    defaults = {
      sid              = "FO0123456789abcdef0123456789abcdef"
      id               = "FO0123456789abcdef0123456789abcdef"
      contact_identity = ""
    }
  }
}

run "mocked" {
  variables {
    friendly_name    = "Web chat"
    chat_service_sid = "IS11111111111111111111111111111111"
    channel_type     = "web"
    handler = {
      type     = "studio"
      flow_sid = "FW22222222222222222222222222222222"
    }
  }

  assert {
    condition     = output.sid == "FO0123456789abcdef0123456789abcdef"
    error_message = "The module's SID is not that of the Flex Flow."
  }
}
