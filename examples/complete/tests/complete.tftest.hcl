# Run "terraform test" (Terraform 1.6 or later) in this folder, with the
# emulator's address and credentials in the environment.

run "all_channels" {
  assert {
    condition     = toset(keys(output.flex_flow_sids)) == toset(["sms", "web", "whatsapp"])
    error_message = "Not every channel has a Flex Flow."
  }
  assert {
    condition     = length(distinct(values(output.flex_flow_sids))) == 3
    error_message = "Two channels share a Flex Flow."
  }
  assert {
    condition     = module.channel["web"].flex_flow.integration.retry_count == 3
    error_message = "The Studio flow is not retried three times."
  }
}

run "fewer_retries" {
  variables {
    retry_count = 1
  }
  assert {
    condition     = module.channel["web"].flex_flow.integration.retry_count == 1
    error_message = "The Flex Flow was not updated."
  }
}
