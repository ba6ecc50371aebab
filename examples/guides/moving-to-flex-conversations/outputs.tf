output "flex_flows" {
  description = "What goes into flex_flows.json. What is in the file already stays."
  value       = merge(twilio_flex_flow.this, local.before)
  sensitive   = true # to keep it short: plan and apply do not print it
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
