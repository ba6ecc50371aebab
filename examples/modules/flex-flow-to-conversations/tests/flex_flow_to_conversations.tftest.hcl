# Run by "terraform test" (Terraform 1.6 or later) in the module's folder, with
# the emulator's address and credentials in the environment.

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
    flex_flows      = [merge(run.flex_flow.flex_flow, { contact_identity = "+15005550010" })]
    webhook_method  = "POST"
    webhook_filters = ["onMessageAdded"]
  }
  assert {
    condition     = output.addresses[run.flex_flow.sid].address == "whatsapp:+15005550010"
    error_message = "The address has no prefix."
  }
  assert {
    condition     = twilio_conversations_address_configuration.this[run.flex_flow.sid].auto_creation.webhook_url == "https://example.com/flex/inbound"
    error_message = "The webhook was not carried over."
  }
  assert {
    condition     = twilio_conversations_address_configuration.this[run.flex_flow.sid].auto_creation.webhook_method == "POST"
    error_message = "The webhook's method is not in force."
  }
}

run "studio_on_sms" {
  variables {
    flex_flows               = [run.flows.studio]
    conversation_service_sid = "IS11111111111111111111111111111111"
  }
  assert {
    condition     = output.addresses[run.flows.studio.sid].type == "sms" && output.addresses[run.flows.studio.sid].address == "+15005550006"
    error_message = "The type or the address is not that of the Flex Flow."
  }
  assert {
    condition     = can(regex("^IG[0-9a-f]{32}$", output.addresses[run.flows.studio.sid].sid))
    error_message = "There is no address configuration."
  }
  assert {
    condition     = twilio_conversations_address_configuration.this[run.flows.studio.sid].friendly_name == "SMS"
    error_message = "The name was not carried over."
  }
  assert {
    condition     = twilio_conversations_address_configuration.this[run.flows.studio.sid].auto_creation.studio_flow_sid == "FW22222222222222222222222222222222"
    error_message = "The Studio flow was not carried over."
  }
  assert {
    condition     = twilio_conversations_address_configuration.this[run.flows.studio.sid].auto_creation.studio_retry_count == 3
    error_message = "The Flex Flow's default of 3 retries was not carried over."
  }
  assert {
    condition     = twilio_conversations_address_configuration.this[run.flows.studio.sid].auto_creation.enabled
    error_message = "The Flex Flow is enabled, and the auto-creation is not."
  }
  assert {
    condition     = twilio_conversations_address_configuration.this[run.flows.studio.sid].auto_creation.conversation_service_sid == "IS11111111111111111111111111111111"
    error_message = "The Conversation Service is not in force."
  }
}

# The same again keeps the address configuration.
run "nothing_twice" {
  variables {
    flex_flows = [run.flows.studio]
  }
  assert {
    condition     = output.addresses == run.studio_on_sms.addresses
    error_message = "The address was configured twice."
  }
}

run "retries" {
  command = plan
  variables {
    flex_flows = [
      merge(run.flows.studio, { integration = { flow_sid = "FW22222222222222222222222222222222", retry_count = 9 } }),
      merge(run.flows.studio, {
        sid              = "FO00000000000000000000000000000002"
        contact_identity = "+15005550007"
        integration      = { flow_sid = "FW22222222222222222222222222222222", retry_count = 0 }
      }),
    ]
  }
  assert {
    condition     = jsonencode([for c in twilio_conversations_address_configuration.this : c.auto_creation.studio_retry_count]) == "[3,0]"
    error_message = "The retries are not capped at 3, or those of 0 got lost."
  }
}

run "other_channels" {
  variables {
    flex_flows = [
      merge(run.flows.studio, { channel_type = "whatsapp", contact_identity = "whatsapp:+15005550006", enabled = false }),
      merge(run.flows.studio, { sid = "FO00000000000000000000000000000002", channel_type = "facebook", contact_identity = "123" }),
      merge(run.flows.studio, { sid = "FO00000000000000000000000000000003", channel_type = "facebook", contact_identity = "messenger:456" }),
      merge(run.flows.studio, { sid = "FO00000000000000000000000000000004", channel_type = "web", contact_identity = null }),
    ]
    addresses = { FO00000000000000000000000000000004 = "support" }
  }
  assert {
    condition = tolist([for a in output.addresses : "${a.type} ${a.address}"]) == tolist([
      "whatsapp whatsapp:+15005550006", "messenger messenger:123", "messenger messenger:456", "chat support",
    ])
    error_message = "The types or addresses are wrong."
  }
  assert {
    condition     = !twilio_conversations_address_configuration.this["FO00000000000000000000000000000001"].auto_creation.enabled
    error_message = "The Flex Flow is not enabled, and the auto-creation is."
  }
  assert {
    condition     = length(output.not_moved) == 0 && length(output.movable) == 4
    error_message = "Not every Flex Flow can move."
  }
}

