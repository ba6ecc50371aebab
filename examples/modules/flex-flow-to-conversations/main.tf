# Each Flex Flow at the stage "addresses" becomes an address configuration of
# Twilio Conversations, under the same name.

locals {
  stages = merge({ for name, flow in var.flex_flows : name => var.stage }, var.stage_of)

  # What has a counterpart.
  types               = { sms = "sms", whatsapp = "whatsapp", facebook = "messenger", web = "chat" }
  prefixes            = { whatsapp = "whatsapp:", messenger = "messenger:" }
  auto_creation_types = { studio = "studio", external = "webhook" }

  described = {
    for name, flow in var.flex_flows : name => {
      flow               = flow
      type               = lookup(local.types, flow.channel_type, "")
      auto_creation_type = flow.integration_type == null ? "" : lookup(local.auto_creation_types, flow.integration_type, "")
      given              = trimspace(try(coalesce(var.addresses[name]), flow.contact_identity))
    }
  }

  # With the prefix that addresses of the type have, in whichever case it was given.
  addresses = {
    for name, d in local.described : name => contains(keys(local.prefixes), d.type) && d.given != "" ? join("", [
      local.prefixes[d.type], replace(d.given, "/(?i)^${local.prefixes[d.type]}/", ""),
    ]) : d.given
  }

  # The Flex Flows of each type and address: more than one can't move.
  claims = {
    for name, d in local.described : "${d.type} ${local.addresses[name]}" => name... if d.type != "" && d.given != ""
  }

  reasons = {
    for name, d in local.described : name => compact([
      d.type == "" ? "Conversations has no address type for the channel ${d.flow.channel_type}." : "",

      d.flow.integration_type != null && d.auto_creation_type == "" ?
      "The integration type ${d.flow.integration_type} has no counterpart. A Studio flow or a webhook has to handle the conversations." : "",

      d.flow.integration_type == null || d.flow.integration == null ? "It has no integration, so it is not known what handles its messages." : "",

      d.auto_creation_type == "studio" && d.flow.integration != null && try(d.flow.integration.flow_sid, null) == null ? "Its integration has no flow_sid." : "",

      d.auto_creation_type == "webhook" && d.flow.integration != null && try(d.flow.integration.url, null) == null ? "Its integration has no url." : "",

      d.flow.long_lived && !var.drop_long_lived ? "It is long-lived, which has no counterpart. Set drop_long_lived = true to accept that each conversation is a new one." : "",

      d.type != "" && d.given == "" ? "It has no contact_identity. Set its address in addresses." : "",

      anytrue([for type, prefix in local.prefixes : d.type != "" && d.type != type && startswith(lower(d.given), prefix)]) ?
      "Its address ${d.given} is of another type than ${d.type}." : "",

      length(lookup(local.claims, "${d.type} ${local.addresses[name]}", [])) > 1 ?
      "Several Flex Flows have the type ${d.type} and the address ${local.addresses[name]}: ${join(", ", local.claims["${d.type} ${local.addresses[name]}"])}. Take all but one of them out of flex_flows." : "",
    ])
  }

  movable = { for name, d in local.described : name => d if length(local.reasons[name]) == 0 }

  # What must not be: see the output stages.
  unknown = setsubtract(concat(keys(var.stage_of), keys(var.addresses)), keys(var.flex_flows))
  stuck   = [for name, stage in local.stages : name if stage != "flows" && length(lookup(local.reasons, name, [])) > 0]
}

resource "twilio_conversations_address_configuration" "this" {
  for_each = { for name, d in local.movable : name => d if local.stages[name] == "addresses" }

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
