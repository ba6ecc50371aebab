import {
  to = twilio_conversations_address_configuration.sms
  id = "IG0123456789abcdef0123456789abcdef"
}
