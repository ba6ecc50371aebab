output "addresses" {
  description = "SID, type and address of each address configuration, by the SID of its Flex Flow."
  value = {
    for sid, configuration in twilio_conversations_address_configuration.this : sid => {
      sid     = configuration.sid
      type    = configuration.type
      address = configuration.address
    }
  }
}

output "movable" {
  description = "Name, type and address of each Flex Flow that can move, by its SID, whether it has moved or not."
  value = {
    for sid, d in local.movable : sid => {
      friendly_name = d.flow.friendly_name
      type          = d.type
      address       = local.addresses[sid]
    }
  }
}

output "not_moved" {
  description = "Name of each Flex Flow that can't move, and every reason why, by its SID."
  value = {
    for sid, d in local.described : sid => {
      friendly_name = d.flow.friendly_name
      reasons       = local.reasons[sid]
    } if length(local.reasons[sid]) > 0
  }
}
