mock_provider "aws" {}

variables {
  stage          = "dev"
  region         = "eu-west-1"
  image          = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/propensity-dev@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  store          = "s3://propensity-dev-123456789012/store"
  task_role      = "arn:aws:iam::123456789012:role/propensity-dev-tasks"
  execution_role = "arn:aws:iam::123456789012:role/propensity-dev-execution"
  log_group      = "/propensity/dev/tasks"
  environment    = { MLFLOW_TRACKING_URI = "https://mlflow.example.com" }
  secrets        = { KAGGLE_KEY = "arn:aws:ssm:eu-west-1:123456789012:parameter/kaggle" }
}

run "runs_the_image_by_its_digest_with_the_stages_roles" {
  command = plan

  assert {
    condition = [
      for definition in values(aws_ecs_task_definition.tasks) :
      [definition.family, definition.requires_compatibilities, definition.network_mode, definition.cpu, definition.memory,
      definition.task_role_arn, definition.execution_role_arn]
      ] == [[
        "propensity-dev-tasks", toset(["FARGATE"]), "awsvpc", "2048", "8192",
        "arn:aws:iam::123456789012:role/propensity-dev-tasks", "arn:aws:iam::123456789012:role/propensity-dev-execution"
    ]]
    error_message = "a Fargate task of two virtual CPUs and 8 GiB with the stage's roles"
  }

  assert {
    condition     = jsondecode(one(values(aws_ecs_task_definition.tasks)).container_definitions)[0].image == var.image
    error_message = "the image by its digest"
  }

  assert {
    condition = {
      for variable in jsondecode(one(values(aws_ecs_task_definition.tasks)).container_definitions)[0].environment :
      variable.name => variable.value
      } == {
      AWS_REGION          = "eu-west-1"
      PROPENSITY_STORE    = "s3://propensity-dev-123456789012/store"
      MLFLOW_TRACKING_URI = "https://mlflow.example.com"
    }
    error_message = "tasks find their store"
  }

  assert {
    condition = jsondecode(one(values(aws_ecs_task_definition.tasks)).container_definitions)[0].secrets == [
      { name = "KAGGLE_KEY", valueFrom = "arn:aws:ssm:eu-west-1:123456789012:parameter/kaggle" }
    ]
    error_message = "secrets are named, never given"
  }

  assert {
    condition     = jsondecode(one(values(aws_ecs_task_definition.tasks)).container_definitions)[0].user == "10001:10001"
    error_message = "tasks are not root"
  }

  assert {
    condition     = aws_cloudwatch_log_group.tasks.name == "/propensity/dev/tasks" && aws_cloudwatch_log_group.tasks.retention_in_days == 30
    error_message = "logs are kept for thirty days"
  }
}

run "has_no_task_definition_before_there_is_an_image" {
  command = plan

  variables {
    image = null
  }

  assert {
    condition     = length(aws_ecs_task_definition.tasks) == 0 && output.task_definition == null && output.cluster == "propensity-dev"
    error_message = "the cluster alone"
  }
}

run "rejects_an_image_by_its_tag" {
  command = plan

  variables {
    image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/propensity-dev:latest"
  }

  expect_failures = [var.image]
}

run "rejects_memory_that_fargate_does_not_have" {
  command = plan

  variables {
    memory = 1024
  }

  expect_failures = [var.memory]
}
