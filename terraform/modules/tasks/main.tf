# The resources of tasks on Fargate. They cost nothing while no task runs.
locals {
  name      = "propensity-${var.stage}"
  container = "task"

  environment = merge(var.environment, { AWS_REGION = var.region, PROPENSITY_STORE = var.store })
}

resource "aws_ecs_cluster" "this" {
  # checkov:skip=CKV_AWS_65: Container Insights costs more than these tasks, whose history is in their logs and in Airflow
  name = local.name

  setting {
    name  = "containerInsights"
    value = "disabled"
  }
}

resource "aws_cloudwatch_log_group" "tasks" {
  # checkov:skip=CKV_AWS_158: the default encryption is free, and logs contain no secrets and no rows
  # checkov:skip=CKV_AWS_338: Airflow and MLflow keep the history of tasks; logs are needed only for recent tasks
  name              = var.log_group
  retention_in_days = var.log_days
}

resource "aws_ecs_task_definition" "tasks" {
  # checkov:skip=CKV_AWS_336: tasks extract native libraries and write their result, and Fargate has no tmpfs
  for_each = toset(compact([var.image]))

  family                   = "${local.name}-tasks"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.cpu
  memory                   = var.memory
  task_role_arn            = var.task_role
  execution_role_arn       = var.execution_role

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = "X86_64"
  }

  container_definitions = jsonencode([{
    name        = local.container
    image       = each.value
    essential   = true
    user        = "10001:10001"
    environment = [for name, value in local.environment : { name = name, value = value }]
    secrets     = [for name, arn in var.secrets : { name = name, valueFrom = arn }]
    stopTimeout = 60
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = var.log_group
        awslogs-region        = var.region
        awslogs-stream-prefix = local.container
      }
    }
  }])

  depends_on = [aws_cloudwatch_log_group.tasks]
}
