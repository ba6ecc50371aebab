# A contact centre that moves from Flex Flows to Flex Conversations, in the
# stages that terraform.tfvars chooses.

terraform {
  required_version = ">= 1.3"

  required_providers {
    twilio = {
      source = "flex-iac/twilio"
    }
  }
}

provider "twilio" {}

locals {
  # The Flex Flows as they were before the move: flex_flows.json is written once,
  # and stays.
  before = jsondecode(fileexists("${path.module}/flex_flows.json") ? file("${path.module}/flex_flows.json") : "{}")

  stages = { for name, flow in local.flex_flows : name => lookup(var.stage_of, name, var.stage) }

  # Without the file, or without a counterpart, a Flex Flow stays where it is.
  can_move = {
    for name, flow in local.flex_flows : name => contains(keys(local.before), name) ? contains(keys(module.conversations.movable), local.before[name].sid) : false
  }
}

resource "twilio_flex_flow" "this" {
  for_each = { for name, flow in local.flex_flows : name => flow if local.stages[name] == "flows" || !local.can_move[name] }

  friendly_name    = each.value.friendly_name
  chat_service_sid = var.chat_service_sid
  channel_type     = each.value.channel_type
  contact_identity = each.value.contact_identity
  enabled          = true
  integration_type = each.value.integration_type

  integration {
    flow_sid      = each.value.flow_sid
    url           = each.value.url
    workspace_sid = each.value.workspace_sid
    workflow_sid  = each.value.workflow_sid
  }
}

module "conversations" {
  source = "../../modules/flex-flow-to-conversations"

  flex_flows      = values(local.before)
  only            = [for name, flow in local.before : flow.sid if lookup(local.stages, name, "addresses") == "addresses"]
  addresses       = { for name, address in var.chat_addresses : local.before[name].sid => address if contains(keys(local.before), name) }
  webhook_method  = "POST"
  webhook_filters = ["onMessageAdded"]
}
