variable "stage" {
  description = <<-EOT
    How far the move has come:

    - flows: the Flex Flows are in use
    - stopped: those that can move are deleted, and nothing has taken their place
    - addresses: address configurations have taken their place
  EOT
  type        = string

  validation {
    condition     = contains(["flows", "stopped", "addresses"], var.stage)
    error_message = "The stage is flows, stopped or addresses."
  }
}

variable "stage_of" {
  description = "The stage of single Flex Flows, by their name in local.flex_flows, where it differs from stage."
  type        = map(string)
  default     = {}

  validation {
    condition     = length(setsubtract(values(var.stage_of), ["flows", "stopped", "addresses"])) == 0
    error_message = "Each stage is flows, stopped or addresses."
  }
}

variable "chat_addresses" {
  description = "Addresses for Flex Flows without a contact_identity, by their name in local.flex_flows."
  type        = map(string)
  default     = {}
}

variable "chat_service_sid" {
  description = "SID of the chat service that the Flex Flows use."
  type        = string
  default     = "IS11111111111111111111111111111111"
}
