# All Flex Flows of the account.
data "twilio_flex_flows" "all" {}

# The enabled ones of one channel.
data "twilio_flex_flows" "web" {
  channel_type = "web"
  enabled      = true
}

output "sids" {
  value = data.twilio_flex_flows.all.flex_flows[*].sid
}

output "web_sids" {
  value = data.twilio_flex_flows.web.flex_flows[*].sid
}
