# Run "terraform test" (Terraform 1.6 or later) in the module's folder, with the
# emulator's address and credentials in the environment.

variables {
  friendly_name    = "Support"
  chat_service_sid = "IS11111111111111111111111111111111"
  channel_type     = "web"
  handler = {
    type     = "studio"
    flow_sid = "FW22222222222222222222222222222222"
  }
}

run "studio" {
  assert {
    condition     = can(regex("^FO[0-9a-f]{32}$", output.sid))
    error_message = "The Flex Flow was not created."
  }
  assert {
    condition     = output.flex_flow.enabled && output.flex_flow.integration.retry_count == 3
    error_message = "The Flex Flow does not have the default values."
  }
}

run "external" {
  variables {
    handler = {
      type        = "external"
      url         = "https://example.com/flex/inbound"
      retry_count = 1
    }
  }
  assert {
    condition     = output.flex_flow.integration.flow_sid == null && output.flex_flow.integration.retry_count == 1
    error_message = "A value of the Studio flow is left, or the retry_count is wrong."
  }
}

run "no_address" {
  command = plan
  variables {
    channel_type = "sms"
  }
  expect_failures = [twilio_flex_flow.this]
}
