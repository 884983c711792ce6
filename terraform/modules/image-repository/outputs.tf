output "url" {
  description = "The URL of the repository, which precedes @sha256:… in an image reference."
  value       = "${var.account}.dkr.ecr.${var.region}.amazonaws.com/${var.name}"

  depends_on = [aws_ecr_repository.this]
}

output "arn" {
  description = "The repository's ARN."
  value       = "arn:aws:ecr:${var.region}:${var.account}:repository/${var.name}"
}
