mock_provider "aws" {}

variables {
  github_repository = "owner/propensity"
}

run "is_the_stage_dev" {
  command = plan

  assert {
    condition     = output.settings.stage == "dev" && output.settings.bucket == "propensity-dev-123456789012"
    error_message = "everything is of dev"
  }

  assert {
    condition     = output.sagemaker.tags == tomap({ "propensity:project" = "propensity", "propensity:environment" = "dev" })
    error_message = "what tasks make is tagged like the rest"
  }

  assert {
    condition     = output.settings.roles.deploy == "arn:aws:iam::123456789012:role/propensity-dev-deploy"
    error_message = "the environment dev deploys"
  }
}

run "has_the_endpoints_that_were_meant" {
  command = plan

  assert {
    condition = [
      output.sagemaker.endpoint.instance_type, output.sagemaker.endpoint.instances, output.sagemaker.endpoint.max_instances,
    ] == ["ml.t2.medium", 1, 1]
    error_message = "1 instance of ml.t2.medium, which cannot be scaled"
  }

  assert {
    condition     = toset(output.settings.endpoints) == toset(["propensity-dev-insurance", "propensity-dev-santander"])
    error_message = "one endpoint a dataset"
  }
}
