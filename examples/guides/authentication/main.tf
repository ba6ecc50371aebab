terraform {
  required_version = ">= 1.0"

  required_providers {
    twilio = {
      source  = "flex-iac/twilio"
      version = "~> 0.0"
    }
  }
}

variable "sales" {
  description = "API key of the sales account, in the region ie1 (Ireland)."
  type        = object({ api_key = string, api_secret = string })
  sensitive   = true
}

# One account, with credentials from the environment or the Twilio CLI's active
# profile.
provider "twilio" {}

# Another account, under an alias.
provider "twilio" {
  alias      = "sales"
  api_key    = var.sales.api_key
  api_secret = var.sales.api_secret
  region     = "ie1"
}

resource "twilio_flex_flow" "support" {
  friendly_name    = "Support"
  chat_service_sid = "IS11111111111111111111111111111111"
  channel_type     = "web"
}

resource "twilio_flex_flow" "sales" {
  provider = twilio.sales

  friendly_name    = "Sales"
  chat_service_sid = "IS99999999999999999999999999999999"
  channel_type     = "web"
}
