# Run by "terraform test" (Terraform 1.6 or later) in the module's folder, with
# the emulator's address and credentials in the environment.

variables {
  stage = "addresses"
}

run "flows" {
  module {
    source = "./tests/flows"
  }
}

# A Flex Flow as its resource has it, with attributes that the module does not
# need.
run "flex_flow" {
  module {
    source = "../flex-channel"
  }
  variables {
    friendly_name    = "WhatsApp"
    chat_service_sid = "IS11111111111111111111111111111111"
    channel_type     = "whatsapp"
    contact_identity = "+15005550009"
    handler          = { type = "external", url = "https://example.com/flex/inbound" }
  }
}

run "from_a_resource" {
  variables {
    # With another number, because an address has a Flex Flow or a configuration.
    flex_flows      = { hook = merge(run.flex_flow.flex_flow, { contact_identity = "+15005550010" }) }
    webhook_method  = "POST"
    webhook_filters = ["onMessageAdded"]
  }
  assert {
    condition     = output.addresses["hook"].address == "whatsapp:+15005550010"
    error_message = "The address has no prefix."
  }
  assert {
    condition     = twilio_conversations_address_configuration.this["hook"].auto_creation.webhook_url == "https://example.com/flex/inbound"
    error_message = "The webhook was not carried over."
  }
  assert {
    condition     = twilio_conversations_address_configuration.this["hook"].auto_creation.webhook_method == "POST"
    error_message = "The webhook's method is not in force."
  }
}

run "studio_on_sms" {
  variables {
    flex_flows               = { a = run.flows.studio }
    conversation_service_sid = "IS11111111111111111111111111111111"
  }
  assert {
    condition     = output.addresses["a"].type == "sms" && output.addresses["a"].address == "+15005550006"
    error_message = "The type or the address is not that of the Flex Flow."
  }
  assert {
    condition     = can(regex("^IG[0-9a-f]{32}$", output.addresses["a"].sid))
    error_message = "There is no address configuration."
  }
  assert {
    condition     = twilio_conversations_address_configuration.this["a"].friendly_name == "SMS"
    error_message = "The name was not carried over."
  }
  assert {
    condition     = twilio_conversations_address_configuration.this["a"].auto_creation.studio_flow_sid == "FW22222222222222222222222222222222"
    error_message = "The Studio flow was not carried over."
  }
  assert {
    condition     = twilio_conversations_address_configuration.this["a"].auto_creation.studio_retry_count == 3
    error_message = "The Flex Flow's default of 3 retries was not carried over."
  }
  assert {
    condition     = twilio_conversations_address_configuration.this["a"].auto_creation.enabled
    error_message = "The Flex Flow is enabled, and the auto-creation is not."
  }
  assert {
    condition     = twilio_conversations_address_configuration.this["a"].auto_creation.conversation_service_sid == "IS11111111111111111111111111111111"
    error_message = "The Conversation Service is not in force."
  }
}

# The same again keeps the address configuration.
run "nothing_twice" {
  variables {
    flex_flows = { a = run.flows.studio }
  }
  assert {
    condition     = output.addresses == run.studio_on_sms.addresses
    error_message = "The address was configured twice."
  }
}

run "retries" {
  command = plan
  variables {
    flex_flows = {
      a = merge(run.flows.studio, { integration = { flow_sid = "FW22222222222222222222222222222222", retry_count = 9 } })
      b = merge(run.flows.studio, {
        contact_identity = "+15005550007"
        integration      = { flow_sid = "FW22222222222222222222222222222222", retry_count = 0 }
      })
    }
  }
  assert {
    condition     = jsonencode([for c in twilio_conversations_address_configuration.this : c.auto_creation.studio_retry_count]) == "[3,0]"
    error_message = "The retries are not capped at 3, or those of 0 got lost."
  }
}

run "other_channels" {
  variables {
    flex_flows = {
      a = merge(run.flows.studio, { channel_type = "whatsapp", contact_identity = "WhatsApp:+15005550006", enabled = false })
      b = merge(run.flows.studio, { channel_type = "facebook", contact_identity = "123" })
      c = merge(run.flows.studio, { channel_type = "facebook", contact_identity = "messenger:456" })
      d = merge(run.flows.studio, { channel_type = "web", contact_identity = null })
    }
    addresses = { d = "support" }
  }
  assert {
    condition = tolist([for a in output.addresses : "${a.type} ${a.address}"]) == tolist([
      "whatsapp whatsapp:+15005550006", "messenger messenger:123", "messenger messenger:456", "chat support",
    ])
    error_message = "The types or addresses are wrong."
  }
  assert {
    condition     = !twilio_conversations_address_configuration.this["a"].auto_creation.enabled
    error_message = "The Flex Flow is not enabled, and the auto-creation is."
  }
  assert {
    condition     = length(output.not_moved) == 0 && length(output.movable) == 4
    error_message = "Not every Flex Flow can move."
  }
}

