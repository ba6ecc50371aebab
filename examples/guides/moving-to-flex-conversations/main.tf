# A contact centre that moves from Flex Flows to Flex Conversations, in the
# stages that terraform.tfvars chooses.

terraform {
  required_version = ">= 1.3"

  required_providers {
    twilio = {
      source  = "flex-iac/twilio"
      version = "~> 0.0"
    }
  }
}

provider "twilio" {}

# What exists already, for the output configured. After a move, it is read again.
data "twilio_conversations_address_configurations" "existing" {
  depends_on = [twilio_flex_flow.this]
}

# The address configurations of those at the stage "addresses".
module "conversations" {
  source = "../../modules/flex-flow-to-conversations"

  flex_flows      = local.flex_flows
  stage           = var.stage
  stage_of        = var.stage_of
  addresses       = var.addresses
  handlers        = var.handlers
  existing        = data.twilio_conversations_address_configurations.existing.address_configurations
  drop_long_lived = var.drop_long_lived
  webhook_method  = "POST"
  webhook_filters = ["onMessageAdded"]
}

# The Flex Flows of those at the stage "flows". Through the output stages they
# depend on the address configurations, so that Terraform deletes Flex Flows first.
resource "twilio_flex_flow" "this" {
  for_each = { for name, stage in module.conversations.stages : name => local.flex_flows[name] if stage == "flows" }

  friendly_name    = each.value.friendly_name
  chat_service_sid = each.value.chat_service_sid
  channel_type     = each.value.channel_type
  contact_identity = try(each.value.contact_identity, null)
  enabled          = each.value.enabled
  janitor_enabled  = try(each.value.janitor_enabled, null)
  long_lived       = try(each.value.long_lived, null)
  integration_type = try(each.value.integration, null) == null ? null : each.value.integration_type

  dynamic "integration" {
    for_each = try(each.value.integration, null)[*] # none if it is null

    content {
      flow_sid            = try(integration.value.flow_sid, null)
      url                 = try(integration.value.url, null)
      workspace_sid       = try(integration.value.workspace_sid, null)
      workflow_sid        = try(integration.value.workflow_sid, null)
      channel             = try(integration.value.channel, null)
      priority            = try(integration.value.priority, null)
      timeout             = try(integration.value.timeout, null)
      retry_count         = try(integration.value.retry_count, null)
      creation_on_message = try(integration.value.creation_on_message, null)
    }
  }
}
