output "role" {
  description = "ARN of the role that the workflows take."
  value       = "${local.role}-deploy"

  depends_on = [aws_iam_role.deploy, aws_iam_role_policy_attachment.deploy]
}

output "subjects" {
  description = "Who may take it, as GitHub's tokens say it."
  value       = local.subjects
}
