variable "friendly_name" {
  description = "Name of the channel, as people see it in Twilio's console."
  type        = string

  validation {
    condition     = trimspace(var.friendly_name) == var.friendly_name && var.friendly_name != ""
    error_message = "The friendly_name must not be empty, or begin or end with a space."
  }
}

variable "chat_service_sid" {
  description = "SID of the chat service that holds the conversations."
  type        = string

  validation {
    condition     = can(regex("^IS[0-9a-fA-F]{32}$", var.chat_service_sid))
    error_message = "The chat_service_sid must be IS followed by 32 hexadecimal digits."
  }
}

variable "channel_type" {
  description = "Channel: web, sms, facebook, whatsapp, line or custom."
  type        = string
}

variable "contact_identity" {
  description = "Address at which contacts reach the channel, such as a phone number in E.164 format."
  type        = string
  default     = ""
  nullable    = false
}

variable "enabled" {
  description = "Whether the channel handles messages."
  type        = bool
  default     = true
}

variable "long_lived" {
  description = "Whether a contact's chat channel is used again for later conversations."
  type        = bool
  default     = false
}

variable "handler" {
  description = <<-EOT
    What handles inbound messages: the type, and the attributes of that type.

    - studio: flow_sid; retry_count
    - external: url; retry_count
    - task: workspace_sid, workflow_sid; channel, priority, timeout (in seconds)
    - every type: creation_on_message
  EOT
  type = object({
    type                = string
    flow_sid            = optional(string)
    url                 = optional(string)
    workspace_sid       = optional(string)
    workflow_sid        = optional(string)
    channel             = optional(string)
    priority            = optional(number)
    timeout             = optional(number)
    retry_count         = optional(number)
    creation_on_message = optional(bool)
  })

  validation {
    condition     = contains(["studio", "external", "task"], var.handler.type)
    error_message = "The handler's type must be studio, external or task."
  }
}
