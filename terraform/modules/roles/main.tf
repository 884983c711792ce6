# Roles and permissions. Each policy lists its resources; a comment explains where AWS does not support this.
locals {
  prefix = "propensity-${var.stage}"
  role   = "arn:aws:iam::${var.account}:role/${local.prefix}"
  ec2    = "arn:aws:ec2:${var.region}:${var.account}"
  logs   = "arn:aws:logs:${var.region}:${var.account}:log-group"

  # By name, which is known at plan time, so that the plan shows the boundary.
  boundary = "arn:aws:iam::${var.account}:policy/${aws_iam_policy.boundary.name}"

  policies = {
    tasks     = local.tasks
    sagemaker = local.sagemaker
    execution = local.execution
  }
}

# No role of the stage has more permissions than these policies together, even if one is changed: the boundary is
# changed by users only, not by deployments.
resource "aws_iam_policy" "boundary" {
  name        = "${local.prefix}-boundary"
  description = "The most that a role of ${local.prefix} can do"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      for statement in concat(local.tasks, local.sagemaker, local.execution) :
      { for key, value in statement : key => value if key != "Sid" }
    ]
  })

  lifecycle {
    precondition {
      condition     = length(jsonencode(concat(local.tasks, local.sagemaker, local.execution))) < 6000
      error_message = "An IAM policy has at most 6,144 characters: use fewer subnets, security groups or secrets."
    }
  }
}

resource "aws_iam_role" "tasks" {
  name                 = "${local.prefix}-tasks"
  description          = "What the tasks of ${local.prefix} may do"
  permissions_boundary = local.boundary

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [{
        Effect    = "Allow"
        Principal = { Service = "ecs-tasks.amazonaws.com" }
        Action    = ["sts:AssumeRole"]
        Condition = {
          StringEquals = { "aws:SourceAccount" = var.account }
          ArnLike      = { "aws:SourceArn" = "arn:aws:ecs:${var.region}:${var.account}:*" }
        }
      }],
      [for cluster in compact([var.kubernetes_cluster]) : {
        Effect    = "Allow"
        Principal = { Service = "pods.eks.amazonaws.com" }
        Action    = ["sts:AssumeRole", "sts:TagSession"]
        Condition = { StringEquals = { "aws:SourceAccount" = var.account, "aws:SourceArn" = cluster } }
      }],
    )
  })
}

resource "aws_iam_role" "sagemaker" {
  name                 = "${local.prefix}-sagemaker"
  description          = "What the containers that SageMaker runs for ${local.prefix} may do"
  permissions_boundary = local.boundary

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "sagemaker.amazonaws.com" }
      Action    = ["sts:AssumeRole"]
      Condition = { StringEquals = { "aws:SourceAccount" = var.account } }
    }]
  })
}

resource "aws_iam_role" "execution" {
  name                 = "${local.prefix}-execution"
  description          = "What ECS may do to start a task of ${local.prefix}"
  permissions_boundary = local.boundary

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Action    = ["sts:AssumeRole"]
      Condition = { StringEquals = { "aws:SourceAccount" = var.account } }
    }]
  })
}

resource "aws_iam_role_policy" "this" {
  for_each = local.policies

  name   = "${local.prefix}-${each.key}"
  role   = { tasks = aws_iam_role.tasks, sagemaker = aws_iam_role.sagemaker, execution = aws_iam_role.execution }[each.key].name
  policy = jsonencode({ Version = "2012-10-17", Statement = each.value })
}

# Airflow's role, such as that of MWAA, is not created here: attach this policy to it.
resource "aws_iam_policy" "airflow" {
  name        = "${local.prefix}-airflow"
  description = "What Airflow may do to run the tasks of ${local.prefix} on ECS and SageMaker"
  policy      = jsonencode({ Version = "2012-10-17", Statement = local.airflow })
}
