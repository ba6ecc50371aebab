# By its SID.
data "twilio_conversations_address_configuration" "by_sid" {
  sid = "IG0123456789abcdef0123456789abcdef"
}

# By its address. The type tells apart configurations of one address.
data "twilio_conversations_address_configuration" "by_address" {
  address = "+15005550006"
  type    = "sms"
}

output "studio_flow_sid" {
  value = data.twilio_conversations_address_configuration.by_address.auto_creation.studio_flow_sid
}
