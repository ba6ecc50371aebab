terraform {
  required_version = ">= 1.8" # for moved blocks from one type to another

  required_providers {
    # The older provider stays for the resources that only it has.
    twilio = {
      source = "twilio/twilio"
    }

    flex = {
      source = "flex-iac/twilio"
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
