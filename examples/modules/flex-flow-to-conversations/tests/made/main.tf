# Flex Flows whose Studio flow is made in the same apply, and whose webhook's URL
# is secret.

terraform {
  required_version = ">= 1.4" # for terraform_data
}

variable "stage" {
  type = string
}

variable "secret" {
  type    = bool
  default = false
}

variable "url" {
  type      = string
  default   = "https://example.com/hook?key=secret"
  sensitive = true
}

resource "terraform_data" "studio_flow" {
  input = "FW22222222222222222222222222222222"
}

locals {
  flex_flows = {
    sms = {
      friendly_name    = "SMS"
      channel_type     = "sms"
      contact_identity = "+15005550011"
      enabled          = true
      integration_type = "studio"
      integration      = { flow_sid = terraform_data.studio_flow.output }
    }
    hook = {
      friendly_name    = "WhatsApp"
      channel_type     = "whatsapp"
      contact_identity = "+15005550012"
      enabled          = true
      integration_type = "external"
      integration      = { url = var.url }
    }
    task = {
      friendly_name    = "Tasks"
      channel_type     = "sms"
      contact_identity = "+15005550013"
      enabled          = true
      integration_type = "task"
      integration      = {}
    }
  }
  handlers = { task = { type = "studio", studio_flow_sid = terraform_data.studio_flow.output } }
}

module "conversations" {
  source = "../.."

  flex_flows = var.secret ? sensitive(local.flex_flows) : local.flex_flows
  handlers   = var.secret ? sensitive(local.handlers) : local.handlers
  stage      = var.stage
}

output "stages" {
  value = module.conversations.stages
}

output "addresses" {
  value = module.conversations.addresses
  # The addresses are, where all is.
  sensitive = true
}

output "not_moved" {
  value     = module.conversations.not_moved
  sensitive = true
}
