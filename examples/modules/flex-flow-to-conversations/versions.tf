terraform {
  required_version = ">= 1.3"

  required_providers {
    twilio = {
      source  = "flex-iac/twilio"
      version = ">= 0.0"
    }
  }
}
