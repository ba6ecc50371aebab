# Each WhatsApp conversation becomes a Task in TaskRouter.
resource "twilio_flex_flow" "whatsapp" {
  friendly_name    = "WhatsApp"
  chat_service_sid = "IS11111111111111111111111111111111"
  channel_type     = "whatsapp"
  contact_identity = "whatsapp:+15005550006"
  enabled          = true
  long_lived       = true
  integration_type = "task"

  integration {
    workspace_sid = "WS33333333333333333333333333333333"
    workflow_sid  = "WW44444444444444444444444444444444"
    channel       = "chat"
    priority      = 5
    timeout       = 3600
  }
}
