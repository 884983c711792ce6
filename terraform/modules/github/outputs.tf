output "role" {
  description = "ARN of the role that the workflows assume."
  value       = "${local.role}-deploy"

  depends_on = [aws_iam_role.deploy, aws_iam_role_policy_attachment.deploy]
}

output "subjects" {
  description = "Subjects of GitHub's tokens that may assume the role."
  value       = local.subjects
}
