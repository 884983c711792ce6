# Where tasks run on Fargate: nothing of it costs while no task runs.
locals {
  name      = "propensity-${var.stage}"
  container = "task"

  environment = merge(var.environment, { AWS_REGION = var.region, PROPENSITY_STORE = var.store })
}

resource "aws_ecs_cluster" "this" {
  # checkov:skip=CKV_AWS_65: Container Insights cost more than these tasks; what they did is in their logs and in Airflow
  name = local.name

  setting {
    name  = "containerInsights"
    value = "disabled"
  }
}

resource "aws_cloudwatch_log_group" "tasks" {
  # checkov:skip=CKV_AWS_158: the service's own encryption costs nothing, and no secret and no row is logged
  # checkov:skip=CKV_AWS_338: what a task did is kept by Airflow and MLflow; its log lines serve while it is fresh
  name              = var.log_group
  retention_in_days = var.log_days
}

resource "aws_ecs_task_definition" "tasks" {
  # checkov:skip=CKV_AWS_336: tasks unpack native libraries and write their result; Fargate has no tmpfs to give them
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
