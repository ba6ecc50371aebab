resource "twilio_flex_flow" "studio" {
  friendly_name    = "studio"
  chat_service_sid = "ISaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  channel_type     = "web"
  enabled          = true
  integration_type = "studio"

  integration {
    flow_sid    = "FWaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    retry_count = 1
  }
}

moved {
  from = twilio_flex_flex_flows_v1.studio
  to   = twilio_flex_flow.studio
}
