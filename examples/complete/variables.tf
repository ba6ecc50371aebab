variable "chat_service_sid" {
  description = "SID of the chat service that all channels use."
  type        = string
  default     = "IS11111111111111111111111111111111"
}

variable "studio_flow_sid" {
  description = "SID of the Studio flow that handles the web chat."
  type        = string
  default     = "FW22222222222222222222222222222222"
}

variable "workspace_sid" {
  description = "SID of the TaskRouter Workspace."
  type        = string
  default     = "WS33333333333333333333333333333333"
}

variable "workflow_sid" {
  description = "SID of the TaskRouter Workflow that routes WhatsApp conversations."
  type        = string
  default     = "WW44444444444444444444444444444444"
}

variable "webhook_url" {
  description = "URL of the webhook that handles SMS."
  type        = string
  default     = "https://example.com/flex/inbound"
}

variable "phone_number" {
  description = "Phone number of the contact centre, in E.164 format."
  type        = string
  default     = "+15005550006"
}

variable "retry_count" {
  description = "How often a Studio flow that fails is retried."
  type        = number
  default     = 3
}
