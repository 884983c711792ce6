mock_provider "aws" {}

variables {
  stage           = "dev"
  account         = "123456789012"
  region          = "eu-west-1"
  image           = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/propensity-dev@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  monthly_dollars = 50
  datasets        = { insurance = {} }
  endpoint        = { instance_type = "ml.t2.medium", instances = 1, max_instances = 4 }
  tags            = { "propensity:project" = "propensity", "propensity:environment" = "dev" }
}

run "tells_tasks_what_they_know_of_sagemaker" {
  command = plan

  assert {
    condition = jsonencode(output.sagemaker) == jsonencode({
      stage           = "dev"
      region          = "eu-west-1"
      role            = "arn:aws:iam::123456789012:role/propensity-dev-sagemaker"
      image           = var.image
      subnets         = []
      security_groups = []
      tags            = { "propensity:project" = "propensity", "propensity:environment" = "dev" }
      results         = "s3://propensity-dev-123456789012/results"
      endpoint = {
        instance_type            = "ml.t2.medium"
        instances                = 1
        max_instances            = 4
        invocations_per_instance = 2000
        serverless               = null
        capture                  = "s3://propensity-dev-123456789012/capture"
        alarms                   = { propensity-dev-insurance = ["propensity-dev-insurance-5xx", "propensity-dev-insurance-latency"] }
        keep                     = 3
      }
      training = { instance_type = "ml.m5.large", volume_gb = 30, seconds = 43200 }
    })
    error_message = "PROPENSITY_SAGEMAKER, key by key"
  }
}

run "tells_airflow_what_it_knows_of_ecs" {
  command = plan

  variables {
    network = { subnets = ["subnet-1"], security_groups = ["sg-1"] }
  }

  assert {
    condition = jsonencode(output.ecs) == jsonencode({
      stage           = "dev"
      region          = "eu-west-1"
      cluster         = "propensity-dev"
      task_definition = "propensity-dev-tasks"
      container       = "task"
      subnets         = ["subnet-1"]
      security_groups = ["sg-1"]
      log_group       = "/propensity/dev/tasks"
      results         = "s3://propensity-dev-123456789012/results"
      tags            = { "propensity:project" = "propensity", "propensity:environment" = "dev" }
    })
    error_message = "PROPENSITY_ECS, key by key"
  }
}

run "says_where_everything_is" {
  command = plan

  variables {
    github = { repository = "owner/propensity", environment = "dev" }
  }

  assert {
    condition = output.settings == {
      stage          = "dev"
      account        = "123456789012"
      region         = "eu-west-1"
      bucket         = "propensity-dev-123456789012"
      store          = "s3://propensity-dev-123456789012/store"
      data           = "s3://propensity-dev-123456789012/data"
      airflow_logs   = "s3://propensity-dev-123456789012/airflow-logs"
      repository     = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/propensity-dev"
      topic          = "arn:aws:sns:eu-west-1:123456789012:propensity-dev-alerts"
      endpoints      = ["propensity-dev-insurance"]
      airflow_policy = "arn:aws:iam::123456789012:policy/propensity-dev-airflow"
      server_policy  = "arn:aws:iam::123456789012:policy/propensity-dev-server"
      roles = {
        tasks     = "arn:aws:iam::123456789012:role/propensity-dev-tasks"
        sagemaker = "arn:aws:iam::123456789012:role/propensity-dev-sagemaker"
        execution = "arn:aws:iam::123456789012:role/propensity-dev-execution"
        deploy    = "arn:aws:iam::123456789012:role/propensity-dev-deploy"
      }
    }
    error_message = "bucket, repository, topic, endpoints and roles by the stage's name"
  }

  assert {
    condition     = module.github[0].subjects == ["repo:owner/propensity:environment:dev"]
    error_message = "the repository's environment deploys"
  }

  assert {
    condition     = [for group in values(aws_cloudwatch_log_group.endpoints) : [group.name, group.retention_in_days]] == [["/aws/sagemaker/Endpoints/propensity-dev-insurance", 30]]
    error_message = "an endpoint's log lines are kept for thirty days"
  }
}

run "keeps_the_records_of_rows_that_expire" {
  command = plan

  assert {
    condition = [
      for prefix in keys(local.expirations) : prefix if anytrue([
        for key in ["forgotten/0123.json", "retention/captures.json", "retention/outcomes.json"] :
        startswith("store/insurance/${key}", prefix)
      ])
    ] == [] && contains(keys(local.expirations), "store/captures/")
    error_message = "who was forgotten, and how long rows are kept, is known after the rows are deleted"
  }
}

run "names_the_endpoint_of_a_data_set_with_an_underscore" {
  command = plan

  variables {
    datasets = { my_data = {} }
  }

  assert {
    condition     = output.sagemaker.endpoint.alarms == { propensity-dev-my-data = ["propensity-dev-my-data-5xx", "propensity-dev-my-data-latency"] }
    error_message = "hyphens replace underscores"
  }
}

run "rejects_two_data_sets_with_one_endpoint" {
  command = plan

  variables {
    datasets = { my_data = {}, my-data = {} }
  }

  expect_failures = [var.datasets]
}

run "rejects_a_name_that_no_endpoint_can_have" {
  command = plan

  variables {
    datasets = { my_ = {} }
  }

  expect_failures = [var.datasets]
}

run "rejects_a_single_instance_in_prod" {
  command = plan

  variables {
    stage = "prod"
    tags  = { "propensity:project" = "propensity", "propensity:environment" = "prod" }
    image = null
  }

  expect_failures = [var.endpoint]
}

run "rejects_tags_that_teardown_would_not_find" {
  command = plan

  variables {
    tags = { "propensity:project" = "propensity", "propensity:environment" = "prod" }
  }

  expect_failures = [var.tags]
}

run "rejects_subnets_without_a_security_group" {
  command = plan

  variables {
    network = { subnets = ["subnet-1"] }
  }

  expect_failures = [var.network]
}

run "rejects_a_job_without_end" {
  command = plan

  variables {
    training = { seconds = 864000 }
  }

  expect_failures = [var.training]
}
