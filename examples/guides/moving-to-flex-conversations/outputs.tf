output "movable" {
  value = module.conversations.movable
}

output "not_moved" {
  value = module.conversations.not_moved
}

output "configured" {
  value = module.conversations.configured
}

output "addresses" {
  value = module.conversations.addresses
}
