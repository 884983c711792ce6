output "bucket" {
  description = "The bucket of the stage's state."
  value       = module.bucket.name
}
