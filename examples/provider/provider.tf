terraform {
  required_version = ">= 1.0"

  required_providers {
    twilio = {
      source  = "flex-iac/twilio"
      version = "~> 0.0"
    }
  }
}

# The credentials come from the environment: TWILIO_ACCOUNT_SID and
# TWILIO_AUTH_TOKEN, or TWILIO_API_KEY and TWILIO_API_SECRET.
provider "twilio" {}
