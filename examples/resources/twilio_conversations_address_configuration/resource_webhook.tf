# A webhook handles WhatsApp conversations.
resource "twilio_conversations_address_configuration" "whatsapp" {
  type          = "whatsapp"
  address       = "whatsapp:+15005550006"
  friendly_name = "WhatsApp"

  auto_creation {
    enabled         = true
    type            = "webhook"
    webhook_url     = "https://example.com/conversations/inbound"
    webhook_method  = "POST"
    webhook_filters = ["onMessageAdded"]
  }
}
