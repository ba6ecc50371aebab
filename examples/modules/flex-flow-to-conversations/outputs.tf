output "stages" {
  description = <<-EOT
    The stage of each Flex Flow, by its name. An error if one that can't move is
    not at the stage flows. What uses this output is deleted before an address
    configuration is created.
  EOT
  value       = module.checked.stages
  depends_on  = [twilio_conversations_address_configuration.this]
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
  description = "Name, type and address of each Flex Flow that can move, by its name, whether it has moved or not."
  value = {
    for name, kind in local.kinds : name => {
      friendly_name = var.flex_flows[name].friendly_name
      type          = kind.type
      address       = local.addresses[name]
    } if !local.blocked[name]
  }
}

output "not_moved" {
  description = "Every reason why a Flex Flow can't move, by its name."
  value = {
    for name, reasons in local.reasons : name => {
      friendly_name = var.flex_flows[name].friendly_name
      reasons       = reasons
    } if local.blocked[name]
  }
}

output "configured" {
  description = "SIDs of the address configurations in existing that have the address of a Flex Flow at the stage flows, by its name."
  value = {
    for name in [for name, stage in local.stages : name if stage == "flows" && contains(keys(local.flows), name)] :
    name => local.existing[local.claims[name]] if contains(keys(local.existing), local.claims[name])
  }
}
