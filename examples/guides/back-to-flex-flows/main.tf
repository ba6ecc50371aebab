# Creates the Flex Flows that flex_flows.json describes. Each gets a new SID.

terraform {
  required_version = ">= 1.0"

  required_providers {
    twilio = {
      source  = "flex-iac/twilio"
      version = "~> 0.0"
    }
  }
}

provider "twilio" {}

locals {
  flex_flows = jsondecode(file("${path.module}/flex_flows.json"))

  # The SIDs of those that were deleted and have to be created again. One that
  # still exists would be duplicated.
  recreate = []
}

resource "twilio_flex_flow" "back" {
  for_each = { for sid in local.recreate : sid => local.flex_flows[sid] }

  friendly_name    = each.value.friendly_name
  chat_service_sid = each.value.chat_service_sid
  channel_type     = each.value.channel_type
  contact_identity = each.value.contact_identity
  enabled          = each.value.enabled
  janitor_enabled  = each.value.janitor_enabled
  long_lived       = each.value.long_lived
  integration_type = each.value.integration == null ? null : each.value.integration_type

  dynamic "integration" {
    for_each = each.value.integration == null ? [] : [each.value.integration]

    content {
      flow_sid            = integration.value.flow_sid
      url                 = integration.value.url
      workspace_sid       = integration.value.workspace_sid
      workflow_sid        = integration.value.workflow_sid
      channel             = integration.value.channel
      priority            = integration.value.priority
      timeout             = integration.value.timeout
      retry_count         = integration.value.retry_count
      creation_on_message = integration.value.creation_on_message
    }
  }
}
