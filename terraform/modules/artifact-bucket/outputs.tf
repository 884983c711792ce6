output "name" {
  description = "The bucket's name, available after the bucket and its protections are created."
  value       = var.name

  depends_on = [aws_s3_bucket.this, aws_s3_bucket_policy.this]
}

output "arn" {
  description = "The bucket's ARN."
  value       = local.arn
}
