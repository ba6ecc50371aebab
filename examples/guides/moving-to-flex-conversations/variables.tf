# What they mean is in the module's variables of the same names, which check them.

variable "stage" {
  type = string
}

variable "stage_of" {
  type    = map(string)
  default = {}
}

variable "addresses" {
  type    = map(string)
  default = {}
}

variable "handlers" {
  type = map(object({
    type               = string
    studio_flow_sid    = optional(string)
    studio_retry_count = optional(number)
    webhook_url        = optional(string)
  }))
  default = {}
}

variable "drop_long_lived" {
  type    = bool
  default = false
}
