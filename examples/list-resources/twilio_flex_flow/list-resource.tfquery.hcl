# In a file whose name ends in .tfquery.hcl, for "terraform query".

list "twilio_flex_flow" "all" {
  provider = twilio
}

# Only some of them, with all of their attributes.
list "twilio_flex_flow" "sms" {
  provider         = twilio
  limit            = 500
  include_resource = true

  config {
    channel_type = "sms"
    enabled      = true
  }
}
