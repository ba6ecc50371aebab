terraform {
  required_version = ">= 1.8" # for moved blocks from one resource type to another

  required_providers {
    # twilio/twilio stays for the resources that only it has.
    twilio = {
      source  = "twilio/twilio"
      version = "~> 0.0"
    }

    flex = {
      source  = "flex-iac/twilio"
      version = "~> 0.0"
    }
  }
}

provider "flex" {}

module "channels" {
  source = "./channels"

  providers = {
    flex = flex
  }
}
