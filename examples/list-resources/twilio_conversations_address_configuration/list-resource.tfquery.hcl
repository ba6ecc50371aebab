# In a file whose name ends in .tfquery.hcl, for "terraform query" (Terraform
# 1.14 or later).

list "twilio_conversations_address_configuration" "all" {
  provider = twilio
}

# Some of them, with all attributes.
list "twilio_conversations_address_configuration" "sms" {
  provider         = twilio
  limit            = 500
  include_resource = true

  config {
    type = "sms"
  }
}
