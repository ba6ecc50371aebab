# All address configurations of the account.
data "twilio_conversations_address_configurations" "all" {}

# The ones of one type.
data "twilio_conversations_address_configurations" "sms" {
  type = "sms"
}

output "sids" {
  value = data.twilio_conversations_address_configurations.all.address_configurations[*].sid
}

output "sms_sids" {
  value = data.twilio_conversations_address_configurations.sms.address_configurations[*].sid
}
