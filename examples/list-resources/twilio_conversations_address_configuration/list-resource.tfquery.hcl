# In a file whose name ends in .tfquery.hcl, for "terraform query".

list "twilio_conversations_address_configuration" "all" {
  provider = twilio
}

# Only some of them, with all of their attributes.
list "twilio_conversations_address_configuration" "sms" {
  provider         = twilio
  limit            = 500
  include_resource = true

  config {
    type = "sms"
  }
}
