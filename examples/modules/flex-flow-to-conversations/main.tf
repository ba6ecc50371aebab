# Each Flex Flow at the stage "addresses" becomes an address configuration of
# Flex Conversations, under the same name.
#
# Names and stages alone decide which address configurations there are. What
# else there is may be sensitive, or not known before the apply.

locals {
  # The names are not secret, even if flex_flows is sensitive as a whole. Before
  # Terraform 1.7, nonsensitive is an error where nothing is sensitive.
  flows         = { for name in try(nonsensitive(keys(var.flex_flows)), keys(var.flex_flows)) : name => var.flex_flows[name] }
  handler_names = try(nonsensitive(keys(var.handlers)), keys(var.handlers))
  stages        = merge({ for name in keys(local.flows) : name => var.stage }, var.stage_of)

  # The address types of the channels: the prefix of their addresses, what people
  # write between the digits of a number, and the form of an address.
  types = {
    sms = {
      type  = "sms", prefix = "", separators = "/[ ().-]/", plus = "+", form = "^(\\+[0-9]{3,15}|[0-9]{3,8})$"
      looks = "a phone number with a plus, such as +15005550006, or a short code"
    }
    whatsapp = {
      type  = "whatsapp", prefix = "whatsapp:", separators = "/[ ().-]/", plus = "+", form = "^whatsapp:\\+[0-9]{3,15}$"
      looks = "a phone number with a plus, such as +15005550006 or whatsapp:+15005550006"
    }
    facebook = {
      type  = "messenger", prefix = "messenger:", separators = "", plus = "", form = "^messenger:[^:\\s]+$"
      looks = "the ID of a page, such as 1234 or messenger:1234"
    }
    web = { type = "chat", prefix = "", separators = "", plus = "", form = ".", looks = "a name, or the SID of a deployment key" }
  }
  no_type = { type = "", prefix = "", separators = "", plus = "", form = "", looks = "" }
  kinds   = { for name, flow in local.flows : name => lookup(local.types, flow.channel_type, local.no_type) }

  given = { for name, flow in local.flows : name => trimspace(try(coalesce(var.addresses[name]), flow.contact_identity)) }

  # With the prefix, in whichever case it was given, and without separators.
  addresses = {
    for name, kind in local.kinds : name => local.given[name] == "" ? "" : join("", [
      kind.prefix, replace(replace(local.given[name], "/^(?i)${kind.prefix}/", ""), kind.separators, "")
    ])
  }

  # The SIDs of the address configurations that exist, by type and address.
  existing = {
    for c in var.existing : join(" ", [
      c.type, contains(["sms", "whatsapp"], c.type) ? replace(c.address, "/[ ().+-]/", "") : c.address
    ]) => c.sid... if c.type != null && c.address != null
  }

  # What handles the conversations.
  handlers = {
    for name, flow in local.flows : name => contains(local.handler_names, name) ? var.handlers[name] : {
      type               = flow.integration == null ? "" : try({ studio = "studio", external = "webhook" }[flow.integration_type], "")
      studio_flow_sid    = try(flow.integration.flow_sid, null)
      studio_retry_count = try(flow.integration.retry_count, null)
      webhook_url        = try(flow.integration.url, null)
    }
  }
}

module "checked" {
  source = "./checked"

  stages        = local.stages
  blocked       = local.blocked
  reasons       = local.reasons
  unknown_names = setsubtract(concat(keys(var.stage_of), keys(var.addresses), local.handler_names), keys(local.flows))
}

resource "twilio_conversations_address_configuration" "this" {
  for_each = toset([for name, stage in module.checked.stages : name if stage == "addresses"])

  type          = local.kinds[each.key].type
  address       = local.addresses[each.key]
  friendly_name = substr(local.flows[each.key].friendly_name, 0, 256)

  # What does not apply to the type is null, which is as good as left out.
  auto_creation {
    enabled                  = local.flows[each.key].enabled
    type                     = local.handlers[each.key].type
    conversation_service_sid = var.conversation_service_sid

    studio_flow_sid    = local.handlers[each.key].type == "studio" ? local.handlers[each.key].studio_flow_sid : null
    studio_retry_count = local.handlers[each.key].type == "studio" ? min(3, coalesce(local.handlers[each.key].studio_retry_count, 3)) : null

    webhook_url     = local.handlers[each.key].type == "webhook" ? local.handlers[each.key].webhook_url : null
    webhook_method  = local.handlers[each.key].type == "webhook" ? var.webhook_method : null
    webhook_filters = local.handlers[each.key].type == "webhook" ? var.webhook_filters : null
  }
}
