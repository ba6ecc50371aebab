terraform {
  required_providers {
    twilio = {
      source = "flex-iac/twilio"
    }
  }
}

# With the credentials in TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, or in
# TWILIO_API_KEY and TWILIO_API_SECRET, the block stays empty.
provider "twilio" {}
