terraform {
  required_providers {
    twilio = { source = "twilio/twilio" }
  }
}
provider "twilio" {}
locals {
  channels = {
    support = { type = "sms", address = "+15005550011" }
    page    = { type = "messenger", address = "messenger:100000000000001" }
  }
}
resource "twilio_conversations_configuration_addresses_v1" "studio" {
  type                                   = "sms"
  address                                = "+15005550001"
  friendly_name                          = "studio"
  auto_creation_enabled                  = true
  auto_creation_type                     = "studio"
  auto_creation_conversation_service_sid = "ISaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  auto_creation_studio_flow_sid          = "FWaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  auto_creation_studio_retry_count       = 2
}
resource "twilio_conversations_configuration_addresses_v1" "studio_zero" {
  type                             = "whatsapp"
  address                          = "whatsapp:+15005550002"
  auto_creation_enabled            = true
  auto_creation_type               = "studio"
  auto_creation_studio_flow_sid    = "FWaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  auto_creation_studio_retry_count = 0
}
resource "twilio_conversations_configuration_addresses_v1" "studio_disabled" {
  type                          = "messenger"
  address                       = "messenger:100000000000003"
  friendly_name                 = "studio disabled"
  auto_creation_enabled         = false
  auto_creation_type            = "studio"
  auto_creation_studio_flow_sid = "FWaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}
resource "twilio_conversations_configuration_addresses_v1" "webhook" {
  type                                   = "gbm"
  address                                = "gbm:agent-4"
  friendly_name                          = "webhook"
  auto_creation_enabled                  = true
  auto_creation_type                     = "webhook"
  auto_creation_conversation_service_sid = "ISaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  auto_creation_webhook_url              = "https://example.com/hook"
  auto_creation_webhook_method           = "GET"
  auto_creation_webhook_filters          = ["onParticipantRemoved", "onMessageAdded"]
}
resource "twilio_conversations_configuration_addresses_v1" "webhook_short" {
  type                      = "email"
  address                   = "desk@example.com"
  auto_creation_type        = "webhook"
  auto_creation_webhook_url = "https://example.com/hook"
}
resource "twilio_conversations_configuration_addresses_v1" "default" {
  type                                   = "chat"
  address                                = "chat-6"
  friendly_name                          = "default"
  auto_creation_enabled                  = true
  auto_creation_type                     = "default"
  auto_creation_conversation_service_sid = "ISaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}
resource "twilio_conversations_configuration_addresses_v1" "default_disabled" {
  type                  = "sms"
  address               = "+15005550007"
  auto_creation_enabled = false
  auto_creation_type    = "default"
}
resource "twilio_conversations_configuration_addresses_v1" "short_code" {
  type            = "sms"
  address         = "55501"
  address_country = "US"
}
resource "twilio_conversations_configuration_addresses_v1" "bare" {
  type    = "sms"
  address = "+15005550009"
}
resource "twilio_conversations_configuration_addresses_v1" "for_each" {
  for_each                               = local.channels
  type                                   = each.value.type
  address                                = each.value.address
  friendly_name                          = "${title(replace(each.key, "_", " "))} Conversation Address"
  auto_creation_enabled                  = true
  auto_creation_type                     = "studio"
  auto_creation_conversation_service_sid = "ISaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  auto_creation_studio_flow_sid          = "FWaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}
resource "twilio_conversations_configuration_addresses_v1" "count" {
  count   = 2
  type    = "sms"
  address = "+1500555002${count.index}"
}
resource "twilio_conversations_configuration_addresses_v1" "studio_imported" {
  type                                   = "sms"
  address                                = "+15005550031"
  friendly_name                          = "studio imported"
  auto_creation_enabled                  = true
  auto_creation_type                     = "studio"
  auto_creation_conversation_service_sid = "ISaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  auto_creation_studio_flow_sid          = "FWaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  auto_creation_studio_retry_count       = 1
}
resource "twilio_conversations_configuration_addresses_v1" "webhook_imported" {
  type                          = "whatsapp"
  address                       = "whatsapp:+15005550032"
  auto_creation_enabled         = true
  auto_creation_type            = "webhook"
  auto_creation_webhook_url     = "https://example.com/hook"
  auto_creation_webhook_method  = "POST"
  auto_creation_webhook_filters = ["onMessageAdded", "onParticipantRemoved"]
}
resource "twilio_conversations_configuration_addresses_v1" "bare_imported" {
  type    = "sms"
  address = "+15005550033"
}
