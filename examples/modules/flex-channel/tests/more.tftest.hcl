# Other types of handlers, and mistakes in variables. Run with the others.

variables {
  friendly_name    = "Support"
  chat_service_sid = "IS11111111111111111111111111111111"
  channel_type     = "web"
  handler = {
    type     = "studio"
    flow_sid = "FW22222222222222222222222222222222"
  }
}

run "task" {
  variables {
    channel_type     = "whatsapp"
    contact_identity = "whatsapp:+15005550006"
    long_lived       = true
    handler = {
      type          = "task"
      workspace_sid = "WS33333333333333333333333333333333"
      workflow_sid  = "WW44444444444444444444444444444444"
    }
  }
  assert {
    condition     = output.flex_flow.integration.channel == "default" && output.flex_flow.integration.timeout == 86400
    error_message = "The Task does not have the default values."
  }
}

run "no_name" {
  command = plan
  variables {
    friendly_name = ""
  }
  expect_failures = [var.friendly_name]
}

run "malformed_chat_service" {
  command = plan
  variables {
    chat_service_sid = "CH11111111111111111111111111111111"
  }
  expect_failures = [var.chat_service_sid]
}

run "unknown_handler" {
  command = plan
  variables {
    handler = { type = "voicemail" }
  }
  expect_failures = [var.handler]
}
