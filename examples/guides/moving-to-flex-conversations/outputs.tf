output "flex_flows" {
  description = "What goes into flex_flows.json: the Flex Flows that there are, and from the file those that are deleted."
  value       = merge(local.before, twilio_flex_flow.this)
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

  precondition {
    condition     = length(setsubtract(concat(keys(var.stage_of), keys(var.chat_addresses)), keys(merge(local.before, local.flex_flows)))) == 0
    error_message = "A name in stage_of or chat_addresses is not one of local.flex_flows."
  }
}
