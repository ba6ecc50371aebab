import {
  to = twilio_flex_flow.web
  id = "FO0123456789abcdef0123456789abcdef"
}
