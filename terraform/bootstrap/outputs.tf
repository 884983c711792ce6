output "bucket" {
  description = "The bucket of the stage's Terraform state."
  value       = module.bucket.name
}
