# By SID.
data "twilio_conversations_address_configuration" "by_sid" {
  sid = "IG0123456789abcdef0123456789abcdef"
}

# By address. The type distinguishes address configurations with the same address.
data "twilio_conversations_address_configuration" "by_address" {
  address = "+15005550006"
  type    = "sms"
}

output "friendly_name" {
  value = data.twilio_conversations_address_configuration.by_sid.friendly_name
}

output "studio_flow_sid" {
  value = data.twilio_conversations_address_configuration.by_address.auto_creation.studio_flow_sid
}
