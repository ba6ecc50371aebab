# The Flex Flows that there are. They can be taken out when the move is over.

locals {
  studio = "FW22222222222222222222222222222222"

  flex_flows = {
    sms = {
      friendly_name    = "SMS"
      channel_type     = "sms"
      contact_identity = "+15005550006"
      integration_type = "studio"
      flow_sid         = local.studio
      url              = null
      workspace_sid    = null
      workflow_sid     = null
    }
    whatsapp = {
      friendly_name    = "WhatsApp"
      channel_type     = "whatsapp"
      contact_identity = "whatsapp:+15005550009"
      integration_type = "external"
      flow_sid         = null
      url              = "https://example.com/flex/inbound"
      workspace_sid    = null
      workflow_sid     = null
    }
    web = {
      friendly_name    = "Web chat"
      channel_type     = "web"
      contact_identity = null
      integration_type = "studio"
      flow_sid         = local.studio
      url              = null
      workspace_sid    = null
      workflow_sid     = null
    }
    line = {
      friendly_name    = "LINE"
      channel_type     = "line"
      contact_identity = "1234567890"
      integration_type = "task"
      flow_sid         = null
      url              = null
      workspace_sid    = "WS33333333333333333333333333333333"
      workflow_sid     = "WW44444444444444444444444444444444"
    }
  }
}