run "one_by_one" {
  variables {
    flex_flows = { a = run.flows.studio, b = merge(run.flows.studio, { contact_identity = "+15005550007" }) }
    stage      = "flows"
    stage_of   = { b = "addresses" }
  }
  assert {
    condition     = toset(keys(output.addresses)) == toset(["b"])
    error_message = "Not the chosen Flex Flow alone has moved."
  }
  assert {
    condition     = length(output.movable) == 2
    error_message = "The other Flex Flow can move as well."
  }
}

run "no_counterpart" {
  command = plan
  variables {
    stage = "flows"
    flex_flows = {
      a = merge(run.flows.studio, { channel_type = "line" })
      b = merge(run.flows.studio, { channel_type = "custom", integration_type = "task", long_lived = true })
      c = merge(run.flows.studio, { channel_type = "whatsapp", integration = null })
      d = merge(run.flows.studio, { channel_type = "web", contact_identity = "" })
      e = merge(run.flows.studio, { contact_identity = "+15005550007", integration = {} })
      f = merge(run.flows.studio, { contact_identity = "+15005550008", integration_type = "external", integration = {} })
      g = merge(run.flows.studio, { contact_identity = "whatsapp:+15005550009" })
      h = merge(run.flows.studio, { channel_type = "facebook", contact_identity = "7", integration_type = null })
    }
  }
  assert {
    condition = jsonencode([for f in output.not_moved : f.reasons]) == jsonencode([
      ["Conversations has no address type for the channel line."],
      [
        "Conversations has no address type for the channel custom.",
        "The integration type task has no counterpart. Set a Studio flow or a webhook for it in handlers.",
        "It is long-lived, which has no counterpart. Set drop_long_lived = true to accept that each conversation is a new one.",
      ],
      ["It has no integration, so it is not known what handles its messages. Set a Studio flow or a webhook for it in handlers."],
      ["It has no contact_identity. Set its address in addresses."],
      ["It has no Studio flow. Set a Studio flow or a webhook for it in handlers."],
      ["Its webhook has no URL. Set a Studio flow or a webhook for it in handlers."],
      ["Its address does not look like one of type sms, which is a phone number with a plus, such as +15005550006, or a short code."],
      ["It has no integration, so it is not known what handles its messages. Set a Studio flow or a webhook for it in handlers."],
    ])
    error_message = "These are the reasons: ${jsonencode(output.not_moved)}"
  }
  assert {
    condition     = length(twilio_conversations_address_configuration.this) == 0
    error_message = "A Flex Flow without a counterpart has moved."
  }
}

# What the provider would refuse or warn of, once the Flex Flow is deleted.
run "malformed" {
  command = plan
  variables {
    stage = "flows"
    flex_flows = {
      a = merge(run.flows.studio, { contact_identity = "15005550001" })
      b = merge(run.flows.studio, { channel_type = "whatsapp", contact_identity = "+1 500 555 OO02" })
      c = merge(run.flows.studio, { channel_type = "facebook", contact_identity = "facebook:1234" })
      d = merge(run.flows.studio, { channel_type = "web", contact_identity = "whatsapp:+15005550003" })
      e = merge(run.flows.studio, { contact_identity = "+15005550004", integration = { flow_sid = "FW2" } })
      f = merge(run.flows.studio, { contact_identity = "+15005550005", integration_type = "external", integration = { url = "/x" } })
      g = merge(run.flows.studio, { contact_identity = "+15005550006", integration_type = "external", integration = { url = "https://example.com/a b" } })
      h = merge(run.flows.studio, { contact_identity = "+15005550007", integration_type = "external", integration = { url = "https:///x" } })
    }
  }
  assert {
    condition = jsonencode([for f in output.not_moved : f.reasons]) == jsonencode([
      ["Its address does not look like one of type sms, which is a phone number with a plus, such as +15005550006, or a short code."],
      ["Its address does not look like one of type whatsapp, which is a phone number with a plus, such as +15005550006 or whatsapp:+15005550006."],
      ["Its address does not look like one of type messenger, which is the ID of a page, such as 1234 or messenger:1234."],
      ["Its address does not look like one of type chat, which is a name, or the SID of a deployment key."],
      ["The SID of its Studio flow is not FW followed by 32 hexadecimal digits."],
      ["The URL of its webhook is not an absolute http or https URL."],
      ["The URL of its webhook is not an absolute http or https URL."],
      ["The URL of its webhook is not an absolute http or https URL."],
    ])
    error_message = "These are the reasons: ${jsonencode(output.not_moved)}"
  }
}

