# One channel of a contact centre: its Flex Flow.

resource "twilio_flex_flow" "this" {
  friendly_name    = var.friendly_name
  chat_service_sid = var.chat_service_sid
  channel_type     = var.channel_type
  contact_identity = var.contact_identity
  enabled          = var.enabled
  long_lived       = var.long_lived
  integration_type = var.handler.type

  # Attributes that the type does not have are null, which is the same as
  # omitting them.
  integration {
    flow_sid            = var.handler.flow_sid
    url                 = var.handler.url
    workspace_sid       = var.handler.workspace_sid
    workflow_sid        = var.handler.workflow_sid
    channel             = var.handler.channel
    priority            = var.handler.priority
    timeout             = var.handler.timeout
    retry_count         = var.handler.retry_count
    creation_on_message = var.handler.creation_on_message
  }

  lifecycle {
    # A rule of this contact centre. Twilio does not require it.
    precondition {
      condition     = var.channel_type == "web" || var.contact_identity != ""
      error_message = "Every channel but web needs a contact_identity, so that no two channels handle the same contact."
    }
  }
}
