output "flex_flows" {
  description = "What goes into flex_flows.json, once, before the first Flex Flow is deleted."
  value       = twilio_flex_flow.this
}

output "movable" {
  value = module.conversations.movable
}

output "not_moved" {
  value = module.conversations.not_moved
}

output "addresses" {
  value = module.conversations.addresses
}
