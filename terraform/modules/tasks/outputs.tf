output "cluster" {
  description = "Name of the cluster."
  value       = local.name

  depends_on = [aws_ecs_cluster.this]
}

output "task_definition" {
  description = "Family of the task definition, of which the newest revision runs; null without an image."
  value       = var.image == null ? null : "${local.name}-tasks"

  depends_on = [aws_ecs_task_definition.tasks]
}

output "container" {
  description = "Name of the container in the task definition."
  value       = local.container
}