run "only_some" {
  variables {
    flex_flows = [run.flows.studio, merge(run.flows.studio, { sid = "FO00000000000000000000000000000002", contact_identity = "+15005550007" })]
    only       = ["FO00000000000000000000000000000002"]
  }
  assert {
    condition     = toset(keys(output.addresses)) == toset(["FO00000000000000000000000000000002"])
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
    flex_flows = [
      merge(run.flows.studio, { channel_type = "line" }),
      merge(run.flows.studio, { sid = "FO00000000000000000000000000000002", channel_type = "custom", integration_type = "task", long_lived = true }),
      merge(run.flows.studio, { sid = "FO00000000000000000000000000000003", channel_type = "whatsapp", integration = null }),
      merge(run.flows.studio, { sid = "FO00000000000000000000000000000004", channel_type = "web", contact_identity = "" }),
      merge(run.flows.studio, { sid = "FO00000000000000000000000000000005", contact_identity = "+15005550007", integration = {} }),
      merge(run.flows.studio, { sid = "FO00000000000000000000000000000006", contact_identity = "+15005550008", integration_type = "external", integration = {} }),
      merge(run.flows.studio, { sid = "FO00000000000000000000000000000007", contact_identity = "whatsapp:+15005550009" }),
      merge(run.flows.studio, { sid = "FO00000000000000000000000000000008", channel_type = "facebook", contact_identity = "7", integration_type = null }),
    ]
  }
  assert {
    condition = jsonencode([for f in output.not_moved : f.reasons]) == jsonencode([
      ["Conversations has no address type for the channel line."],
      [
        "Conversations has no address type for the channel custom.",
        "The integration type task has no counterpart. A Studio flow or a webhook has to handle the conversations.",
        "It is long-lived, which has no counterpart. With drop_long_lived, it moves and each conversation is a new one.",
      ],
      ["It has no integration, so it is not known what handles its messages."],
      ["It has no contact_identity. Set its address in addresses."],
      ["Its integration has no flow_sid."],
      ["Its integration has no url."],
      ["Its address whatsapp:+15005550009 is of another type than sms."],
      ["It has no integration, so it is not known what handles its messages."],
    ])
    error_message = "These are the reasons: ${jsonencode(output.not_moved)}"
  }
  assert {
    condition     = length(twilio_conversations_address_configuration.this) == 0
    error_message = "A Flex Flow without a counterpart has moved."
  }
}

run "several_for_one_address" {
  command = plan
  variables {
    flex_flows = [
      merge(run.flows.studio, { channel_type = "whatsapp" }),
      merge(run.flows.studio, { sid = "FO00000000000000000000000000000002", channel_type = "whatsapp", contact_identity = "whatsapp:+15005550006" }),
      merge(run.flows.studio, { sid = "FO00000000000000000000000000000003" }),
    ]
  }
  assert {
    condition = alltrue([
      for sid in ["FO00000000000000000000000000000001", "FO00000000000000000000000000000002"] : output.not_moved[sid].reasons == tolist([join("", [
        "There are several Flex Flows of type whatsapp for whatsapp:+15005550006: FO00000000000000000000000000000001, ",
        "FO00000000000000000000000000000002. Leave all but one of them out of flex_flows.",
      ])])
    ])
    error_message = "These are the reasons: ${jsonencode(output.not_moved)}"
  }
  assert {
    condition     = toset(keys(output.movable)) == toset(["FO00000000000000000000000000000003"])
    error_message = "The Flex Flow of another type can't move."
  }
}

run "drop_long_lived" {
  command = plan
  variables {
    flex_flows      = [merge(run.flows.studio, { long_lived = true })]
    drop_long_lived = true
  }
  assert {
    condition     = length(output.movable) == 1
    error_message = "The long-lived Flex Flow can't move."
  }
}

run "listed_twice" {
  command = plan
  variables {
    flex_flows = [run.flows.studio, run.flows.studio]
  }
  expect_failures = [var.flex_flows]
}
