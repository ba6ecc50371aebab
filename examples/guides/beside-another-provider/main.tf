terraform {
  required_providers {
    # The other provider keeps the name that the types of its resources begin
    # with, so that its configuration stays as it is.
    twilio = {
      source = "RJPearson94/twilio"
    }

    # This one gets a name of its own.
    flex = {
      source = "flex-iac/twilio"
    }
  }
}

provider "flex" {}

# What another provider manages goes on without a "provider" argument; what this
# one manages needs one.
resource "twilio_flex_flow" "web" {
  provider = flex

  friendly_name    = "Web chat"
  chat_service_sid = "IS11111111111111111111111111111111"
  channel_type     = "web"
  integration_type = "studio"

  integration {
    flow_sid = "FW22222222222222222222222222222222"
  }
}

data "twilio_flex_flows" "all" {
  provider   = flex
  depends_on = [twilio_flex_flow.web]
}

output "flex_flows" {
  value = length(data.twilio_flex_flows.all.flex_flows)
}
