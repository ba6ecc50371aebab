# The Flex Flows, each under a name of its own. An entry stays when its Flex Flow
# has moved: the address configuration is made from it.

locals {
  chat_service = "IS11111111111111111111111111111111"
  studio_flow  = "FW22222222222222222222222222222222"

  flex_flows = {
    sms = {
      friendly_name    = "SMS"
      chat_service_sid = local.chat_service
      channel_type     = "sms"
      contact_identity = "+15005550006"
      enabled          = true
      integration_type = "studio"
      integration      = { flow_sid = local.studio_flow }
    }
    whatsapp = {
      friendly_name    = "WhatsApp"
      chat_service_sid = local.chat_service
      channel_type     = "whatsapp"
      contact_identity = "whatsapp:+15005550009"
      enabled          = true
      integration_type = "external"
      integration      = { url = "https://example.com/flex/inbound" }
    }
    web = {
      friendly_name    = "Web chat"
      chat_service_sid = local.chat_service
      channel_type     = "web"
      enabled          = true
      integration_type = "studio"
      integration      = { flow_sid = local.studio_flow, retry_count = 2 }
    }
    line = {
      friendly_name    = "LINE"
      chat_service_sid = local.chat_service
      channel_type     = "line"
      contact_identity = "1234567890"
      enabled          = true
      long_lived       = true
      integration_type = "task"
      integration = {
        workspace_sid = "WS33333333333333333333333333333333"
        workflow_sid  = "WW44444444444444444444444444444444"
        priority      = 5
      }
    }
  }
}
