output "stages" {
  description = "The stage of each Flex Flow, by its name. An error if one that can't move is not at the stage flows."
  value       = local.stages

  precondition {
    condition     = length(local.unknown) == 0
    error_message = "A name in stage_of or addresses is not one of flex_flows: ${join(", ", local.unknown)}."
  }

  precondition {
    condition     = length(local.stuck) == 0
    error_message = <<-EOT
      These Flex Flows can't move, so their stage can't be stopped or addresses:
      ${join("\n", [for name in local.stuck : "  ${name}: ${join(" ", lookup(local.reasons, name, []))}"])}
      Change what the reasons name, or add to stage_of:
      ${join("\n", [for name in local.stuck : format("  %q = \"flows\"", name)])}
    EOT
  }
}

output "addresses" {
  description = "SID, type and address of each address configuration, by the name of its Flex Flow."
  value = {
    for name, configuration in twilio_conversations_address_configuration.this : name => {
      sid     = configuration.sid
      type    = configuration.type
      address = configuration.address
    }
  }
}

output "movable" {
  description = "Type and address of each Flex Flow that can move, by its name, whether it has moved or not."
  value       = { for name, d in local.movable : name => { friendly_name = d.flow.friendly_name, type = d.type, address = local.addresses[name] } }
}

output "not_moved" {
  description = "Every reason why a Flex Flow can't move, by its name."
  value = {
    for name, d in local.described : name => {
      friendly_name = d.flow.friendly_name
      reasons       = local.reasons[name]
    } if length(local.reasons[name]) > 0
  }
}
