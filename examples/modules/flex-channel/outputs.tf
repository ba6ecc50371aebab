output "sid" {
  description = "SID of the channel's Flex Flow."
  value       = twilio_flex_flow.this.sid
}

output "flex_flow" {
  description = "The channel's Flex Flow, with all its attributes."
  value       = twilio_flex_flow.this
}
