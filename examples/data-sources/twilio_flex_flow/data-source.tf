# By SID.
data "twilio_flex_flow" "by_sid" {
  sid = "FO0123456789abcdef0123456789abcdef"
}

# By name. The channel distinguishes Flex Flows with the same name.
data "twilio_flex_flow" "by_name" {
  friendly_name = "By hand"
  channel_type  = "web"
}

output "chat_service_sid" {
  value = data.twilio_flex_flow.by_sid.chat_service_sid
}

output "studio_flow_sid" {
  value = data.twilio_flex_flow.by_name.integration.flow_sid
}
