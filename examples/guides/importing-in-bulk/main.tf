terraform {
  required_version = ">= 1.7" # for for_each in import blocks

  required_providers {
    twilio = {
      source  = "flex-iac/twilio"
      version = "~> 0.0"
    }
  }
}

provider "twilio" {}

# The existing Flex Flows.
data "twilio_flex_flows" "all" {}

locals {
  flex_flows = { for flow in data.twilio_flex_flows.all.flex_flows : flow.sid => flow }
}

import {
  for_each = local.flex_flows
  to       = twilio_flex_flow.imported[each.key]
  id       = each.key
}

# Every value is the one that the data source found, so nothing changes.
resource "twilio_flex_flow" "imported" {
  for_each = local.flex_flows

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

  # A Flex Flow that the data source does not return would be destroyed.
  lifecycle {
    prevent_destroy = true
  }
}
