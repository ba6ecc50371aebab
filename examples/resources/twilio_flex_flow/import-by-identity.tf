import {
  to = twilio_flex_flow.web

  identity = {
    sid = "FO0123456789abcdef0123456789abcdef"
  }
}
