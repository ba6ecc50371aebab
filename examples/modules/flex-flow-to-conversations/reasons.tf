# Why a Flex Flow can't move, which is said before anything is deleted. No reason
# has a value that may be secret.

locals {
  # What the provider would refuse, or warn of.
  studio_flow_sid = "^FW[0-9a-fA-F]{32}$"
  url             = "^(?i)https?://([^/?#@]*@)?(\\[[0-9a-f:.]+\\]|[^/?#@:\\[\\]]+)(:[0-9]{1,5})?([/?#]|$)"
  url_characters  = "^(?i)([!#$&-;=?-\\[\\]_a-z~]|%[0-9a-f]{2})+$"

  set_handler = "Set a Studio flow or a webhook for it in handlers."

  # The Flex Flows of each type and address. A number with and without a plus is one.
  claims     = { for name, kind in local.kinds : name => "${kind.type} ${replace(local.addresses[name], kind.plus, "")}" }
  claimed_by = { for name, claim in local.claims : claim => name... if local.addresses[name] != "" }

  checks = {
    for name, flow in local.flows : name => [
      {
        fails = local.kinds[name].type == ""
        says  = "Conversations has no address type for the channel ${flow.channel_type}."
      },
      {
        fails = local.handlers[name].type == "" && flow.integration != null && flow.integration_type != null
        says  = "The integration type ${coalesce(flow.integration_type, "null")} has no counterpart. ${local.set_handler}"
      },
      {
        fails = local.handlers[name].type == "" && (flow.integration == null || flow.integration_type == null)
        says  = "It has no integration, so it is not known what handles its messages. ${local.set_handler}"
      },
      {
        fails = local.handlers[name].type == "studio" && local.handlers[name].studio_flow_sid == null
        says  = "It has no Studio flow. ${local.set_handler}"
      },
      {
        fails = local.handlers[name].type == "studio" && local.handlers[name].studio_flow_sid != null && !(
          can(regex(local.studio_flow_sid, local.handlers[name].studio_flow_sid))
        )
        says = "The SID of its Studio flow is not FW followed by 32 hexadecimal digits."
      },
      {
        fails = local.handlers[name].type == "webhook" && local.handlers[name].webhook_url == null
        says  = "Its webhook has no URL. ${local.set_handler}"
      },
      {
        fails = local.handlers[name].type == "webhook" && local.handlers[name].webhook_url != null && !(
          can(regex(local.url, local.handlers[name].webhook_url)) && can(regex(local.url_characters, local.handlers[name].webhook_url))
        )
        says = "The URL of its webhook is not an absolute http or https URL."
      },
      {
        fails = flow.long_lived && !var.drop_long_lived
        says  = "It is long-lived, which has no counterpart. Set drop_long_lived = true to accept that each conversation is a new one."
      },
      {
        fails = local.kinds[name].type != "" && local.addresses[name] == ""
        says  = "It has no contact_identity. Set its address in addresses."
      },
      {
        fails = local.kinds[name].type != "" && local.addresses[name] != "" && (
          !can(regex(local.kinds[name].form, local.addresses[name])) ||
          local.kinds[name].type == "chat" && can(regex("^(?i)(sms|whatsapp|messenger|facebook):", local.addresses[name]))
        )
        says = "Its address does not look like one of type ${local.kinds[name].type}, which is ${local.kinds[name].looks}."
      },
      {
        fails = local.kinds[name].type != "" && length(lookup(local.claimed_by, local.claims[name], [])) > 1
        says = join("", [
          "Several Flex Flows have its type and address: ${join(", ", lookup(local.claimed_by, local.claims[name], []))}. Take all but one of them ",
          "out of flex_flows. Keep one that has moved: taking it out deletes its address configuration.",
        ])
      },
    ]
  }
  fails   = { for name, checks in local.checks : name => anytrue(checks[*].fails) }
  says    = { for name, checks in local.checks : name => compact([for c in checks : c.fails ? c.says : ""]) }
  blocked = { for name, fails in local.fails : name => try(nonsensitive(fails), fails) }
  reasons = { for name, says in local.says : name => try(nonsensitive(says), says) }
}
