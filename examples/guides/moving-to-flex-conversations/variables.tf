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

variable "drop_long_lived" {
  type    = bool
  default = false
}
