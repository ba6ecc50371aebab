# A Studio flow handles the messages of a web chat.
resource "twilio_flex_flow" "web" {
  friendly_name    = "Web chat"
  chat_service_sid = "IS11111111111111111111111111111111"
  channel_type     = "web"
  enabled          = true
  integration_type = "studio"

  integration {
    flow_sid    = "FW22222222222222222222222222222222"
    retry_count = 2
  }
}
