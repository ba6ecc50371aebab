output "flex_flow_sids" {
  description = "SIDs of the Flex Flows, by channel."
  value       = { for name, channel in module.channel : name => channel.sid }
}
