output "name" {
  description = "The bucket's name, once it and its protections are there."
  value       = var.name

  depends_on = [aws_s3_bucket.this, aws_s3_bucket_policy.this]
}

output "arn" {
  description = "The bucket's ARN."
  value       = local.arn
}
