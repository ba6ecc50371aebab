variable "flex_flows" {
  description = <<-EOT
    The Flex Flows to move: what the data source twilio_flex_flows has in
    flex_flows, or a list of twilio_flex_flow resources. It has to outlive the
    Flex Flows, so read it from a file that was written before they are deleted.
  EOT
  type = list(object({
    sid              = string
    friendly_name    = string
    channel_type     = string
    contact_identity = optional(string, "")
    enabled          = bool
    long_lived       = optional(bool, false)
    integration_type = optional(string)
    integration = optional(object({
      flow_sid    = optional(string)
      url         = optional(string)
      retry_count = optional(number, 3)
    }))
  }))
  nullable = false

  validation {
    condition     = length(distinct(var.flex_flows[*].sid)) == length(var.flex_flows)
    error_message = "Each Flex Flow must be in flex_flows once, but two elements have the same sid."
  }
}

variable "only" {
  description = <<-EOT
    SIDs of the Flex Flows whose address configurations are created now. The
    outputs movable and not_moved are about all of flex_flows nevertheless. By
    default, every Flex Flow that can move does.
  EOT
  type        = set(string)
  default     = null
}

variable "addresses" {
  description = <<-EOT
    Addresses by the SID of a Flex Flow, for those without a contact_identity.
    One given here takes precedence over the contact_identity.
  EOT
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "drop_long_lived" {
  description = "Whether Flex Flows with long_lived set move, and lose that."
  type        = bool
  default     = false
  nullable    = false
}

variable "conversation_service_sid" {
  description = "SID of the Conversation Service in which conversations are created. By default, the account's default service."
  type        = string
  default     = null
}

variable "webhook_method" {
  description = "HTTP method by which webhooks are called: GET or POST. By default, Twilio chooses it."
  type        = string
  default     = null
}

variable "webhook_filters" {
  description = "Events for which webhooks are called, such as onMessageAdded. By default, Twilio chooses them."
  type        = set(string)
  default     = null
}
