# All Flex Flows of the account.
data "twilio_flex_flows" "all" {}

# Those of one channel that handle messages.
data "twilio_flex_flows" "web" {
  channel_type = "web"
  enabled      = true
}

output "web_sids" {
  value = data.twilio_flex_flows.web.flex_flows[*].sid
}
