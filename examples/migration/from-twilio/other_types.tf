resource "twilio_flex_flow" "external" {
  friendly_name    = "external"
  chat_service_sid = "ISaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  channel_type     = "sms"
  contact_identity = "+15005550006"
  integration_type = "external"

  integration {
    url = "https://example.com/hook"
  }
}

resource "twilio_flex_flow" "task" {
  friendly_name    = "task"
  chat_service_sid = "ISaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  channel_type     = "whatsapp"
  contact_identity = "whatsapp:+15005550006"
  enabled          = true
  long_lived       = true
  integration_type = "task"

  integration {
    workspace_sid       = "WSaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    workflow_sid        = "WWaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    channel             = "default"
    creation_on_message = true
    priority            = 5
    timeout             = 3600
  }
}

moved {
  from = twilio_flex_flex_flows_v1.external
  to   = twilio_flex_flow.external
}

moved {
  from = twilio_flex_flex_flows_v1.task
  to   = twilio_flex_flow.task
}
