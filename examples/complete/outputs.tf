output "flex_flow_sids" {
  description = "SID of each channel's Flex Flow."
  value = {
    web      = twilio_flex_flow.web.sid
    sms      = twilio_flex_flow.sms.sid
    whatsapp = twilio_flex_flow.whatsapp.sid
  }
}
