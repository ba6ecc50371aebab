variable "flex_flows" {
  description = <<-EOT
    The Flex Flows, each under a name, with the attributes of twilio_flex_flow;
    others than these are ignored. A Flex Flow stays here when it is deleted:
    without its entry, its address configuration is destroyed.

    The names must be known at plan, and not be secret. Values may be sensitive.
    They may be unknown as well, but what depends on an unknown one is checked in
    the apply: so only SIDs and URLs should be.
  EOT
  type = map(object({
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
    condition     = alltrue([for flow in var.flex_flows : flow.friendly_name != null && flow.channel_type != null && flow.enabled != null])
    error_message = "Each Flex Flow needs a friendly_name, a channel_type and enabled, which must not be null."
  }
}

variable "stage" {
  description = <<-EOT
    How far the move has come:

    - flows: the Flex Flows are in use
    - stopped: the Flex Flows are deleted, and nothing has taken their place
    - addresses: address configurations have taken their place
  EOT
  type        = string
  nullable    = false

  validation {
    condition     = contains(["flows", "stopped", "addresses"], var.stage)
    error_message = "The stage is flows, stopped or addresses."
  }
}

variable "stage_of" {
  description = "The stage of single Flex Flows, by their name in flex_flows, where it differs from stage."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = length(setsubtract(values(var.stage_of), ["flows", "stopped", "addresses"])) == 0
    error_message = "Each stage is flows, stopped or addresses."
  }
}

variable "addresses" {
  description = <<-EOT
    Addresses by the name of a Flex Flow, for those without a contact_identity.
    One given here takes precedence over the contact_identity.
  EOT
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "handlers" {
  description = <<-EOT
    What handles the conversations in place of the Flex Flow's integration, by
    the name of the Flex Flow. One with the integration type task needs it. The
    Flex Flow keeps its integration, and gets it back when it moves back.

    - type = "studio": studio_flow_sid; studio_retry_count, 3 by default
    - type = "webhook": webhook_url
  EOT
  type = map(object({
    type               = string
    studio_flow_sid    = optional(string)
    studio_retry_count = optional(number, 3)
    webhook_url        = optional(string)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for handler in var.handlers : try(contains(["studio", "webhook"], handler.type), false)])
    error_message = "The type of a handler is studio or webhook."
  }
}

variable "existing" {
  description = <<-EOT
    The address configurations that the account has: address_configurations of
    the data source twilio_conversations_address_configurations. The output
    configured says which of them have the address of a Flex Flow.
  EOT
  type = list(object({
    sid     = string
    type    = string
    address = string
  }))
  default  = []
  nullable = false
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

  validation {
    condition     = can(regex("^IS[0-9a-fA-F]{32}$", coalesce(var.conversation_service_sid, "IS00000000000000000000000000000000")))
    error_message = "The conversation_service_sid is IS followed by 32 hexadecimal digits."
  }
}

variable "webhook_method" {
  description = "HTTP method by which webhooks are called: GET or POST. By default, Twilio chooses it."
  type        = string
  default     = null

  validation {
    condition     = contains(["GET", "POST"], coalesce(var.webhook_method, "GET"))
    error_message = "The webhook_method is GET or POST."
  }
}

variable "webhook_filters" {
  description = "Events for which webhooks are called, such as onMessageAdded. By default, Twilio chooses them."
  type        = set(string)
  default     = null

  validation {
    condition = length(setsubtract(coalesce(var.webhook_filters, []), [
      "onMessageAdded", "onMessageUpdated", "onMessageRemoved", "onConversationUpdated", "onConversationStateUpdated",
      "onConversationRemoved", "onParticipantAdded", "onParticipantUpdated", "onParticipantRemoved", "onDeliveryUpdated",
    ])) == 0
    error_message = "An event in webhook_filters is not one that Twilio has, such as onMessageAdded."
  }
}
