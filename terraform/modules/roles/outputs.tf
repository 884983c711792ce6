output "tasks" {
  description = "ARN of the tasks' role."
  value       = "${local.role}-tasks"

  depends_on = [aws_iam_role.tasks, aws_iam_role_policy.this]
}

output "sagemaker" {
  description = "ARN of the role of the containers that SageMaker runs."
  value       = "${local.role}-sagemaker"

  depends_on = [aws_iam_role.sagemaker, aws_iam_role_policy.this]
}

output "execution" {
  description = "ARN of the execution role, with which ECS starts tasks."
  value       = "${local.role}-execution"

  depends_on = [aws_iam_role.execution, aws_iam_role_policy.this]
}

output "airflow_policy" {
  description = "ARN of the policy to attach to Airflow's own role."
  value       = "arn:aws:iam::${var.account}:policy/${local.prefix}-airflow"

  depends_on = [aws_iam_policy.airflow]
}

output "server_policy" {
  description = "ARN of the policy to attach to the role of a server of the project."
  value       = "arn:aws:iam::${var.account}:policy/${local.prefix}-server"

  depends_on = [aws_iam_policy.server]
}

output "boundary" {
  description = "ARN of the permissions boundary of the stage's roles."
  value       = local.boundary
}

output "tasks_policy" {
  description = "Permissions of the tasks, as an IAM policy document; deployments run the task deploy."
  value       = jsonencode({ Version = "2012-10-17", Statement = local.tasks })
}
