# Without the emulator: Terraform makes up what the provider would compute.

mock_provider "twilio" {
  mock_resource "twilio_conversations_address_configuration" {
    defaults = {
      sid = "IG0123456789abcdef0123456789abcdef"
    }
  }
}

run "mocked" {
  variables {
    flex_flows = [
      {
        sid              = "FO0123456789abcdef0123456789abcdef"
        friendly_name    = "SMS"
        channel_type     = "sms"
        contact_identity = "+15005550006"
        enabled          = true
        integration_type = "studio"
        integration      = { flow_sid = "FW22222222222222222222222222222222" }
      },
      {
        sid              = "FOffffffffffffffffffffffffffffffff"
        friendly_name    = "LINE"
        channel_type     = "line"
        enabled          = true
        integration_type = "task"
        integration      = {}
      },
    ]
  }

  assert {
    condition     = output.addresses["FO0123456789abcdef0123456789abcdef"].sid == "IG0123456789abcdef0123456789abcdef"
    error_message = "The SID in the output is not that of the address configuration."
  }
  assert {
    condition     = toset(keys(output.not_moved)) == toset(["FOffffffffffffffffffffffffffffffff"])
    error_message = "The Flex Flow without a counterpart is not reported."
  }
}
