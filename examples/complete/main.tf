# A contact centre with one Flex Flow of each integration type: for a web chat,
# an SMS number and a WhatsApp number.

terraform {
  required_version = ">= 1.3" # for optional object attributes in the module

  required_providers {
    twilio = {
      source  = "flex-iac/twilio"
      version = "~> 0.0"
    }
  }
}

# The credentials come from the environment, for example TWILIO_ACCOUNT_SID and
# TWILIO_AUTH_TOKEN.
provider "twilio" {}

locals {
  channels = {
    # A Studio flow handles the web chat.
    web = {
      friendly_name    = "Web chat"
      contact_identity = ""
      long_lived       = false
      handler = {
        type        = "studio"
        flow_sid    = var.studio_flow_sid
        retry_count = var.retry_count
      }
    }

    # A webhook handles SMS.
    sms = {
      friendly_name    = "SMS"
      contact_identity = var.phone_number
      long_lived       = false
      handler = {
        type = "external"
        url  = var.webhook_url
      }
    }

    # Each WhatsApp conversation becomes a Task in TaskRouter.
    whatsapp = {
      friendly_name    = "WhatsApp"
      contact_identity = "whatsapp:${var.phone_number}"
      long_lived       = true
      handler = {
        type          = "task"
        workspace_sid = var.workspace_sid
        workflow_sid  = var.workflow_sid
        priority      = 5
      }
    }
  }
}

module "channel" {
  source   = "../modules/flex-channel"
  for_each = local.channels

  channel_type     = each.key
  friendly_name    = each.value.friendly_name
  chat_service_sid = var.chat_service_sid
  contact_identity = each.value.contact_identity
  long_lived       = each.value.long_lived
  handler          = each.value.handler
}
