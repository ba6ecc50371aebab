# One Flex Flow of each integration type: a contact centre with a web chat, an
# SMS number and a WhatsApp number.

terraform {
  required_version = ">= 1.0"

  required_providers {
    twilio = {
      source = "flex-iac/twilio"
    }
  }
}

# The credentials come from the environment, for example from
# TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.
provider "twilio" {}

# A Studio flow handles the web chat.
resource "twilio_flex_flow" "web" {
  friendly_name    = "Web chat"
  chat_service_sid = var.chat_service_sid
  channel_type     = "web"
  enabled          = true
  integration_type = "studio"

  integration {
    flow_sid    = var.studio_flow_sid
    retry_count = var.retry_count
  }
}

# A webhook handles the SMS.
resource "twilio_flex_flow" "sms" {
  friendly_name    = "SMS"
  chat_service_sid = var.chat_service_sid
  channel_type     = "sms"
  contact_identity = var.phone_number
  enabled          = true
  integration_type = "external"

  integration {
    url = var.webhook_url
  }
}

# A Task in TaskRouter is made of each WhatsApp conversation.
resource "twilio_flex_flow" "whatsapp" {
  friendly_name    = "WhatsApp"
  chat_service_sid = var.chat_service_sid
  channel_type     = "whatsapp"
  contact_identity = "whatsapp:${var.phone_number}"
  enabled          = true
  long_lived       = true
  integration_type = "task"

  integration {
    workspace_sid = var.workspace_sid
    workflow_sid  = var.workflow_sid
    priority      = 5
  }
}
