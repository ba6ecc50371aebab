import {
  to = twilio_conversations_address_configuration.sms

  identity = {
    sid = "IG0123456789abcdef0123456789abcdef"
  }
}