run "well_formed" {
  command = plan
  variables {
    flex_flows = {
      a = merge(run.flows.studio, { contact_identity = " +1 (500) 555-0001 " })
      b = merge(run.flows.studio, { contact_identity = "12345" })
      c = merge(run.flows.studio, { channel_type = "whatsapp", contact_identity = "WHATSAPP:+1 500 555 0001" })
      d = merge(run.flows.studio, { channel_type = "web", contact_identity = "CV0123456789abcdef0123456789abcdef" })
      e = merge(run.flows.studio, { channel_type = "web", contact_identity = "support-us" })
      f = merge(run.flows.studio, { channel_type = "web", contact_identity = "supportus" })
      g = merge(run.flows.studio, {
        contact_identity = "+15005550002", integration_type = "external"
        integration      = { url = "HTTPS://user:secret@example.com:8443/a%20b?c=[d]#e" }
      })
    }
  }
  assert {
    condition = jsonencode([for c in twilio_conversations_address_configuration.this : c.address]) == jsonencode([
      "+15005550001", "12345", "whatsapp:+15005550001", "CV0123456789abcdef0123456789abcdef", "support-us", "supportus", "+15005550002",
    ])
    error_message = "These are the addresses: ${jsonencode(output.movable)}"
  }
}

run "several_for_one_address" {
  command = plan
  variables {
    stage = "flows"
    flex_flows = {
      a = merge(run.flows.studio, { channel_type = "whatsapp" })
      b = merge(run.flows.studio, { channel_type = "whatsapp", contact_identity = "whatsapp:+1 500 555 0006" })
      c = run.flows.studio
    }
  }
  assert {
    condition = alltrue([
      for name in ["a", "b"] : output.not_moved[name].reasons == tolist([join("", [
        "Several Flex Flows have its type and address: a, b. Take all but one of them out of flex_flows. ",
        "Keep one that has moved: taking it out deletes its address configuration.",
      ])])
    ])
    error_message = "These are the reasons: ${jsonencode(output.not_moved)}"
  }
  assert {
    condition     = toset(keys(output.movable)) == toset(["c"])
    error_message = "The Flex Flow of another type can't move."
  }
}

run "handlers" {
  command = plan
  variables {
    flex_flows = {
      a = merge(run.flows.studio, { integration_type = "task", integration = {} })
      b = merge(run.flows.studio, { contact_identity = "+15005550007", integration_type = "task", integration = {} })
      c = merge(run.flows.studio, { contact_identity = "+15005550008", integration_type = null, integration = null })
      d = merge(run.flows.studio, { contact_identity = "+15005550009" })
    }
    handlers = {
      a = { type = "studio", studio_flow_sid = "FW33333333333333333333333333333333", studio_retry_count = 1 }
      b = { type = "webhook", webhook_url = "https://example.com/tasks" }
      c = { type = "webhook", webhook_url = "https://example.com/none" }
      d = { type = "studio", studio_flow_sid = "FW33333333333333333333333333333333" }
    }
  }
  assert {
    condition = jsonencode([
      for c in twilio_conversations_address_configuration.this :
      [c.auto_creation.type, c.auto_creation.studio_flow_sid, c.auto_creation.studio_retry_count, c.auto_creation.webhook_url]
      ]) == jsonencode([
      ["studio", "FW33333333333333333333333333333333", 1, null],
      ["webhook", null, null, "https://example.com/tasks"],
      ["webhook", null, null, "https://example.com/none"],
      ["studio", "FW33333333333333333333333333333333", 3, null],
    ])
    error_message = "The handlers are not those of the variable."
  }
}

