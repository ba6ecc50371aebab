# By its SID.
data "twilio_flex_flow" "by_sid" {
  sid = "FO0123456789abcdef0123456789abcdef"
}

# By its name. The channel tells apart Flex Flows of one name.
data "twilio_flex_flow" "by_name" {
  friendly_name = "By hand"
  channel_type  = "web"
}

output "studio_flow_sid" {
  value = data.twilio_flex_flow.by_name.integration.flow_sid
}
