output "url" {
  description = "What an image's reference begins with; @sha256:… follows."
  value       = "${var.account}.dkr.ecr.${var.region}.amazonaws.com/${var.name}"

  depends_on = [aws_ecr_repository.this]
}

output "arn" {
  description = "The repository's ARN."
  value       = "arn:aws:ecr:${var.region}:${var.account}:repository/${var.name}"
}
