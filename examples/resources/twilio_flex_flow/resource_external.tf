# A webhook handles SMS to a phone number.
resource "twilio_flex_flow" "sms" {
  friendly_name    = "SMS to +1 500 555 0006"
  chat_service_sid = "IS11111111111111111111111111111111"
  channel_type     = "sms"
  contact_identity = "+15005550006"
  enabled          = true
  integration_type = "external"

  integration {
    url = "https://example.com/flex/inbound"
  }
}