run "malformed_handlers" {
  command = plan
  variables {
    stage = "flows"
    flex_flows = {
      a = merge(run.flows.studio, { integration_type = "task", integration = {} })
      b = merge(run.flows.studio, { contact_identity = "+15005550007", integration_type = "task", integration = {} })
    }
    handlers = {
      a = { type = "studio" }
      b = { type = "webhook", webhook_url = "example.com" }
    }
  }
  assert {
    condition = jsonencode([for f in output.not_moved : f.reasons]) == jsonencode([
      ["It has no Studio flow. Set a Studio flow or a webhook for it in handlers."],
      ["The URL of its webhook is not an absolute http or https URL."],
    ])
    error_message = "These are the reasons: ${jsonencode(output.not_moved)}"
  }
}

# Address configurations that the account has, whoever made them.
run "configured" {
  command = plan
  variables {
    stage    = "flows"
    stage_of = { b = "stopped", c = "addresses" }
    flex_flows = {
      a = merge(run.flows.studio, { channel_type = "whatsapp", contact_identity = "+1 500 555 0001" })
      b = merge(run.flows.studio, { contact_identity = "+15005550001" })
      c = merge(run.flows.studio, { contact_identity = "+15005550002" })
      d = merge(run.flows.studio, { contact_identity = "+15005550003" })
      e = merge(run.flows.studio, { channel_type = "line", contact_identity = "+15005550001" })
      f = merge(run.flows.studio, { contact_identity = "15005550004" })
    }
    existing = [
      { sid = "IG1", type = "whatsapp", address = "whatsapp:+15005550001" },
      { sid = "IG2", type = "sms", address = "+1 500 555 0004" },
      { sid = "IG3", type = "sms", address = "+15005550002" },
      { sid = "IG5", type = "sms", address = "+15005550001" },
      { sid = "IG4", type = "email", address = "support@example.com" },
      { sid = "IG6", type = "sms", address = null },
    ]
  }
  assert {
    condition     = jsonencode(output.configured) == jsonencode({ a = ["IG1"], f = ["IG2"] })
    error_message = "These are configured: ${jsonencode(output.configured)}"
  }
}

# Values that are secret, or known after the apply only.

run "unknown_in_a_fresh_account" {
  command = plan
  module {
    source = "./tests/made"
  }
  variables {
    stage = "flows"
  }
  assert {
    condition     = jsonencode(output.stages) == jsonencode({ hook = "flows", sms = "flows", task = "flows" })
    error_message = "The stages are not known at plan."
  }
}

run "unknown_and_sensitive" {
  command = plan
  module {
    source = "./tests/made"
  }
  variables {
    stage = "addresses"
  }
  assert {
    condition     = length(output.addresses) == 3
    error_message = "The address configurations are not known at plan."
  }
}

run "made" {
  module {
    source = "./tests/made"
  }
  assert {
    condition     = length(output.addresses) == 3 && length(output.not_moved) == 0
    error_message = "Not every Flex Flow has moved."
  }
}

run "sensitive_as_a_whole" {
  module {
    source = "./tests/made"
  }
  variables {
    secret = true
  }
  assert {
    condition     = length(output.addresses) == 3 && length(output.not_moved) == 0
    error_message = "Not every Flex Flow has moved."
  }
}

run "drop_long_lived" {
  command = plan
  variables {
    flex_flows      = { a = merge(run.flows.studio, { long_lived = true }) }
    drop_long_lived = true
  }
  assert {
    condition     = length(output.movable) == 1
    error_message = "The long-lived Flex Flow can't move."
  }
}

# What the variables refuse. What the output stages refuses can't be expected
# here, because it is in a module of its own.

run "enabled_is_null" {
  command = plan
  variables {
    flex_flows = { a = merge(run.flows.studio, { enabled = null }) }
  }
  expect_failures = [var.flex_flows]
}

run "no_such_handler" {
  command = plan
  variables {
    flex_flows      = { a = run.flows.studio }
    handlers        = { a = { type = "external" } }
    webhook_method  = "post"
    webhook_filters = ["onMessage"]
  }
  expect_failures = [var.handlers, var.webhook_method, var.webhook_filters]
}

run "no_such_stage" {
  command = plan
  variables {
    flex_flows = { a = run.flows.studio }
    stage      = "adresses"
    stage_of   = { a = "stoped" }
  }
  expect_failures = [var.stage, var.stage_of]
}
