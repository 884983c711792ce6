mock_provider "aws" {}

variables {
  stage   = "dev"
  account = "123456789012"
  region  = "eu-west-1"
}

run "makes_the_bucket_that_plans_look_for" {
  command = plan

  assert {
    condition     = output.bucket == "propensity-dev-state-123456789012"
    error_message = "the bucket's name follows from stage and account"
  }
}

run "rejects_what_is_no_stage" {
  command = plan

  variables {
    stage = "test"
  }

  expect_failures = [var.stage]
}
