terraform {
  required_version = ">= 1.0"

  required_providers {
    # The other provider keeps the local name twilio, so that its resources need
    # no provider argument.
    twilio = {
      source  = "RJPearson94/twilio"
      version = "~> 0.0"
    }

    # This provider gets another local name.
    flex = {
      source  = "flex-iac/twilio"
      version = "~> 0.0"
    }
  }
}

provider "flex" {}

# Resources and data sources of this provider need the provider argument.
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
  description = "Number of Flex Flows in the account."
  value       = length(data.twilio_flex_flows.all.flex_flows)
}
