# Lets the stages through only if each Flex Flow may be at its stage. It is a
# module of its own so that a mistake is one error: what depends on the stages,
# Flex Flows and address configurations alike, is not planned then.

terraform {
  required_version = ">= 1.3"
}

variable "stages" {
  type = map(string)
}

variable "blocked" {
  type = map(bool)
}

variable "reasons" {
  type = map(list(string))
}

variable "unknown_names" {
  type = set(string)
}

locals {
  going = [for name, stage in var.stages : name if stage != "flows" && contains(keys(var.blocked), name)]
}

output "stages" {
  value = var.stages

  precondition {
    condition     = length(var.unknown_names) == 0
    error_message = "A name in stage_of, addresses or handlers is not one of flex_flows: ${join(", ", var.unknown_names)}."
  }

  precondition {
    condition     = !anytrue([for name in local.going : var.blocked[name]])
    error_message = <<-EOT
      These Flex Flows can't move, so their stage can't be stopped or addresses:
      ${join("\n", [for name in local.going : "  ${name}: ${join(" ", var.reasons[name])}" if var.blocked[name]])}
      Change what the reasons name. Where the Flex Flow still exists, it can stay; add to stage_of:
      ${join("\n", [for name in local.going : format("  %q = \"flows\"", name) if var.blocked[name]])}
      Don't add one that has moved: at the stage flows, its address configuration is deleted.
    EOT
  }
}
