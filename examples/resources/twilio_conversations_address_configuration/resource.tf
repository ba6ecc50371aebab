# A Studio flow handles conversations that begin with an SMS to a phone number.
resource "twilio_conversations_address_configuration" "sms" {
  type          = "sms"
  address       = "+15005550006"
  friendly_name = "SMS"

  auto_creation {
    enabled            = true
    type               = "studio"
    studio_flow_sid    = "FW22222222222222222222222222222222"
    studio_retry_count = 3
  }
}
