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
    flex_flows = {
      sms = {
        friendly_name    = "SMS"
        channel_type     = "sms"
        contact_identity = "+15005550006"
        enabled          = true
        integration_type = "studio"
        integration      = { flow_sid = "FW22222222222222222222222222222222" }
      }
      line = {
        friendly_name    = "LINE"
        channel_type     = "line"
        enabled          = true
        integration_type = "task"
        integration      = {}
      }
    }
    stage    = "addresses"
    stage_of = { line = "flows" }
  }

  assert {
    condition     = output.addresses["sms"].sid == "IG0123456789abcdef0123456789abcdef"
    error_message = "The SID in the output is not that of the address configuration."
  }
  assert {
    condition     = toset(keys(output.not_moved)) == toset(["line"])
    error_message = "The Flex Flow without a counterpart is not reported."
  }
}
