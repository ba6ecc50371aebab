output "flex_flow_sids" {
  description = "SID of each channel's Flex Flow."
  value       = { for name, channel in module.channel : name => channel.sid }
}
