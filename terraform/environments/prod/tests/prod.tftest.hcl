mock_provider "aws" {}

variables {
  github_repository = "owner/propensity"
}

run "is_the_stage_prod" {
  command = plan

  assert {
    condition     = output.settings.stage == "prod" && output.settings.bucket == "propensity-prod-123456789012"
    error_message = "everything is of prod"
  }

  assert {
    condition     = output.sagemaker.tags == tomap({ "propensity:project" = "propensity", "propensity:environment" = "prod" })
    error_message = "what tasks make is tagged like the rest"
  }

  assert {
    condition     = output.settings.roles.deploy == "arn:aws:iam::123456789012:role/propensity-prod-deploy"
    error_message = "the environment prod deploys"
  }
}

run "has_the_endpoints_that_were_meant" {
  command = plan

  assert {
    condition = [
      output.sagemaker.endpoint.instance_type, output.sagemaker.endpoint.instances, output.sagemaker.endpoint.max_instances,
    ] == ["ml.m5.large", 2, 8]
    error_message = "2 to 8 instances of ml.m5.large"
  }

  assert {
    condition     = toset(output.settings.endpoints) == toset(["propensity-prod-insurance", "propensity-prod-santander"])
    error_message = "one endpoint a dataset"
  }
}
