terraform {
  required_providers {
    twilio = { source = "RJPearson94/twilio" }
  }
}
provider "twilio" {}
locals {
  numbers = {
    support = "+15005550011"
    sales   = "+15005550012"
  }
}
resource "twilio_conversations_address_configuration_studio" "studio" {
  address       = "+15005550001"
  type          = "sms"
  friendly_name = "studio"
  service_sid   = "ISaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  enabled       = true
  flow_sid      = "FWaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  retry_count   = 2
  timeouts {
    create = "2m"
  }
}
resource "twilio_conversations_address_configuration_studio" "studio_short" {
  address     = "whatsapp:+15005550002"
  type        = "whatsapp"
  flow_sid    = "FWaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  retry_count = 0
}
resource "twilio_conversations_address_configuration_studio" "studio_disabled" {
  address       = "+15005550003"
  type          = "sms"
  friendly_name = "studio disabled"
  enabled       = false
  flow_sid      = "FWaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  retry_count   = 3
}
resource "twilio_conversations_address_configuration_webhook" "webhook" {
  address         = "whatsapp:+15005550004"
  type            = "whatsapp"
  friendly_name   = "webhook"
  service_sid     = "ISaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  enabled         = true
  webhook_url     = "https://example.com/hook"
  webhook_method  = "GET"
  webhook_filters = ["onParticipantRemoved", "onMessageAdded"]
}
resource "twilio_conversations_address_configuration_webhook" "webhook_short" {
  address         = "+15005550005"
  type            = "sms"
  webhook_url     = "https://example.com/hook"
  webhook_filters = ["onMessageAdded"]
}
resource "twilio_conversations_address_configuration_webhook" "webhook_unfiltered" {
  address         = "+15005550006"
  type            = "sms"
  enabled         = false
  webhook_url     = "https://example.com/hook"
  webhook_filters = []
}
resource "twilio_conversations_address_configuration_default" "default" {
  address       = "+15005550007"
  type          = "sms"
  friendly_name = "default"
  service_sid   = "ISaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  enabled       = true
  timeouts {
    create = "2m"
    delete = "1h"
  }
}
resource "twilio_conversations_address_configuration_default" "default_short" {
  address = "whatsapp:+15005550008"
  type    = "whatsapp"
}
resource "twilio_conversations_address_configuration_default" "default_disabled" {
  address = "+15005550009"
  type    = "sms"
  enabled = false
}
resource "twilio_conversations_address_configuration_studio" "for_each" {
  for_each      = local.numbers
  address       = each.value
  type          = "sms"
  friendly_name = title(each.key)
  service_sid   = "ISaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  flow_sid      = "FWaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  retry_count   = 1
}
resource "twilio_conversations_address_configuration_default" "count" {
  count   = 2
  address = "+1500555002${count.index}"
  type    = "sms"
}
resource "twilio_conversations_address_configuration_studio" "studio_imported" {
  address       = "+15005550031"
  type          = "sms"
  friendly_name = "studio imported"
  service_sid   = "ISaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  flow_sid      = "FWaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  retry_count   = 1
}
resource "twilio_conversations_address_configuration_webhook" "webhook_imported" {
  address         = "whatsapp:+15005550032"
  type            = "whatsapp"
  webhook_url     = "https://example.com/hook"
  webhook_filters = ["onMessageAdded", "onParticipantRemoved"]
}
resource "twilio_conversations_address_configuration_default" "default_imported" {
  address = "+15005550033"
  type    = "sms"
  enabled = false
}
