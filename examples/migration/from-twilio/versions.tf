terraform {
  required_version = ">= 1.8" # for moved blocks from one resource type to another

  required_providers {
    twilio = {
      source  = "flex-iac/twilio"
      version = "~> 0.0"
    }
  }
}

provider "twilio" {}
