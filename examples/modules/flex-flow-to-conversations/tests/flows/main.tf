# The Flex Flow from which the tests make theirs.

terraform {
  required_version = ">= 1.3"
}

output "studio" {
  value = {
    friendly_name    = "SMS"
    channel_type     = "sms"
    contact_identity = "+15005550006"
    enabled          = true
    integration_type = "studio"
    integration      = { flow_sid = "FW22222222222222222222222222222222" }
  }
}
