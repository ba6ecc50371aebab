# Each Flex Flow that can move becomes an address configuration of Twilio
# Conversations. The key of each is the SID of its Flex Flow.

locals {
  # What has a counterpart.
  types               = { sms = "sms", whatsapp = "whatsapp", facebook = "messenger", web = "chat" }
  prefixes            = { whatsapp = "whatsapp:", messenger = "messenger:" }
  auto_creation_types = { studio = "studio", external = "webhook" }

  described = {
    for flow in var.flex_flows : flow.sid => {
      flow               = flow
      type               = lookup(local.types, flow.channel_type, "")
      auto_creation_type = flow.integration_type == null ? "" : lookup(local.auto_creation_types, flow.integration_type, "")
      given              = trimspace(lookup(var.addresses, flow.sid, flow.contact_identity))
    }
  }

  # With the prefix that addresses of the type have.
  addresses = {
    for sid, d in local.described : sid => d.given == "" ? "" : join("", [
      lookup(local.prefixes, d.type, ""), trimprefix(d.given, lookup(local.prefixes, d.type, "")),
    ])
  }

  # The Flex Flows of each type and address: more than one can't move.
  claims = {
    for sid, d in local.described : "${d.type} ${local.addresses[sid]}" => sid... if d.type != "" && d.given != ""
  }

  reasons = {
    for sid, d in local.described : sid => compact([
      d.type == "" ? "Conversations has no address type for the channel ${d.flow.channel_type}." : "",

      d.flow.integration_type != null && d.auto_creation_type == "" ?
      "The integration type ${d.flow.integration_type} has no counterpart. A Studio flow or a webhook has to handle the conversations." : "",

      d.flow.integration_type == null || d.flow.integration == null ? "It has no integration, so it is not known what handles its messages." : "",

      d.auto_creation_type == "studio" && d.flow.integration != null && try(d.flow.integration.flow_sid, null) == null ? "Its integration has no flow_sid." : "",

      d.auto_creation_type == "webhook" && d.flow.integration != null && try(d.flow.integration.url, null) == null ? "Its integration has no url." : "",

      d.flow.long_lived && !var.drop_long_lived ? "It is long-lived, which has no counterpart. With drop_long_lived, it moves and each conversation is a new one." : "",

      d.type != "" && d.given == "" ? "It has no contact_identity. Set its address in addresses." : "",

      anytrue([for type, prefix in local.prefixes : d.type != "" && d.type != type && startswith(d.given, prefix)]) ?
      "Its address ${d.given} is of another type than ${d.type}." : "",

      length(lookup(local.claims, "${d.type} ${local.addresses[sid]}", [])) > 1 ?
      "There are several Flex Flows of type ${d.type} for ${local.addresses[sid]}: ${join(", ", local.claims["${d.type} ${local.addresses[sid]}"])}. Leave all but one of them out of flex_flows." : "",
    ])
  }

  movable = { for sid, d in local.described : sid => d if length(local.reasons[sid]) == 0 }
}

resource "twilio_conversations_address_configuration" "this" {
  for_each = { for sid, d in local.movable : sid => d if var.only == null ? true : contains(var.only, sid) }

  type          = each.value.type
  address       = local.addresses[each.key]
  friendly_name = substr(each.value.flow.friendly_name, 0, 256)

  # What does not apply to the type is null, which is as good as left out.
  auto_creation {
    enabled                  = each.value.flow.enabled
    type                     = each.value.auto_creation_type
    conversation_service_sid = var.conversation_service_sid

    studio_flow_sid    = each.value.auto_creation_type == "studio" ? each.value.flow.integration.flow_sid : null
    studio_retry_count = each.value.auto_creation_type == "studio" ? min(3, each.value.flow.integration.retry_count) : null

    webhook_url     = each.value.auto_creation_type == "webhook" ? each.value.flow.integration.url : null
    webhook_method  = each.value.auto_creation_type == "webhook" ? var.webhook_method : null
    webhook_filters = each.value.auto_creation_type == "webhook" ? var.webhook_filters : null
  }
}
