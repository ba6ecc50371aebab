terraform {
  required_version = ">= 1.8" # for moved blocks from one resource type to another

  required_providers {
    flex = {
      source  = "flex-iac/twilio"
      version = ">= 0.0"
    }
  }
}

locals {
  channels = {
    support = { type = "sms", address = "+15005550011" }
    page    = { type = "messenger", address = "messenger:100000000000001" }
  }
}

# Before:
#
#   resource "twilio_conversations_configuration_addresses_v1" "for_each" {
#     for_each = local.channels
#
#     auto_creation_enabled         = true
#     auto_creation_type            = "studio"
#     auto_creation_studio_flow_sid = "FWaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#     ...
#   }
resource "twilio_conversations_address_configuration" "this" {
  provider = flex
  for_each = local.channels

  type          = each.value.type
  address       = each.value.address
  friendly_name = "${title(each.key)} Conversation Address"

  auto_creation {
    enabled                  = true
    type                     = "studio"
    conversation_service_sid = "ISaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    studio_flow_sid          = "FWaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }
}

# One moved block for all instances.
moved {
  from = twilio_conversations_configuration_addresses_v1.for_each
  to   = twilio_conversations_address_configuration.this
}
