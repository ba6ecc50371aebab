terraform {
  required_version = ">= 1.0"

  required_providers {
    twilio = {
      source  = "flex-iac/twilio"
      version = "~> 0.0"
    }
  }
}
