# Each email begins a conversation, which nothing handles.
resource "twilio_conversations_address_configuration" "email" {
  type          = "email"
  address       = "support@example.com"
  friendly_name = "Email"

  auto_creation {
    enabled                  = true
    type                     = "default"
    conversation_service_sid = "IS11111111111111111111111111111111"
  }
}
